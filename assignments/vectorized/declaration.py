"""Forward and backward propagation for m examples at once, and what single neurons can do (ITCS 6156).

The examples are the columns of X. The number of examples differs from all sizes of layers, so that a sum over the
wrong axis cannot hide; one case of each kind is square throughout. No hidden pre-activation lies near the kink of ReLU.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from grader.assignment import Assignment, case
from grader.model import Case
from reference import vectorized as reference
from reference.network import preactivation

from . import backward_mistakes, forward_mistakes, neuron_mistakes, regression_mistakes

assignment = Assignment(
    title="Vectorised backpropagation",
    lecture="ITCS 6156, feed-forward neural networks and backpropagation",
    convention="examples are columns; W[l] is (units of the next layer, units of this one), b[l] a column; of a single "
    "neuron's weights the bias is the first",
    public_seed=8156,
)

ROUNDING = 1e-6  # single precision passes, and so does ln(a + 1e-12); the smallest slip of the bank is far above it

Layers = list[np.ndarray]
Suits = Callable[[float, float, float], bool]


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
    reference=reference.regression_forward, points=1, tolerance=ROUNDING, mistakes=regression_mistakes.FORWARD
)
def regression_forward(rng: np.random.Generator) -> Iterator[Case]:
    """The activations of all layers after the input, for m examples: ReLU hidden, linear output (ITCS 6156)."""
    yield case("by hand", *network_by_hand())
    for name, (W, b, X) in networks(rng):
        yield case(name, *(stretched(rng, W, b) if name == "one hidden layer" else (W, b)), X)


@assignment.exercise(
    reference=reference.regression_cost, points=1, tolerance=ROUNDING, mistakes=regression_mistakes.COST
)
def regression_cost(rng: np.random.Generator) -> Iterator[Case]:
    """The mean of ½‖a − y‖² for m examples with the L2 penalty λ/2 ‖W‖² (ITCS 6156, regularised squared error)."""
    W = [np.array([[1.0, -1.0]]), np.array([[2.0]])]
    yield case("by hand", W, np.array([[1.0, 3.0]]), np.array([[0.0, 1.0]]), 0.5)
    for name, (W, b, X) in networks(rng):
        A_out = reference.regression_forward(W, b, X)[-1]
        yield case(name, W, A_out, A_out + rng.uniform(-2, 2, A_out.shape), rng.uniform(0.1, 0.9))


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


@assignment.exercise(
    reference=reference.nonlinear_output_delta,
    points=2,
    tolerance=ROUNDING,
    mistakes=regression_mistakes.NONLINEAR_OUTPUT_DELTA,
)
def nonlinear_output_delta(rng: np.random.Generator) -> Iterator[Case]:
    """δ of an output a = f(z) with ½‖a − y‖², f sigmoid, tanh or linear (ITCS 6156, Backpropagation Algorithm)."""
    yield case("by hand", np.zeros(1), np.zeros(1), "sigmoid")
    K, m = (int(n) for n in rng.permutation([2, 3, 4, 5])[:2])
    for activation in ("sigmoid", "tanh", "linear"):
        yield case(f"{activation}, one example", rng.uniform(-1, 1, K), rng.uniform(-3, 3, K), activation)
        yield case(
            f"{activation}, several examples", rng.uniform(-1, 1, (K, m)), rng.uniform(-3, 3, (K, m)), activation
        )


def neurons(rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Weights and inputs of a neuron near its boundary, on it, and where the bias or its place decides."""
    yield "just on the side of 1", *neuron(rng, lambda total, without, misplaced: 0.1 < total < 0.4)
    yield "just on the side of 0", *neuron(rng, lambda total, without, misplaced: -0.4 < total < -0.1)
    yield "the bias decides for 1", *neuron(rng, lambda total, without, misplaced: total > 1 and without < -0.3)
    yield "the bias decides for 0", *neuron(rng, lambda total, without, misplaced: total < -1 and without > 0.3)
    yield "the first weight is the bias", *neuron(rng, lambda total, without, misplaced: total > 1 and misplaced < -0.3)
    yield "one input", *neuron(rng, lambda total, without, misplaced: total > 1, inputs=1)
    w = rng.integers(1, 5, 3) * rng.choice([-1.0, 1.0], 3)
    yield "on the boundary", np.append(-w.sum(), w), np.ones(3)


