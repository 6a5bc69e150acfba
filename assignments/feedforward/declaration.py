"""Backpropagation for a classifier, from softmax to gradient descent (CS6910 lecture 4, modules 4.3 to 4.8).

Each function is asked on its own first, with the reference's intermediate values as its arguments, and then as a part
of the three algorithms of the pseudo code. Layers have different sizes, so that a transpose cannot hide; one case of
each kind is square, so that it shows as wrong numbers, too.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from grader.assignment import Assignment, case
from grader.model import Case
from reference import feedforward as reference

from . import layer_mistakes, network_mistakes, output_mistakes

assignment = Assignment(
    title="Feedforward networks and backpropagation",
    lecture="CS6910 lecture 4, modules 4.3 to 4.8",
    convention="a_k = b_k + W_k h_{k-1}, row j of W_k feeds neuron j; labels count from 0",
    public_seed=6910,
)

ROUNDING = 1e-6  # single precision passes, and so does ln(y + 1e-12); the smallest slip of the bank is far above it

Layers = list[np.ndarray]


def probabilities(rng: np.random.Generator, k: int) -> np.ndarray:
    """A distribution over k classes, none of them nearer to 0 or 1 than about a hundredth."""
    return reference.softmax(rng.uniform(-1.5, 1.5, k))


def is_distribution(y_hat: np.ndarray, *_: object) -> bool:
    """Whether ŷ sums to 1, as it does in every case."""
    return bool(np.isclose(y_hat.sum(), 1))


def labelled(rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray, int]]:
    """Distributions with labels: at both ends, in the middle, and the class that is least likely."""
    k = int(rng.integers(6, 9))
    yield "the first label", probabilities(rng, k), 0
    yield "the last label", probabilities(rng, k - 1), k - 2
    yield "a label in the middle", probabilities(rng, k), int(rng.integers(1, k - 1))
    yield "two classes, the first", probabilities(rng, 2), 0
    yield "two classes, the second", probabilities(rng, 2), 1
    y_hat = reference.softmax(rng.permutation([-2.3, *rng.uniform(-1, 1, k)]))
    yield "an unlikely label", y_hat, int(y_hat.argmin())


def different_sizes(rng: np.random.Generator, count: int) -> list[int]:
    """Sizes of layers, no two of them equal."""
    return [int(n) for n in rng.permutation(np.arange(2, 7))[:count]]


def network(rng: np.random.Generator, sizes: Sequence[int]) -> tuple[Layers, Layers, np.ndarray, int]:
    """Weights, biases, an input and a label for layers of these sizes, the inputs first."""
    W = [rng.uniform(-1, 1, (n, n_prev)) for n_prev, n in pairwise(sizes)]
    b = [rng.uniform(-1, 1, n) for n in sizes[1:]]
    return W, b, rng.uniform(-2, 2, sizes[0]), int(rng.integers(sizes[-1]))


def saturated(rng: np.random.Generator, W: Layers, b: Layers, x: np.ndarray, label: int):
    """The network with larger weights in the first layer, so that a neuron there is near 0 or 1."""
    factor = rng.uniform(9, 12) / np.abs(W[0] @ x + b[0]).max()
    return [factor * W[0], *W[1:]], [factor * b[0], *b[1:]], x, label


def networks(rng: np.random.Generator) -> Iterator[tuple[str, tuple[Layers, Layers, np.ndarray, int]]]:
    """What the three algorithms are asked: from no hidden layer to three, and one network of equal layers."""
    n = int(rng.integers(3, 5))
    yield "no hidden layer", (*network(rng, different_sizes(rng, 2))[:-1], 0)
    yield "one hidden layer", network(rng, different_sizes(rng, 3))
    yield "two hidden layers", saturated(rng, *network(rng, different_sizes(rng, 4)))
    yield "three hidden layers", network(rng, different_sizes(rng, 5))
    yield "equal layers", (*network(rng, [n] * 4)[:-1], n - 1)


def network_by_hand() -> tuple[Layers, Layers, np.ndarray, int]:
    """Two inputs, one hidden neuron, two classes: a_1 = 0, h_1 = 1/2, a_2 = (0, 0), ŷ = (1/2, 1/2)."""
    W = [np.array([[1.0, 1.0]]), np.array([[2.0], [-2.0]])]
    return W, [np.array([0.0]), np.array([-1.0, 1.0])], np.array([1.0, -1.0]), 0


@assignment.exercise(reference=reference.softmax, points=2, tolerance=ROUNDING, mistakes=output_mistakes.SOFTMAX)
def softmax(rng: np.random.Generator) -> Iterator[Case]:
    """The output function softmax of a vector a (k,), right for |a_j| up to 1000, too (CS6910 4.3)."""
    yield case("by hand", np.log([1.0, 2.0, 5.0]))
    for k in (2, 3, 5, 8):
        yield case(f"{k} classes", rng.uniform(-3, 3, k))
    large = 1000 - rng.uniform(0, 3, 3)
    yield case("large numbers among them", rng.permutation([*large, -1000.0, *rng.uniform(-3, 3, 2)]))
    yield case("one large number", np.insert(rng.uniform(-3, 3, 5), rng.integers(1, 5), 1000 - rng.uniform(0, 3)))
    yield case("large negative numbers", rng.permutation([*(rng.uniform(0, 3, 7) - 1000), *rng.uniform(-3, 3, 2)]))


@assignment.exercise(
    reference=reference.cross_entropy,
    points=1,
    tolerance=ROUNDING,
    mistakes=output_mistakes.CROSS_ENTROPY,
    valid=is_distribution,
)
def cross_entropy(rng: np.random.Generator) -> Iterator[Case]:
    """The cross-entropy of a distribution ŷ and a label, as one number (CS6910 4.3)."""
    yield case("by hand", np.array([0.5, 0.25, 0.25]), 1)
    for name, y_hat, label in labelled(rng):
        yield case(name, y_hat, label)


@assignment.exercise(
    reference=reference.squared_error, points=1, tolerance=ROUNDING, mistakes=output_mistakes.SQUARED_ERROR
)
def squared_error(rng: np.random.Generator) -> Iterator[Case]:
    """The squared error of N predictions with k outputs each: the mean over the rows of the summed squares (4.3)."""
    N, k = different_sizes(rng, 2)
    yield case(
        "by hand", np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 4.0], [2.0, 0.0]])
    )
    for name, shape in (
        ("more outputs than examples", (k, k + N)),
        ("more examples than outputs", (N + k, N)),
        ("one example", (1, k)),
        ("one output", (N, 1)),
        ("as many examples as outputs", (k, k)),
    ):
        yield case(name, rng.uniform(-2, 2, shape), rng.uniform(-2, 2, shape))


@assignment.exercise(
    reference=reference.output_gradient,
    points=1,
    tolerance=ROUNDING,
    mistakes=output_mistakes.OUTPUT_GRADIENT,
    valid=is_distribution,
)
def output_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The gradient of the cross-entropy with respect to the output ŷ (CS6910 4.5)."""
    yield case("by hand", np.array([0.5, 0.25, 0.25]), 1)
    for name, y_hat, label in labelled(rng):
        yield case(name, y_hat, label)


