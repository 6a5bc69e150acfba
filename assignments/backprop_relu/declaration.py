"""Backpropagation in a ReLU network (DSC 140B, lecture 20): the gradient of the output itself, with no loss.

Convention: W^(l)_ij leads from node i of layer l-1 to node j of layer l, so z = Wᵀa + b.
"""

from itertools import pairwise

import numpy as np

from grader.assignment import Assignment, case
from reference import relu_network

from . import linear_mistakes, network_mistakes, risk_mistakes, vector_mistakes

assignment = Assignment(
    title="Backpropagation in a ReLU network",
    lecture="DSC 140B, lecture 20",
    convention="W[l][i, j] leads from node i of one layer to node j of the next: z = Wᵀa + b",
    public_seed=140,
)

LECTURE_W = [np.array([[2.0, -3.0], [2.0, 1.0]]), np.array([[2.0, 1.0], [0.0, 1.0]]), np.array([[3.0], [-2.0]])]
LECTURE_B = [np.zeros(2), np.zeros(2), np.zeros(1)]
SWITCHED_OFF_W = [np.array([[-2.0, 1.0], [-5.0, 0.0], [2.0, -1.0]]), np.array([[4.0], [3.0]])]
SWITCHED_OFF_B = [np.zeros(2), np.zeros(1)]


@assignment.exercise(
    reference=relu_network.linear_gradient, points=1, tolerance=1e-9, mistakes=linear_mistakes.LINEAR_GRADIENT
)
def linear_gradient(rng):
    """The gradient of a linear model with respect to its weights, bias first (DSC 140B 20, Example: Linear Model)."""
    yield case("by hand", np.array([2.0, -3.0]))
    for d in (1, 3, 4, 6):
        yield case(f"d = {d}", rng.normal(size=d))


@assignment.exercise(reference=relu_network.risk, points=1, mistakes=risk_mistakes.RISK)
def risk(rng):
    """The mean square loss of a linear model (DSC 140B 20, Linear Least Squares)."""
    yield case("by hand", np.array([1.0, 2.0]), np.array([[3.0], [-1.0]]), np.array([5.0, 0.0]))
    yield case("a single example", *_regression(rng, n=1, d=3))
    for n, d in ((3, 3), (4, 2), (8, 4)):
        yield case(f"{n} examples of {d} features", *_regression(rng, n, d))


@assignment.exercise(
    reference=relu_network.risk_gradient,
    points=3,
    builds_on=("linear_gradient",),
    mistakes=linear_mistakes.RISK_GRADIENT,
)
def risk_gradient(rng):
    """The gradient of a linear model's mean square loss (DSC 140B 20, In General)."""
    yield case("by hand", np.array([1.0, 2.0]), np.array([[3.0], [-1.0]]), np.array([5.0, 0.0]))
    yield case("a single example", *_regression(rng, n=1, d=3))
    for n, d in ((3, 3), (4, 2), (8, 4)):
        yield case(f"{n} examples of {d} features", *_regression(rng, n, d))


def is_well_posed(X, *_):
    """Whether Aug(X) has independent columns, and so clearly that rounding does not matter."""
    return len(X) > X.shape[1] and bool(np.linalg.cond(relu_network.linear_gradient(X)) < 30)


@assignment.exercise(
    reference=relu_network.least_squares, points=2, mistakes=risk_mistakes.LEAST_SQUARES, valid=is_well_posed
)
def least_squares(rng):
    """The weights of a linear model with the least risk (DSC 140B 20, Minimizing Risk: set the gradient to 0)."""
    yield case("by hand", np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 2.0]))
    for n, d in ((4, 1), (3, 2), (6, 3), (9, 4)):
        yield case(f"{n} examples of {d} features", *_well_posed(rng, n, d))


@assignment.exercise(
    reference=relu_network.risk_descent,
    points=2,
    builds_on=("risk_gradient",),
    mistakes=risk_mistakes.RISK_DESCENT,
)
def risk_descent(rng):
    """The weights after some steps of descent on the risk (DSC 140B 20, Minimizing Risk: gradient descent)."""
    yield case("by hand", np.array([1.0, 2.0]), np.array([[3.0], [-1.0]]), np.array([5.0, 0.0]), 0.1, 1)
    for steps, (n, d) in zip((2, 3, 5, 8), ((1, 3), (3, 3), (4, 2), (8, 4)), strict=True):
        yield case(f"{n} examples, iterations = {steps}", *_regression(rng, n, d), rng.uniform(0.02, 0.1), steps)


