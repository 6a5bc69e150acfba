"""Forward and backward propagation for m examples at once (ITCS 6156, vectorised backpropagation).

The examples are the columns of X. The number of examples differs from all sizes of layers, so that a sum over the
wrong axis cannot hide; one case of each kind is square throughout. No hidden pre-activation lies near the kink of ReLU.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from grader.assignment import Assignment, case
from grader.model import Case
from reference import vectorized as reference
from reference.network import preactivation

from . import backward_mistakes, forward_mistakes

assignment = Assignment(
    title="Vectorised backpropagation",
    lecture="ITCS 6156, feed-forward neural networks and backpropagation",
    convention="examples are columns; W[l] is (units of the next layer, units of this one), b[l] is a column",
    public_seed=8156,
)

ROUNDING = 1e-6  # single precision passes, and so does ln(a + 1e-12); the smallest slip of the bank is far above it

Layers = list[np.ndarray]


def network(rng: np.random.Generator, sizes: Sequence[int], m: int) -> tuple[Layers, Layers, np.ndarray]:
    """Weights, biases and m examples, drawn until the network is `well_placed`.

    Raises ArithmeticError where a thousand draws do not give one.
    """
    for _ in range(1000):
        W = [rng.uniform(-1, 1, (n, n_prev)) for n_prev, n in pairwise(sizes)]
        b = [rng.uniform(-1, 1, (n, 1)) for n in sizes[1:]]
        X = rng.uniform(-2, 2, (sizes[0], m))
        if well_placed(W, b, X):
            return W, b, X
    raise ArithmeticError(f"no network of sizes {sizes} away from the kinks")


def well_placed(W: Layers, b: Layers, X: np.ndarray) -> bool:
    """Hidden pre-activations on both sides of the kink but not near it; probabilities away from 0 and 1."""
    *hidden, output = reference.forward(W, b, X)
    Z = [preactivation(*layer) for layer in zip(W, [X, *hidden], b, strict=True)][:-1]
    return output.min() > 0.01 and all(np.abs(z).min() > 0.05 and z.min() < 0 < z.max() for z in Z)


def networks(rng: np.random.Generator) -> Iterator[tuple[str, tuple[Layers, Layers, np.ndarray]]]:
    """From no hidden layer to three, batches and one example, and a network with as many units as examples."""
    sizes = [int(n) for n in rng.permutation([2, 3, 4, 5])]
    yield "no hidden layer", network(rng, sizes[:2], 6)
    yield "one hidden layer", network(rng, sizes[1:], 7)
    yield "one example", network(rng, [3, 4, 2], 1)
    yield "three hidden layers", network(rng, [*sizes, 6], 8)
    yield "as many units as examples", network(rng, [3, 3, 3], 3)


def stretched(rng: np.random.Generator, W: Layers, b: Layers) -> tuple[Layers, Layers]:
    """The same outputs by larger activations of the hidden units, which no ceiling may cut."""
    factor = rng.uniform(10, 15)
    return [factor * W[0], W[1] / factor], [factor * b[0], b[1]]


def network_by_hand() -> tuple[Layers, Layers, np.ndarray]:
    """Two examples, one hidden unit that is on for the first alone, outputs (3/4, 1/4) and (1/2, 1/2)."""
    W = [np.array([[1.0, -1.0]]), np.array([[np.log(3.0)], [0.0]])]
    return W, [np.zeros((1, 1)), np.zeros((2, 1))], np.array([[2.0, 0.0], [1.0, 1.0]])


def one_hot(rng: np.random.Generator, K: int, m: int) -> np.ndarray:
    """Label columns (K, m), so that no two classes but by chance have equally many examples."""
    return np.eye(K)[:, rng.integers(K, size=m)]


def labelled(rng: np.random.Generator) -> Iterator[tuple[str, Layers, Layers, np.ndarray]]:
    """Networks with their activations, X the first of them, and labels: name, W, A, Y."""
    W, b, X = network_by_hand()
    yield "by hand", W, [X, *reference.forward(W, b, X)], np.eye(2)
    for name, (W, b, X) in networks(rng):
        A = [X, *reference.forward(W, b, X)]
        yield name, W, A, one_hot(rng, *A[-1].shape)


@assignment.exercise(
    reference=reference.parameter_count, points=1, tolerance=ROUNDING, mistakes=forward_mistakes.PARAMETER_COUNT
)
def parameter_count(rng: np.random.Generator) -> Iterator[Case]:
    """How many weights and biases a network has whose layers have these sizes, the inputs first (ITCS 6156)."""
    yield case("the network of the lecture", [10, 10, 5, 1])
    for layers in (2, 3, 4, 5, 6):
        yield case(f"{layers} sizes", [int(n) for n in rng.permutation(np.arange(2, 14))[:layers]])


@assignment.exercise(reference=reference.forward, points=4, tolerance=ROUNDING, mistakes=forward_mistakes.FORWARD)
def forward(rng: np.random.Generator) -> Iterator[Case]:
    """The activations of all layers after the input, for m examples: ReLU hidden, softmax output (ITCS 6156)."""
    yield case("by hand", *network_by_hand())
    for name, (W, b, X) in networks(rng):
        yield case(name, *(stretched(rng, W, b) if name == "one hidden layer" else (W, b)), X)


@assignment.exercise(reference=reference.cost, points=3, tolerance=ROUNDING, mistakes=forward_mistakes.COST)
def cost(rng: np.random.Generator) -> Iterator[Case]:
    """The mean negative log-likelihood of m examples with the L2 penalty α/2 ‖W‖² (ITCS 6156, softmax cost)."""
    for name, W, A, Y in labelled(rng):
        yield case(name, W, A[-1], Y, 1.0 if name == "by hand" else rng.uniform(0.1, 0.9))


@assignment.exercise(
    reference=reference.backward,
    returns=("grad_W", "grad_b"),
    points=6,
    tolerance=ROUNDING,
    mistakes=backward_mistakes.BACKWARD,
)
def backward(rng: np.random.Generator) -> Iterator[Case]:
    """The gradients of the regularised cost for m examples, softmax output (ITCS 6156, softmax for m examples)."""
    for name, W, A, Y in labelled(rng):
        yield case(name, W, A, Y, 1.0 if name == "by hand" else rng.uniform(0.1, 0.9))


@assignment.exercise(
    reference=reference.regression_backward,
    returns=("grad_W", "grad_b"),
    points=4,
    tolerance=ROUNDING,
    mistakes=backward_mistakes.REGRESSION_BACKWARD,
)
def regression_backward(rng: np.random.Generator) -> Iterator[Case]:
    """The gradients of the mean of ½‖a − y‖² for m examples, linear output (ITCS 6156, regression for m examples)."""
    drawn = [*networks(rng), ("one output", network(rng, [3, 4, 1], 5))]
    for name, (W, b, X) in [("by hand", network_by_hand()), *drawn]:
        A = [X, *reference.forward(W, b, X)[:-1]]
        A.append(preactivation(W[-1], A[-1], b[-1]))
        yield case(name, W, A, np.eye(2) if name == "by hand" else rng.uniform(-2, 2, A[-1].shape))


@assignment.exercise(property="xor_network", returns=("W", "b"), points=2)
def xor_network(rng: np.random.Generator) -> Iterator[Case]:
    """Weights and biases of a 2-2-1 network of step units that computes XOR (ITCS 6156, perceptron and XOR)."""
    yield case("the four inputs")
