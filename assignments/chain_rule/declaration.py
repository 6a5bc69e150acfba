"""The chain rule along one path and along several, up to one layer of weights (CSC321 lecture 6; ITCS 6156; CS6910).

The first three exercises take one number, most others the parameters and examples of a small model. Numbers are drawn
away from 0, from 1 and from the zeros of the derivatives, where a forgotten factor would not show.
"""

from collections.abc import Iterator

import numpy as np

from grader.assignment import Assignment, case
from grader.model import Case
from reference import chain_rule as reference

from . import classifier_mistakes, model_mistakes, path_mistakes, thin_mistakes

assignment = Assignment(
    title="The chain rule",
    lecture="CSC321 lecture 6, univariate and multivariate chain rule; ITCS 6156, the same titles; CS6910 4.4",
    convention="the squared loss and the regulariser carry ½; row k of W belongs to class k; a bias w[0] stands first",
    public_seed=321,
)

ROUNDING = 1e-6  # single precision passes, and so does a careful difference quotient; no slip of the bank is as small


def number(rng: np.random.Generator, low: float, high: float) -> float:
    """A number between low and high, or its negative."""
    return float(rng.choice([-1, 1]) * rng.uniform(low, high))


@assignment.exercise(
    reference=reference.composite_derivative, points=1, tolerance=ROUNDING, mistakes=path_mistakes.COMPOSITE
)
def composite_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """df/dx at x for f = 2g² − 3g + 1 and g = x³ + 2x (ITCS 6156, univariate chain rule)."""
    yield case("by hand", 2.0)
    yield case("a positive number", rng.uniform(1.1, 1.9))
    yield case("a negative number", -rng.uniform(1.1, 1.9))
    yield case("a small number", number(rng, 0.05, 0.25))
    yield case("a large number", number(rng, 3.0, 6.0))


@assignment.exercise(
    reference=reference.two_path_derivative, points=2, tolerance=ROUNDING, mistakes=path_mistakes.TWO_PATHS
)
def two_path_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """df/dx at x for f = 2g₁² − 3g₁g₂ + 1, g₁ = 3x and g₂ = x² + 2x (ITCS 6156, multivariate chain rule)."""
    yield case("by hand", 3.0)
    yield case("a positive number", rng.uniform(1.1, 1.9))
    yield case("a negative number", -rng.uniform(1.1, 1.9))
    yield case("a small number", number(rng, 0.05, 0.45))
    yield case("a large number", number(rng, 3.0, 6.0))


@assignment.exercise(
    reference=reference.exponential_path_derivative,
    points=2,
    tolerance=ROUNDING,
    mistakes=path_mistakes.EXPONENTIAL_PATHS,
)
def exponential_path_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """df/dt at t for f = y + e^{xy}, x = cos t and y = t² (CSC321, multivariate chain rule)."""
    yield case("by hand", np.pi / 2)
    yield case("a positive number", rng.uniform(0.3, 0.9))
    yield case("a larger number", rng.uniform(1.1, 2.0))
    yield case("a negative number", -rng.uniform(0.3, 0.9))
    yield case("a negative exponent", number(rng, 2.1, 2.9))


def models(rng: np.random.Generator) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Parameters w, b, an input x and a target t, of either sign and class; t need not be 0 or 1."""
    yield "by hand", (1.0, -3.0, 3.0, 1.0)
    for name, t, signs in (
        ("target 0", 0.0, (1, -1, -1)),
        ("target 1", 1.0, (-1, 1, 1)),
        ("a target between", rng.uniform(0.2, 0.8), (-1, -1, -1)),
    ):
        yield name, (*(signs * rng.uniform([0.3, 0.3, 1.2], [0.9, 0.9, 2.5])).tolist(), t)
    yield "a small input", (number(rng, 1.2, 2.5), number(rng, 0.3, 0.9), number(rng, 0.2, 0.7), float(rng.integers(2)))
    for name, z in (
        ("y a little above ½", rng.uniform(0.2, 0.8)),
        ("y a little below ½", -rng.uniform(0.2, 0.8)),
        ("y a hundredth", -rng.uniform(4.5, 5)),
    ):
        w, x = number(rng, 0.3, 0.9), number(rng, 1.2, 2.5)
        yield name, (w, z - w * x, x, float(rng.integers(2)))


@assignment.exercise(
    reference=reference.logistic_least_squares,
    returns=("loss", "dw", "db"),
    points=5,
    tolerance=ROUNDING,
    mistakes=model_mistakes.LOGISTIC_LEAST_SQUARES,
)
def logistic_least_squares(rng: np.random.Generator) -> Iterator[Case]:
    """Loss and derivatives of z = wx + b, y = σ(z), L = ½(y − t)² (CSC321, univariate chain rule)."""
    for name, model in models(rng):
        yield case(name, *model)


@assignment.exercise(
    reference=reference.regularized_logistic_least_squares,
    returns=("loss", "dw", "db"),
    builds_on=("logistic_least_squares",),
    points=4,
    tolerance=ROUNDING,
    mistakes=model_mistakes.REGULARIZED,
)
def regularized_logistic_least_squares(rng: np.random.Generator) -> Iterator[Case]:
    """Loss and derivatives of the same model with L + λR, R = ½w² (CSC321, backpropagation)."""
    for name, model in models(rng):
        yield case(name, *model, 0.5 if name == "by hand" else rng.uniform(0.2, 0.9))


@assignment.exercise(
    reference=reference.multiclass_logistic,
    returns=("loss", "dW", "db"),
    points=6,
    tolerance=ROUNDING,
    mistakes=model_mistakes.MULTICLASS,
)
def multiclass_logistic(rng: np.random.Generator) -> Iterator[Case]:
    """Loss and gradients of y = softmax(Wx + b) with the cross-entropy of a one-hot t (CSC321, fan-out above 1)."""
    W = np.array([[np.log(3.0), 0.0], [0.0, 0.0]])
    yield case("by hand", W, np.zeros(2), np.array([1.0, 2.0]), np.array([0.0, 1.0]))
    k, d = (int(n) for n in rng.permutation(np.arange(2, 6))[:2])
    for name, shape, label in (
        ("more inputs than classes", (k, k + d), 0),
        ("more classes than inputs", (k + d, d), rng.integers(3, k + d)),
        ("as many inputs as classes", (k, k), k - 1),
        ("one input", (k, 1), rng.integers(k)),
    ):
        W, b, x = rng.uniform(-1, 1, shape), rng.uniform(-1, 1, shape[0]), rng.uniform(-1.5, 1.5, shape[1])
        yield case(name, W, b, x, np.eye(shape[0])[label])


@assignment.exercise(
    reference=reference.logistic_regression_gradient,
    points=3,
    tolerance=ROUNDING,
    mistakes=classifier_mistakes.LOGISTIC_REGRESSION,
)
def logistic_regression_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The gradient of the mean log loss of logistic regression, bias first (ITCS 6156, the bonus question)."""
    yield case("by hand", np.array([0.0, np.log(3.0)]), np.array([[1.0], [-1.0]]), np.array([0, 0]))
    for n, d in ((1, 3), (3, 3), (5, 2), (8, 4)):
        w, X = rng.uniform(-1, 1, d + 1), rng.uniform(-2, 2, (n, d))
        yield case("a single example" if n == 1 else f"{n} examples of {d} features", w, X, rng.integers(0, 2, n))


