"""Backpropagation on computation graphs (CSC321, lecture 6): topological order, error signals, a perceptron, the cost.

Convention: row i of a weight matrix feeds unit i; the loss is ½‖y - t‖².
"""

import numpy as np

from grader.assignment import Assignment, case
from reference import computation_graph

from . import graph_mistakes, perceptron_mistakes
from .drawing import (
    LOGISTIC_LEAST_SQUARES,
    PARENT_TWICE,
    REGULARIZED,
    THREE_LOGISTICS,
    TWO_PATHS,
    every_operation,
    parents_alone,
    shuffled,
    with_inputs,
)

assignment = Assignment(
    title="Backpropagation on a computation graph",
    lecture="CSC321, lecture 6",
    convention="W[i, j] leads from unit j to unit i of the next layer; the loss is ½‖y - t‖²",
    public_seed=321,
)


@assignment.exercise(property="topological_order", stand_in=computation_graph.topological_order, points=3)
def topological_order(rng):
    """The nodes of a graph, parents before children (CSC321 6, Backpropagation)."""
    yield case("by hand", {"c": ["a", "b"], "a": [], "b": ["a"]})
    yield case("one node", {"x": []})
    yield case("a chain", shuffled(rng, {"v0": []} | {f"v{i}": [f"v{i - 1}"] for i in range(1, 12)}))
    yield case("two separate parts", shuffled(rng, {"a": [], "b": ["a"], "c": [], "d": ["c"], "e": ["c", "d"]}))
    yield case(
        "regularized regression", parents_alone(with_inputs(rng, REGULARIZED, ["w", "x", "b", "t", "lambda"])[0])
    )
    yield case("a parent twice", parents_alone(with_inputs(rng, PARENT_TWICE, ["a", "b"])[0]))
    for nodes in (8, 15, 40):
        yield case(f"{nodes} nodes, drawn", _drawn_parents(rng, nodes))


@assignment.exercise(
    reference=computation_graph.forward_values,
    points=3,
    builds_on=("topological_order",),
    mistakes=graph_mistakes.FORWARD_VALUES,
)
def forward_values(rng):
    """The value of every node (CSC321 6, Backpropagation: forward pass)."""
    yield from _graphs(rng)
    yield case("with regularization", *with_inputs(rng, REGULARIZED, ["w", "x", "b", "t", "lambda"]))
    above, below, tail = rng.uniform(0.2, 0.8), -rng.uniform(0.2, 0.8), -rng.uniform(7, 12)
    yield case("logistic on both sides of 0", shuffled(rng, THREE_LOGISTICS), {"x": above, "y": below, "z": tail})


@assignment.exercise(
    reference=computation_graph.error_signals,
    points=6,
    builds_on=("topological_order", "forward_values"),
    mistakes=graph_mistakes.ERROR_SIGNALS,
)
def error_signals(rng):
    """The derivative of the output with respect to every node (CSC321 6, Backpropagation: backward pass)."""
    yield from _graphs(rng)


@assignment.exercise(
    reference=computation_graph.mlp_loss_and_gradients,
    points=6,
    returns=("loss", "dW1", "db1", "dW2", "db2"),
    mistakes=perceptron_mistakes.MLP_LOSS_AND_GRADIENTS,
)
def mlp_loss_and_gradients(rng):
    """Loss and gradient of a perceptron with one hidden layer (CSC321 6, Backpropagation: in vectorized form)."""
    W1, b1 = np.array([[1.0, -1.0]]), np.array([0.0])
    W2, b2 = np.array([[2.0], [4.0]]), np.array([0.0, 1.0])
    yield case("by hand", W1, b1, W2, b2, np.array([1.0, 1.0]), np.array([0.0, 1.0]))
    for d, h, k in ((1, 1, 1), (3, 2, 1), (5, 3, 2), (3, 3, 3)):
        yield case(f"sizes {d}, {h}, {k}", *_perceptron(rng, d, h, k))
    W1, b1, *others, x, t = _perceptron(rng, 2, 4, 3)
    factor = rng.uniform(9, 12) / np.abs(W1 @ x + b1).max()
    yield case("sizes 2, 4, 3, a unit saturated", factor * W1, factor * b1, *others, x, t)


@assignment.exercise(
    reference=computation_graph.multiply_adds,
    points=2,
    tolerance=1e-9,
    returns=("forward", "backward"),
    mistakes=perceptron_mistakes.MULTIPLY_ADDS,
)
def multiply_adds(rng):
    """The cost of a forward and a backward pass (CSC321 6, Computational Cost)."""
    yield case("by hand", [4, 3, 2])
    for layers in (2, 3, 4, 6):
        yield case(f"{layers} layers", rng.integers(3, 60, size=layers).tolist())


def _drawn_parents(rng, nodes):
    """Each node has up to three of the nodes before it as parents; then the nodes change places."""
    parents = {}
    for i in range(nodes):
        chosen = rng.choice(i, size=min(i, int(rng.integers(0, 4))), replace=False) if i else []
        parents[f"v{i}"] = [f"v{j}" for j in chosen]
    names = dict(zip(parents, rng.permutation([f"n{i}" for i in range(nodes)]).tolist(), strict=True))
    return shuffled(rng, {names[node]: [names[parent] for parent in parents[node]] for node in parents})


def _graphs(rng):
    """Graphs in which the children of any node depend on each other, so that their messages arrive in one order only.

    Whoever keeps the last message alone then gets one wrong answer, whichever topological order they walk along.
    """
    inputs = {"x": ("input", []), "y": ("input", [])}
    yield case("two paths, by hand", TWO_PATHS | inputs, {"x": 0.5, "y": 0.0})
    yield case("one node", {"x": ("input", [])}, {"x": rng.normal()})
    yield case("two paths", *with_inputs(rng, TWO_PATHS, ["x", "y"]))
    yield case("a parent twice", *with_inputs(rng, PARENT_TWICE, ["a", "b"]))
    yield case("logistic least squares", *with_inputs(rng, LOGISTIC_LEAST_SQUARES, ["w", "x", "b", "t"]))
    for i in range(1, 4):
        yield case(f"every operation, drawn ({i})", *every_operation(rng))


def _perceptron(rng, d, h, k):
    W1, W2 = rng.normal(size=(h, d)) / np.sqrt(d), rng.normal(size=(k, h))
    return W1, rng.normal(size=h), W2, rng.normal(size=k), rng.normal(size=d), rng.normal(size=k)
