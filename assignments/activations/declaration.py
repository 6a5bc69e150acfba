"""Activation functions and their derivatives (ITCS 6156, activation functions and ReLU generalisations; CS6910 4.9).

Every function but those of maxout works entry by entry, so its cases are vectors and matrices alike. No case sits on
the kink of a derivative, but where the text defines what is taken there (maxout); the values at 0 are asked where the
lecture defines them.
"""

from collections.abc import Iterator

import numpy as np

from grader.assignment import Assignment, case
from grader.model import Case
from reference import activations as reference

from . import piecewise_mistakes, smooth_mistakes

assignment = Assignment(
    title="Activation functions and their derivatives",
    lecture="ITCS 6156, activation functions and ReLU generalisations; CS6910 4.9; DSC 140B lecture 20",
    convention="step(0) is 1; functions work entry by entry and keep the shape of z",
    public_seed=6156,
)

ROUNDING = 1e-6  # any right formula passes, in single precision too; the smallest slip of the bank is far above it
ASYMPTOTES = 1e-7  # softplus is nearly z where z is large: its scale must not hide who takes z itself from 8 on
LN2, LN3 = np.log(2.0), np.log(3.0)


def both_signs(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, mixed, none nearer than 0.1 to the kinks at 0."""
    signs = rng.permutation(np.resize([1.0, -1.0], int(np.prod(shape)))).reshape(shape)
    return signs * rng.uniform(0.1, 4.0, shape)


def arrays(rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    """What every elementwise function is asked: vectors, a column and a matrix that is not square."""
    n, m = rng.integers(3, 7, size=2)
    yield "a short vector", both_signs(rng, n)
    yield "a long vector", rng.permutation(np.concatenate([both_signs(rng, 20 + n), near_and_far(rng)]))
    yield "a column", both_signs(rng, n + 1, 1)
    yield "a matrix", both_signs(rng, m, m + n)


def near_and_far(rng: np.random.Generator) -> np.ndarray:
    """A number of either sign close to 0, below 1, and far out: no threshold but 0, and no ceiling, goes unnoticed."""
    return np.concatenate([side * rng.uniform([0.1, 0.5, 12.0], [0.3, 0.9, 30.0]) for side in (1, -1)])


def around_alpha(rng: np.random.Generator, alpha: float) -> np.ndarray:
    """Ordinary numbers and, of either sign, one that is nearer to 0 than alpha."""
    return rng.permutation(np.append(both_signs(rng, 4), alpha * rng.uniform(0.4, 0.8, 2) * [1, -1]))


def with_tails(rng: np.random.Generator) -> np.ndarray:
    """A small number and, of either sign, one in each unit interval from 3 to 13: wherever a tail is cut, it shows."""
    tails = [side * (np.arange(3, 13) + rng.uniform(0, 0.8, 10)) for side in (1, -1)]
    return rng.permutation(np.concatenate([*tails, rng.uniform(0.1, 0.5, 1)]))


def with_zeros(rng: np.random.Generator) -> np.ndarray:
    """A vector that holds the number 0 twice, at drawn places."""
    return rng.permutation(np.append(both_signs(rng, rng.integers(4, 8)), [0.0, 0.0]))


def with_large(rng: np.random.Generator) -> np.ndarray:
    """Ordinary numbers and, between them, |z| from 100 to 1000 of both signs."""
    return rng.permutation(np.append(both_signs(rng, 4), [1000.0, -1000.0, *(rng.uniform(100, 1000, 2) * [1, -1])]))


@assignment.exercise(reference=reference.step, points=1, tolerance=ROUNDING, mistakes=smooth_mistakes.STEP)
def step(rng: np.random.Generator) -> Iterator[Case]:
    """The unit step: 0 for z < 0 and 1 for z ≥ 0 (ITCS 6156, "Activation Functions")."""
    yield case("by hand", np.array([-2.0, 0.0, 3.0]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("zeros among them", with_zeros(rng))


@assignment.exercise(reference=reference.sigmoid, points=2, tolerance=ROUNDING, mistakes=smooth_mistakes.SIGMOID)
def sigmoid(rng: np.random.Generator) -> Iterator[Case]:
    """The logistic function σ(z), right for |z| up to 1000, too (ITCS 6156, "Activation Functions")."""
    yield case("by hand", np.array([0.0, LN3, -LN3]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("the tails", with_tails(rng))
    yield case("large numbers among them", with_large(rng))


@assignment.exercise(
    reference=reference.sigmoid_derivative,
    builds_on=("sigmoid",),
    points=2,
    tolerance=ROUNDING,
    mistakes=smooth_mistakes.SIGMOID_DERIVATIVE,
)
def sigmoid_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of the logistic function at z, right for |z| up to 1000, too (CS6910 4.9)."""
    yield case("by hand", np.array([0.0, LN3, -LN3]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("the tails", with_tails(rng))
    yield case("large numbers among them", with_large(rng))


@assignment.exercise(reference=reference.tanh, points=1, tolerance=ROUNDING, mistakes=smooth_mistakes.TANH)
def tanh(rng: np.random.Generator) -> Iterator[Case]:
    """The hyperbolic tangent of z (CS6910 4.9)."""
    yield case("by hand", np.array([0.0, LN2, -LN2]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("saturated", with_tails(rng))


@assignment.exercise(
    reference=reference.tanh_derivative,
    builds_on=("tanh",),
    points=2,
    tolerance=ROUNDING,
    mistakes=smooth_mistakes.TANH_DERIVATIVE,
)
def tanh_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of tanh at z (CS6910 4.9)."""
    yield case("by hand", np.array([0.0, LN2, -LN2]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("saturated", with_tails(rng))


@assignment.exercise(reference=reference.relu, points=1, tolerance=ROUNDING, mistakes=piecewise_mistakes.RELU)
def relu(rng: np.random.Generator) -> Iterator[Case]:
    """The rectifier max(0, z) (ITCS 6156, "ReLU and Generalizations")."""
    yield case("by hand", np.array([-2.0, 0.0, 3.0]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("zeros among them", with_zeros(rng))


@assignment.exercise(
    reference=reference.relu_derivative,
    builds_on=("step", "relu"),
    points=1,
    tolerance=ROUNDING,
    mistakes=piecewise_mistakes.RELU_DERIVATIVE,
)
def relu_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of ReLU at z ≠ 0 (DSC 140B lecture 20, "Aside: Derivative of ReLU")."""
    yield case("by hand", np.array([-2.0, 0.5, 3.0]))
    for name, z in arrays(rng):
        yield case(name, z)


@assignment.exercise(
    reference=reference.leaky_relu,
    builds_on=("relu",),
    points=1,
    tolerance=ROUNDING,
    mistakes=piecewise_mistakes.LEAKY_RELU,
)
def leaky_relu(rng: np.random.Generator) -> Iterator[Case]:
    """Leaky ReLU max(0, z) + α min(0, z) with 0 < α < 1 (ITCS 6156, "ReLU and Generalizations")."""
    yield case("by hand", np.array([-10.0, 0.0, 5.0]), 0.1)
    for name, z in arrays(rng):
        yield case(name, z, rng.uniform(0.05, 0.45))
    alpha = rng.uniform(0.55, 0.95)
    yield case("zeros and numbers within alpha", np.append(with_zeros(rng), around_alpha(rng, alpha)), alpha)


@assignment.exercise(
    reference=reference.leaky_relu_derivative,
    builds_on=("step", "relu_derivative"),
    points=2,
    tolerance=ROUNDING,
    mistakes=piecewise_mistakes.LEAKY_RELU_DERIVATIVE,
)
def leaky_relu_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of leaky ReLU at z ≠ 0 (ITCS 6156, "ReLU and Generalizations")."""
    yield case("by hand", np.array([-10.0, 0.5, 5.0]), 0.1)
    for name, z in arrays(rng):
        yield case(name, z, rng.uniform(0.05, 0.45))
    alpha = rng.uniform(0.55, 0.95)
    yield case("numbers within alpha", around_alpha(rng, alpha), alpha)


@assignment.exercise(
    reference=reference.absolute_relu,
    builds_on=("relu",),
    points=1,
    tolerance=ROUNDING,
    mistakes=piecewise_mistakes.ABSOLUTE_RELU,
)
def absolute_relu(rng: np.random.Generator) -> Iterator[Case]:
    """Absolute value ReLU |z| (ITCS 6156, "ReLU and Generalizations")."""
    yield case("by hand", np.array([-2.0, 0.0, 3.0]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("zeros among them", with_zeros(rng))


@assignment.exercise(
    reference=reference.absolute_relu_derivative,
    builds_on=("step",),
    points=1,
    tolerance=ROUNDING,
    mistakes=piecewise_mistakes.ABSOLUTE_RELU_DERIVATIVE,
)
def absolute_relu_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of |z| at z ≠ 0 (ITCS 6156, "ReLU and Generalizations")."""
    yield case("by hand", np.array([-2.0, 0.5, 3.0]))
    for name, z in arrays(rng):
        yield case(name, z)


@assignment.exercise(reference=reference.softplus, points=2, tolerance=ASYMPTOTES, mistakes=smooth_mistakes.SOFTPLUS)
def softplus(rng: np.random.Generator) -> Iterator[Case]:
    """Softplus ln(1 + e^z), right for |z| up to 1000, too (ITCS 6156, "ReLU vs. Softplus")."""
    yield case("by hand", np.array([0.0, LN3, -LN2]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("the tails", with_tails(rng))
    yield case("large numbers among them", with_large(rng))


@assignment.exercise(
    reference=reference.softplus_derivative,
    builds_on=("sigmoid",),
    points=2,
    tolerance=ROUNDING,
    mistakes=smooth_mistakes.SOFTPLUS_DERIVATIVE,
)
def softplus_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of softplus at z, right for |z| up to 1000, too (ITCS 6156, "ReLU vs. Softplus")."""
    yield case("by hand", np.array([0.0, LN3, -LN3]))
    for name, z in arrays(rng):
        yield case(name, z)
    yield case("the tails", with_tails(rng))
    yield case("large numbers among them", with_large(rng))


def candidates(rng: np.random.Generator, k: int, n: int) -> np.ndarray:
    """k candidates for each of n units, the largest of one unit twice among them.

    Those of another unit (of the same, if there is one only) are far below 0, where 0 and |a| would be wrong maxima,
    and the last of them is the largest.
    """
    a = both_signs(rng, k, n)
    tied, negative = np.resize(rng.permutation(n), 2)
    a[:, negative] = np.sort(-rng.uniform(10, 30, k))
    a[a[:, tied].argmin(), tied] = a[:, tied].max()
    return a


@assignment.exercise(reference=reference.maxout, points=2, tolerance=ROUNDING, mistakes=piecewise_mistakes.MAXOUT)
def maxout(rng: np.random.Generator) -> Iterator[Case]:
    """Maxout: for each of n units the largest of its k candidates, a (k, n) → (n,) (ITCS 6156)."""
    k, n = rng.integers(2, 6, size=2)
    yield case("by hand", np.array([[1.0, -5.0], [2.0, -3.0], [0.0, -4.0]]))
    yield case("more units than candidates", candidates(rng, k, k + n))
    yield case("more candidates than units", candidates(rng, k + n, n))
    yield case("as many candidates as units", candidates(rng, n + 1, n + 1))
    yield case("one unit", candidates(rng, k + 1, 1))


@assignment.exercise(
    reference=reference.maxout_derivative,
    builds_on=("maxout",),
    points=2,
    tolerance=ROUNDING,
    mistakes=piecewise_mistakes.MAXOUT_DERIVATIVE,
)
def maxout_derivative(rng: np.random.Generator) -> Iterator[Case]:
    """The derivative of maxout by its candidates: 1 at the first largest of each column, else 0 (ITCS 6156)."""
    k, n = rng.integers(2, 6, size=2)
    yield case("by hand", np.array([[1.0, -5.0], [2.0, -3.0], [0.0, -4.0]]))
    yield case("no two candidates alike", both_signs(rng, k + 1, k + n))
    yield case("more units than candidates", candidates(rng, k, k + n))
    yield case("more candidates than units", candidates(rng, k + n, n))
    yield case("as many candidates as units", candidates(rng, n + 1, n + 1))
    yield case("one unit", candidates(rng, k + 1, 1))