@assignment.exercise(
    reference=reference.thin_gradient,
    returns=("loss", "gradient"),
    points=4,
    tolerance=ROUNDING,
    mistakes=thin_mistakes.THIN,
)
def thin_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """Loss and gradient of L logistic units in a row with ½(ŷ − y)² (CS6910 4.4, the deep and thin network)."""
    yield case("by hand", np.array([1.0, 4 / 3 * np.log(3.0)]), np.log(3.0), 0.5)
    for name, L, side in (("one layer", 1, 1), ("two layers", 2, -1), ("three layers", 3, -1), ("five layers", 5, 1)):
        w = rng.choice([-1, 1], L) * rng.uniform(1.5, 3.0, L)
        yield case(name, w, side * rng.uniform(0.3, 0.9), rng.uniform(0.1, 0.4))
    yield case("a target above the output", rng.uniform(-3.0, -1.5, 3), rng.uniform(0.3, 0.9), rng.uniform(0.8, 0.95))


@assignment.exercise(
    reference=reference.zero_one_loss, points=1, tolerance=ROUNDING, mistakes=classifier_mistakes.ZERO_ONE
)
def zero_one_loss(rng: np.random.Generator) -> Iterator[Case]:
    """1 for a wrong decision, 0 for a right one (CSC321, losses)."""
    yield case("by hand", 1, 1)
    low, high = sorted(int(k) for k in rng.choice(np.arange(2, 10), 2, replace=False))
    yield case("the right class", high, high)
    yield case("a class below", low, high + 1)
    yield case("a class above", high + 1, low)
    yield case("the class beside", low, low + 1)
    yield case("class 0 for another", 0, high)
    yield case("classes -1 and 1", -1, 1)


def scores(rng: np.random.Generator) -> Iterator[tuple[str, float, int]]:
    """Scores for both classes: on the wrong side, on the right one within the margin, and beyond it."""
    for t in (1, -1):
        side = "class 1" if t == 1 else "class -1"
        yield f"{side}, wrong", -t * rng.uniform(0.2, 0.8), t
        yield f"{side}, quite wrong", -t * rng.uniform(1.2, 3.0), t
        yield f"{side}, right but not clear", t * rng.uniform(0.2, 0.8), t
        yield f"{side}, right and clear", t * rng.uniform(1.2, 3.0), t


@assignment.exercise(
    reference=reference.hinge_loss, points=1, tolerance=ROUNDING, mistakes=classifier_mistakes.HINGE_LOSS
)
def hinge_loss(rng: np.random.Generator) -> Iterator[Case]:
    """The hinge loss max(0, 1 − t z) of a score z and a class t, −1 or 1 (CSC321, losses)."""
    yield case("by hand", 0.25, 1)
    for name, z, t in scores(rng):
        yield case(name, z, t)


@assignment.exercise(
    reference=reference.hinge_gradient, points=1, tolerance=ROUNDING, mistakes=classifier_mistakes.HINGE_GRADIENT
)
def hinge_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of the hinge loss by the score, t z ≠ 1 (CSC321, losses)."""
    yield case("by hand", 0.25, 1)
    for name, z, t in scores(rng):
        yield case(name, z, t)