@assignment.exercise(reference=relu_network.pack, points=2, tolerance=1e-9, mistakes=vector_mistakes.PACK)
def pack(rng):
    """All weights and biases in one vector (DSC 140B 20, Parameter Vectors)."""
    yield case("by hand", [np.array([[1.0, 2.0], [3.0, 4.0]])], [np.array([5.0, 6.0])])
    for layers in (1, 2, 3, 4):
        yield case(f"layers: {layers}", *_parameters(rng, _sizes(rng, layers)))


@assignment.exercise(
    reference=relu_network.unpack, points=2, tolerance=1e-9, returns=("W", "b"), mistakes=vector_mistakes.UNPACK
)
def unpack(rng):
    """The weights and biases that lie in a vector (DSC 140B 20, Parameter Vectors)."""
    yield case("by hand", np.arange(1.0, 7.0), [(2, 2)])
    for layers in (1, 2, 3, 4):
        W, b = _parameters(rng, _sizes(rng, layers))
        yield case(f"layers: {layers}", relu_network.pack(W, b), [W_l.shape for W_l in W])


@assignment.exercise(
    reference=relu_network.evaluate, points=4, returns=("z", "a", "H"), mistakes=network_mistakes.EVALUATE
)
def evaluate(rng):
    """What every node computes, and the output (DSC 140B 20, Some Notation)."""
    yield case("the lecture's network", LECTURE_W, LECTURE_B, np.array([2.0, 1.0]))
    yield case("no hidden layer", *_network(rng, [3, 1], sign=-1))
    yield from _networks(rng)


@assignment.exercise(
    reference=relu_network.output_gradients,
    points=6,
    returns=("grad_W", "grad_b"),
    builds_on=("evaluate",),
    mistakes=network_mistakes.OUTPUT_GRADIENTS,
)
def output_gradients(rng):
    """The gradient of the output with respect to every weight and bias (DSC 140B 20, Backpropagation)."""
    yield case("the lecture's network", LECTURE_W, LECTURE_B, np.array([2.0, 1.0]))
    yield case("a node that is off", SWITCHED_OFF_W, SWITCHED_OFF_B, np.array([3.0, 2.0, -2.0]))
    yield case("no hidden layer", *_network(rng, [3, 1], sign=-1))
    yield from _networks(rng)


@assignment.exercise(
    reference=relu_network.worked_example,
    points=2,
    returns=("H", "grad_W"),
    builds_on=("evaluate", "output_gradients"),
    mistakes=network_mistakes.WORKED_EXAMPLE,
)
def worked_example(rng):
    """The lecture's numbers (DSC 140B 20, "Compute the entries of the gradient given")."""
    yield case("the lecture's network")


def _regression(rng, n, d):
    return rng.normal(size=d + 1), rng.normal(size=(n, d)), rng.normal(size=n)


def _well_posed(rng, n, d):
    """Examples of a regression with one solution, which is none near 0."""
    drawn = ((rng.normal(size=(n, d)), rng.normal(size=n)) for _ in range(1000))
    return next((X, y) for X, y in drawn if is_well_posed(X) and np.abs(relu_network.least_squares(X, y)).min() > 0.05)


def _sizes(rng, layers):
    """Nodes per layer, input first and all different, so that a transposed matrix does not fit."""
    return [*rng.permutation(np.arange(2, 7))[:layers].tolist(), 1]


def _parameters(rng, sizes):
    W = [rng.normal(size=shape) for shape in pairwise(sizes)]
    return W, [rng.normal(size=n) for n in sizes[1:]]


def _networks(rng):
    """Networks of every depth; one of them square, where no shape error gives a wrong index away."""
    yield case("one hidden layer", *_network(rng, _sizes(rng, 2)))
    yield case("one hidden layer, negative output", *_network(rng, _sizes(rng, 2), sign=-1))
    yield case("two hidden layers", *_network(rng, _sizes(rng, 3), sign=-1))
    yield case("three hidden layers", *_network(rng, _sizes(rng, 4), sign=-1))
    yield case("square layers", *_network(rng, [3, 3, 3, 1], sign=-1))


def _network(rng, sizes, sign=1):
    """A network and an input: an output of this sign, and in each hidden layer nodes that are on and that are off."""
    drawn = ((*_parameters(rng, sizes), rng.normal(size=sizes[0])) for _ in range(5000))
    return next(network for network in drawn if _shows_everything(*network, sign))


def _shows_everything(W, b, x, sign):
    z, _, H = relu_network.evaluate(W, b, x)
    return sign * H > 0.05 and all(_on_and_off(z_l) for z_l in z[:-1])


def _on_and_off(z):
    """Clear of the kink at 0, with nodes on both sides of it."""
    return np.abs(z).min() > 0.05 and z.min() < 0 < z.max()
