"""A reverse-mode engine on computation graphs, as in CSC321 lecture 6, Backpropagation.

A graph is a dict node → (operation, [parents]); its output is the one node that is nobody's parent. Every operation
stands beside its local derivatives and knows nothing of the rest of the graph; the engine passes the messages.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from reference.activations import sigmoid, sigmoid_derivative

Graph: TypeAlias = Mapping[str, tuple[str, Sequence[str]]]


class Operation(NamedTuple):
    """value(*parents' values) and partials(*parents' values), one local derivative ∂v/∂parent for each parent."""

    value: Callable[..., float]
    partials: Callable[..., tuple[float, ...]]


# The operations, each beside its local derivatives.


def add(x: float, y: float) -> float:
    """Sum, v = x + y."""
    return x + y


def add_partials(x: float, y: float) -> tuple[float, float]:
    """∂v/∂x = 1, ∂v/∂y = 1."""
    return 1.0, 1.0


def subtract(x: float, y: float) -> float:
    """Difference, v = x - y."""
    return x - y


def subtract_partials(x: float, y: float) -> tuple[float, float]:
    """∂v/∂x = 1, ∂v/∂y = -1."""
    return 1.0, -1.0


def multiply(x: float, y: float) -> float:
    """Product, v = x y."""
    return x * y


def multiply_partials(x: float, y: float) -> tuple[float, float]:
    """∂v/∂x = y, ∂v/∂y = x."""
    return y, x


def logistic(x: float) -> float:
    """Logistic function, v = σ(x)."""
    return float(sigmoid(x))


def logistic_partials(x: float) -> tuple[float]:
    """∂v/∂x = σ'(x)."""
    return (float(sigmoid_derivative(x)),)


def exponential(x: float) -> float:
    """Exponential function, v = e^x."""
    return float(np.exp(x))


def exponential_partials(x: float) -> tuple[float]:
    """∂v/∂x = e^x."""
    return (float(np.exp(x)),)


def logarithm(x: float) -> float:
    """Natural logarithm, v = ln x, x > 0."""
    return float(np.log(x))


def logarithm_partials(x: float) -> tuple[float]:
    """∂v/∂x = 1/x."""
    return (1 / x,)


def square(x: float) -> float:
    """Square, v = x²."""
    return x**2


def square_partials(x: float) -> tuple[float]:
    """∂v/∂x = 2x."""
    return (2 * x,)


def half(x: float) -> float:
    """Half, v = x/2."""
    return x / 2


def half_partials(x: float) -> tuple[float]:
    """∂v/∂x = ½."""
    return (0.5,)


def operations() -> dict[str, Operation]:
    """The operations that a graph can name, besides "input"."""
    return {
        "add": Operation(add, add_partials),
        "subtract": Operation(subtract, subtract_partials),
        "multiply": Operation(multiply, multiply_partials),
        "sigmoid": Operation(logistic, logistic_partials),
        "exp": Operation(exponential, exponential_partials),
        "log": Operation(logarithm, logarithm_partials),
        "square": Operation(square, square_partials),
        "half": Operation(half, half_partials),
    }


# The engine.


def forward_values(graph: Graph, inputs: Mapping[str, float]) -> dict[str, float]:
    """The value of every node: v_i = f_i(values of its parents), parents first (CSC321, Backpropagation).

    inputs: a number for every "input" node. Raises ValueError for a graph with a cycle or with an operation or a
    parent that does not exist, and for an input without a value.
    """
    value: dict[str, float] = {}
    for node in topological_order(parents_of(graph)):
        operation, parents = graph[node]
        value[node] = input_value(node, inputs) if operation == "input" else apply(operation, parents, value)
    return value


def error_signals(graph: Graph, inputs: Mapping[str, float]) -> dict[str, float]:
    """The error signal v̄ = dL/dv of every node, L being the output (CSC321, Backpropagation).

    v̄_N = 1, and from the last node to the first v̄_i = Σ over the children j of v̄_j ∂v_j/∂v_i.
    inputs and errors as of `forward_values`; ValueError also for a graph without exactly one output.
    """
    value = forward_values(graph, inputs)
    signal = dict.fromkeys(graph, 0.0)
    signal[output_node(graph)] = 1.0
    for node in reversed(topological_order(parents_of(graph))):
        operation, parents = graph[node]
        for parent, partial in zip(parents, local_derivatives(operation, parents, value), strict=True):
            signal[parent] = gather(signal[parent], message(signal[node], partial))
    return signal


def message(signal: float, partial: float) -> float:
    """What a child sends to a parent: v̄_j ∂v_j/∂v_i."""
    return signal * partial


def gather(signal: float, incoming: float) -> float:
    """A parent sums the messages of all its children; that is all that fan-out asks for."""
    return signal + incoming


def apply(operation: str, parents: Sequence[str], value: Mapping[str, float]) -> float:
    """The value of a node of this operation, from its parents' values."""
    return named_operation(operation).value(*(value[parent] for parent in parents))


def local_derivatives(operation: str, parents: Sequence[str], value: Mapping[str, float]) -> tuple[float, ...]:
    """∂v/∂parent for each parent, at the parents' values; none for an input."""
    return named_operation(operation).partials(*(value[parent] for parent in parents)) if parents else ()


def topological_order(parents: Mapping[str, Sequence[str]]) -> list[str]:
    """All nodes, each after its parents; parents: node → its parents (CSC321, Backpropagation). One of several orders.

    Raises ValueError for a cycle and for a parent that is not a node.
    """
    children = children_of(parents)
    missing = {node: len(parents[node]) for node in parents}
    order = [node for node in parents if missing[node] == 0]
    for node in order:  # grows while it is read
        for child in children[node]:
            missing[child] -= 1
            if missing[child] == 0:
                order.append(child)
    if len(order) < len(parents):
        raise ValueError(f"the graph has a cycle among {', '.join(sorted(set(parents) - set(order)))}")
    return order


def parents_of(graph: Graph) -> dict[str, Sequence[str]]:
    """The edges of a graph: node → its parents."""
    return {node: parents for node, (_, parents) in graph.items()}


def children_of(parents: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The edges the other way round: node → its children, once for each time that they use it."""
    children: dict[str, list[str]] = {node: [] for node in parents}
    for node, its_parents in parents.items():
        for parent in its_parents:
            if parent not in children:
                raise ValueError(f"node {node!r} has the parent {parent!r}, which is not in the graph")
            children[parent].append(node)
    return children


def output_node(graph: Graph) -> str:
    """The one node that is nobody's parent; raises ValueError where there are several or none."""
    outputs = [node for node, children in children_of(parents_of(graph)).items() if not children]
    if len(outputs) != 1:
        raise ValueError(f"a graph has one output, a node that is nobody's parent; here are {outputs}")
    return outputs[0]


def named_operation(name: str) -> Operation:
    """The operation of that name; raises ValueError if there is none."""
    table = operations()
    if name not in table:
        raise ValueError(f"{name!r} is no operation; there are input, {', '.join(table)}")
    return table[name]


def input_value(node: str, inputs: Mapping[str, float]) -> float:
    """The number given for an input node; raises ValueError if there is none."""
    if node not in inputs:
        raise ValueError(f"the input {node!r} has no value")
    return inputs[node]
