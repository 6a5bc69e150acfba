"""The computation graph: order, values, error signals, fan-out, and what is refused."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from reference.graph import error_signals, forward_values, topological_order

UNARY = {
    "sigmoid": lambda x: 1 / (1 + anp.exp(-x)),
    "exp": anp.exp,
    "log": anp.log,
    "square": lambda x: x * x,
    "half": lambda x: 0.5 * x,
}
BINARY = {"add": lambda x, y: x + y, "subtract": lambda x, y: x - y, "multiply": lambda x, y: x * y}

LEAST_SQUARES = {
    "w": ("input", []),
    "x": ("input", []),
    "b": ("input", []),
    "t": ("input", []),
    "lambda": ("input", []),
    "wx": ("multiply", ["w", "x"]),
    "z": ("add", ["wx", "b"]),
    "y": ("sigmoid", ["z"]),
    "e": ("subtract", ["y", "t"]),
    "e2": ("square", ["e"]),
    "L": ("half", ["e2"]),
    "w2": ("square", ["w"]),
    "R": ("half", ["w2"]),
    "lambda R": ("multiply", ["lambda", "R"]),
    "L_reg": ("add", ["L", "lambda R"]),
}


def test_regularized_least_squares_of_the_lecture():
    """w̄ = z̄ x + R̄ w: the two paths of w are summed, and every signal on the way can be read."""
    inputs = {"w": 0.5, "x": 2.0, "b": -1.0, "t": 1.0, "lambda": 0.1}
    signal = error_signals(LEAST_SQUARES, inputs)
    assert forward_values(LEAST_SQUARES, inputs)["L_reg"] == pytest.approx(0.125 + 0.0125)
    assert signal["L_reg"] == 1
    assert signal["y"] == -0.5
    assert signal["z"] == signal["b"] == -0.125
    assert signal["R"] == 0.1
    assert signal["w"] == pytest.approx(-0.125 * 2 + 0.1 * 0.5)


@pytest.mark.parametrize("name", UNARY)
def test_unary_operation_and_its_local_derivative(name):
    """One node alone: its value, and its derivative by automatic differentiation."""
    graph = {"x": ("input", []), "v": (name, ["x"])}
    assert forward_values(graph, {"x": 0.7})["v"] == pytest.approx(UNARY[name](0.7), rel=1e-14)
    assert error_signals(graph, {"x": 0.7})["x"] == pytest.approx(grad(UNARY[name])(0.7), rel=1e-13)


@pytest.mark.parametrize("name", BINARY)
def test_binary_operation_and_its_local_derivatives(name):
    """Both partial derivatives, each to its own parent."""
    graph = {"x": ("input", []), "y": ("input", []), "v": (name, ["x", "y"])}
    inputs = {"x": 0.7, "y": -1.3}
    assert forward_values(graph, inputs)["v"] == pytest.approx(BINARY[name](0.7, -1.3))
    signal = error_signals(graph, inputs)
    assert (signal["x"], signal["y"]) == pytest.approx(grad(lambda v: BINARY[name](*v))(np.array([0.7, -1.3])))


def test_node_used_twice_by_one_child():
    """x x has the derivative 2x: both edges count."""
    assert error_signals({"x": ("input", []), "v": ("multiply", ["x", "x"])}, {"x": 3.0}) == {"x": 6, "v": 1}


@st.composite
def graphs(draw):
    """Random graphs of tame operations, in random order, all of whose nodes lead to one output."""
    nodes = {name: ("input", []) for name in draw(st.lists(st.sampled_from("uvw"), min_size=1, unique=True))}
    for i in range(draw(st.integers(1, 10))):
        operation = draw(st.sampled_from(["sigmoid", "half", "add", "subtract", "multiply"]))
        count = 2 if operation in BINARY else 1
        nodes[f"n{i}"] = (operation, draw(st.lists(st.sampled_from(sorted(nodes)), min_size=count, max_size=count)))
    loose = sorted(set(nodes) - {parent for _, parents in nodes.values() for parent in parents})
    for i, node in enumerate(loose[1:]):
        nodes[f"s{i}"] = ("add", [f"s{i - 1}" if i else loose[0], node])
    return {node: nodes[node] for node in draw(st.permutations(sorted(nodes)))}


def recursive_value(graph, inputs, node):
    """A node's value by plain recursion, which needs no order at all."""
    operation, parents = graph[node]
    if operation == "input":
        return inputs[node]
    return {**UNARY, **BINARY}[operation](*(recursive_value(graph, inputs, parent) for parent in parents))


@given(graphs(), st.integers(0, 2**32 - 1))
def test_random_graphs_agree_with_automatic_differentiation(graph, seed):
    """Any graph, given in any order, with any fan-out: input signals are the gradient of the output."""
    rng = np.random.default_rng(seed)
    inputs = {node: float(rng.normal()) for node, (operation, _) in graph.items() if operation == "input"}
    output = next(iter(set(graph) - {parent for _, parents in graph.values() for parent in parents}))
    assert forward_values(graph, inputs)[output] == pytest.approx(recursive_value(graph, inputs, output), rel=1e-12)
    expected = grad(lambda values: recursive_value(graph, values, output))(inputs)
    signal = error_signals(graph, inputs)
    for node in inputs:
        assert signal[node] == pytest.approx(float(expected[node]), rel=1e-10, abs=1e-12)


@given(graphs())
def test_order_puts_parents_first(graph):
    """Every node stands once, after all its parents."""
    order = topological_order({node: parents for node, (_, parents) in graph.items()})
    assert sorted(order) == sorted(graph)
    place = {node: i for i, node in enumerate(order)}
    assert all(place[parent] < place[node] for node, (_, parents) in graph.items() for parent in parents)


def test_long_chain():
    """Depth is limited by nothing but memory."""
    parents = {f"v{i}": [f"v{i - 1}"] if i else [] for i in reversed(range(20_000))}
    assert topological_order(parents) == [f"v{i}" for i in range(20_000)]


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        ({"x": ("input", []), "u": ("add", ["x", "v"]), "v": ("half", ["u"])}, "a cycle among u, v"),
        ({"v": ("half", ["x"])}, "'v' has the parent 'x', which is not in the graph"),
        ({"x": ("input", []), "v": ("cube", ["x"])}, "'cube' is no operation; there are input, add, subtract"),
        ({"x": ("input", []), "v": ("half", ["x"]), "w": ("half", ["x"])}, r"one output.*\['v', 'w'\]"),
        ({"y": ("input", []), "v": ("half", ["y"])}, "the input 'y' has no value"),
    ],
)
def test_what_is_no_graph(graph, message):
    """Each way in which a graph can be broken is a ValueError that names the node."""
    with pytest.raises(ValueError, match=message):
        error_signals(graph, {"x": 1.0})