@assignment.exercise(
    reference=reference.softmax_jacobian,
    points=1,
    tolerance=ROUNDING,
    mistakes=output_mistakes.SOFTMAX_JACOBIAN,
    valid=is_distribution,
)
def softmax_jacobian(rng: np.random.Generator) -> Iterator[Case]:
    """The derivatives of softmax's outputs by its scores, as a matrix, from the outputs ŷ (CS6910 4.5)."""
    yield case("by hand", np.array([0.5, 0.25, 0.25]))
    for k in (2, 3, 5, 8):
        yield case(f"{k} classes", probabilities(rng, k))


@assignment.exercise(
    reference=reference.output_preactivation_gradient,
    points=2,
    tolerance=ROUNDING,
    mistakes=output_mistakes.OUTPUT_PREACTIVATION_GRADIENT,
    valid=is_distribution,
)
def output_preactivation_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The gradient of the cross-entropy with respect to a_L, where ŷ = softmax(a_L) (CS6910 4.5)."""
    yield case("by hand", np.array([0.5, 0.25, 0.25]), 1)
    for name, y_hat, label in labelled(rng):
        yield case(name, y_hat, label)


def layer_shapes(rng: np.random.Generator) -> Iterator[tuple[str, int, int]]:
    """Sizes of a layer and the one beside it: wide, tall, square, and with a single neuron on either side."""
    n, m = different_sizes(rng, 2)
    yield "a wide matrix", n, n + m
    yield "a tall matrix", n + m, m
    yield "a square matrix", m, m
    yield "one row", 1, n
    yield "one column", m, 1


@assignment.exercise(
    reference=reference.hidden_gradient, points=2, tolerance=ROUNDING, mistakes=layer_mistakes.HIDDEN_GRADIENT
)
def hidden_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The gradient with respect to h_k, from W_{k+1} and the gradient with respect to a_{k+1} (CS6910 4.6)."""
    yield case("by hand", np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]), np.array([1.0, -2.0]))
    for name, n_next, n in layer_shapes(rng):
        yield case(name, rng.uniform(-2, 2, (n_next, n)), rng.uniform(-2, 2, n_next))