def neuron(rng: np.random.Generator, suits: Suits, inputs: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Weights, the bias first, and inputs, drawn until it suits.

    suits: called with the sum, the sum without the bias, and the sum in which the last weight is taken for the bias.
    Raises ArithmeticError where a thousand draws do not give one.
    """
    for _ in range(1000):
        d = inputs or int(rng.integers(2, 5))
        w, x = rng.uniform(-2, 2, d + 1), rng.uniform(-2, 2, d)
        if suits(w[0] + w[1:] @ x, w[1:] @ x, w[:-1] @ x + w[-1]) and np.abs(x).min() > 0.2:
            return w, x
    raise ArithmeticError("no neuron that suits")


@assignment.exercise(
    reference=reference.perceptron_decision,
    points=1,
    tolerance=ROUNDING,
    mistakes=neuron_mistakes.PERCEPTRON_DECISION,
)
def perceptron_decision(rng: np.random.Generator) -> Iterator[Case]:
    """What a perceptron decides: 1 if its weighted sum with the bias is above 0, else 0 (ITCS 6156)."""
    yield case("by hand", np.array([-1.0, 1.0, 1.0]), np.array([1.0, 1.0]))
    for name, w, x in neurons(rng):
        yield case(name, w, x)


@assignment.exercise(
    reference=reference.logistic_decision, points=1, tolerance=ROUNDING, mistakes=neuron_mistakes.LOGISTIC_DECISION
)
def logistic_decision(rng: np.random.Generator) -> Iterator[Case]:
    """What a logistic neuron decides: 1 if its output is above ½, else 0 (ITCS 6156)."""
    yield case("by hand", np.array([-1.0, 1.0, 1.0]), np.array([1.0, 1.0]))
    for name, w, x in neurons(rng):
        yield case(name, w, x)


@assignment.exercise(
    reference=reference.perceptron_step,
    builds_on=("perceptron_decision",),
    points=1,
    tolerance=ROUNDING,
    mistakes=neuron_mistakes.PERCEPTRON_STEP,
)
def perceptron_step(rng: np.random.Generator) -> Iterator[Case]:
    """The weights after one example, w + (t − decision)(1, x) (the perceptron's rule; Yehoshua and CSC321 name it)."""
    yield case("by hand", np.array([1.0, 2.0]), np.array([3.0]), 0)
    for t in (1, 0):
        for name, w, x in neurons(rng):
            yield case(f"{name}, class {t}", w, x, t)


@assignment.exercise(property="xor_network", returns=("W", "b"), points=2)
def xor_network(rng: np.random.Generator) -> Iterator[Case]:
    """Weights and biases of a 2-2-1 network of step units that computes XOR (ITCS 6156, perceptron and XOR)."""
    yield case("the four inputs")


@assignment.exercise(
    reference=reference.sum_of_sigmoids, points=1, tolerance=ROUNDING, mistakes=neuron_mistakes.SUM_OF_SIGMOIDS
)
def sum_of_sigmoids(rng: np.random.Generator) -> Iterator[Case]:
    """The universal approximator F(x) = Σ α_i σ(w_i·x + b_i) at a point (ITCS 6156, universal approximation)."""
    yield case("by hand", np.array([2.0, 4.0]), np.array([[1.0], [1.0]]), np.array([0.0, -np.log(3.0)]), np.zeros(1))
    for N, d in ((1, 3), (4, 2), (3, 3), (6, 1)):
        W, b = rng.uniform(-2, 2, (N, d)), rng.uniform(-1, 1, N)
        yield case(f"N = {N}, d = {d}", rng.uniform(0.5, 2, N) * np.resize([1, -1], N), W, b, rng.uniform(-1, 1, d))


@assignment.exercise(
    property="bump", returns=("alpha", "W", "b"), stand_in=reference.bump, builds_on=("sum_of_sigmoids",), points=2
)
def bump(rng: np.random.Generator) -> Iterator[Case]:
    """Two sigmoids whose sum is nearly a height between two points, and 0 elsewhere (ITCS 6156, approximation)."""
    yield case("by hand", 0.0, 1.0, 1.0)
    left = rng.uniform(-3, 3)
    yield case("a narrow one", left, left + rng.uniform(0.01, 0.05), rng.uniform(0.5, 2))
    yield case("a wide one", left - rng.uniform(20, 40), left + rng.uniform(20, 40), rng.uniform(0.5, 2))
    yield case("a dent", left, left + rng.uniform(0.5, 2), -rng.uniform(2, 5))
    yield case("far from the origin", 50 + left, 50 + left + rng.uniform(0.5, 2), rng.uniform(5, 20))