@assignment.exercise(
    reference=reference.preactivation_gradient,
    points=2,
    tolerance=ROUNDING,
    mistakes=layer_mistakes.PREACTIVATION_GRADIENT,
)
def preactivation_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The gradient with respect to a_k, from that with respect to h_k, for logistic neurons (CS6910 4.6)."""
    yield case("by hand", np.array([4.0, -16.0]), np.array([0.0, np.log(3.0)]))
    for n in (1, 2, 4, 7):
        yield case(f"{n} neurons" if n > 1 else "one neuron", rng.uniform(-2, 2, n), rng.uniform(-3, 3, n))
    a = np.concatenate([side * (np.arange(3, 10) + rng.uniform(0, 0.8, 7)) for side in (1, -1)])
    yield case("saturated neurons", rng.uniform(1, 2, 15), rng.permutation(np.append(a, rng.uniform(0.1, 0.5))))


@assignment.exercise(
    reference=reference.weight_gradient, points=2, tolerance=ROUNDING, mistakes=layer_mistakes.WEIGHT_GRADIENT
)
def weight_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The gradient with respect to W_k, from that with respect to a_k and the input h_{k-1} (CS6910 4.7)."""
    yield case("by hand", np.array([2.0, -1.0]), np.array([1.0, 0.0, 3.0]))
    for name, n, n_prev in layer_shapes(rng):
        yield case(name, rng.uniform(-2, 2, n), rng.uniform(0.05, 0.95, n_prev))


@assignment.exercise(
    reference=reference.bias_gradient, points=1, tolerance=ROUNDING, mistakes=layer_mistakes.BIAS_GRADIENT
)
def bias_gradient(rng: np.random.Generator) -> Iterator[Case]:
    """The gradient with respect to b_k, from that with respect to a_k (CS6910 4.7)."""
    yield case("by hand", np.array([2.0, -1.0]))
    for n in (1, 2, 4, 7):
        yield case(f"{n} neurons" if n > 1 else "one neuron", rng.uniform(-2, 2, n))


@assignment.exercise(
    reference=reference.forward_propagation,
    returns=("h", "a", "y_hat"),
    builds_on=("softmax",),
    points=4,
    tolerance=ROUNDING,
    mistakes=network_mistakes.FORWARD_PROPAGATION,
)
def forward_propagation(rng: np.random.Generator) -> Iterator[Case]:
    """All activations h_1 … h_{L-1}, all pre-activations a_1 … a_L, and the output ŷ of a network (CS6910 4.8)."""
    W, b, x, _ = network_by_hand()
    yield case("by hand", W, b, x)
    for name, (W, b, x, _) in networks(rng):
        yield case(name, W, b, x)


@assignment.exercise(
    reference=reference.back_propagation,
    returns=("grad_W", "grad_b"),
    builds_on=(
        "output_preactivation_gradient",
        "hidden_gradient",
        "preactivation_gradient",
        "weight_gradient",
        "bias_gradient",
    ),
    points=7,
    tolerance=ROUNDING,
    mistakes=network_mistakes.BACK_PROPAGATION,
)
def back_propagation(rng: np.random.Generator) -> Iterator[Case]:
    """The gradients of the cross-entropy with respect to all weights and biases of a network (CS6910 4.8)."""
    for name, (W, b, x, label) in [("by hand", network_by_hand()), *networks(rng)]:
        h, a, y_hat = reference.forward_propagation(W, b, x)
        yield case(name, W, x, h, a, label, y_hat)


@assignment.exercise(
    reference=reference.gradient_descent,
    returns=("W", "b"),
    builds_on=("forward_propagation", "back_propagation"),
    points=4,
    tolerance=ROUNDING,
    mistakes=network_mistakes.GRADIENT_DESCENT,
)
def gradient_descent(rng: np.random.Generator) -> Iterator[Case]:
    """The parameters after so many steps of gradient descent on one example (CS6910 4.8)."""
    yield case("by hand", *network_by_hand(), 1.0, 1)
    for steps, (name, parameters) in zip((3, 1, 2, 5, 8), networks(rng), strict=True):
        yield case(f"{name}, iterations = {steps}", *parameters, rng.uniform(0.2, 0.8), steps)
