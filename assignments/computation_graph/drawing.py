"""Computation graphs to ask about: the lecture's own, and drawn ones that use every operation."""

import numpy as np

from reference.graph import error_signals, forward_values

LOGISTIC_LEAST_SQUARES = {
    "wx": ("multiply", ["w", "x"]),
    "z": ("add", ["wx", "b"]),
    "y": ("sigmoid", ["z"]),
    "y-t": ("subtract", ["y", "t"]),
    "square": ("square", ["y-t"]),
    "L": ("half", ["square"]),
}
REGULARIZED = LOGISTIC_LEAST_SQUARES | {
    "w2": ("square", ["w"]),
    "R": ("half", ["w2"]),
    "lambda R": ("multiply", ["lambda", "R"]),
    "L_reg": ("add", ["L", "lambda R"]),
}
TWO_PATHS = {"xy": ("multiply", ["x", "y"]), "e": ("exp", ["xy"]), "f": ("add", ["y", "e"])}
PARENT_TWICE = {
    "aa": ("multiply", ["a", "a"]),
    "aab": ("multiply", ["aa", "b"]),
    "f": ("add", ["aab", "aab"]),
}
THREE_LOGISTICS = {
    "x": ("input", []),
    "y": ("input", []),
    "z": ("input", []),
    "σ(x)": ("sigmoid", ["x"]),
    "σ(y)": ("sigmoid", ["y"]),
    "σ(z)": ("sigmoid", ["z"]),
    "both": ("multiply", ["σ(x)", "σ(y)"]),
    "product": ("multiply", ["both", "σ(z)"]),
}
OPERATIONS = ["add", "subtract", "multiply", "add", "multiply", "sigmoid", "exp", "log", "square", "half"]
BINARY = {"add", "subtract", "multiply"}


def with_inputs(rng, steps, names):
    """The graph of these steps and inputs, its nodes in any order, and a number for every input."""
    nodes = steps | {name: ("input", []) for name in names}
    return shuffled(rng, nodes), {name: rng.uniform(0.4, 1.6) for name in names}


def parents_alone(graph):
    return {node: list(parents) for node, (_, parents) in graph.items()}


def shuffled(rng, nodes):
    names = list(nodes)
    return {names[i]: nodes[names[i]] for i in rng.permutation(len(names))}


def every_operation(rng):
    """A drawn graph and its inputs: each operation's result goes into the next, and others join from further back.

    So the nodes that are computed have one order only, and all of them reach the output. Values stay between -8 and 8,
    those of which a logarithm is taken above 0.2, and no error signal is lost to cancellation.
    """
    return next(drawn for drawn in (_drawn(rng) for _ in range(5000)) if _is_tame(*drawn))


def _drawn(rng):
    inputs = {f"x{i}": rng.uniform(-2, 2) for i in range(1, 4)}
    graph = {name: ("input", []) for name in inputs}
    unused = list(inputs)[1:]
    last = "x1"
    for i, operation in enumerate(rng.permutation(OPERATIONS).tolist(), start=1):
        parents = [last]
        if operation in BINARY:
            other = unused.pop() if unused else _another(rng, graph, last)
            parents = [last, other] if rng.random() < 0.5 else [other, last]
        last = f"v{i}"
        graph[last] = (operation, parents)
    return shuffled(rng, graph), inputs


def _another(rng, graph, last):
    return str(rng.choice([node for node in graph if node != last]))


def _is_tame(graph, inputs):
    """Far from where a value overflows, vanishes or has no logarithm, and with error signals above 0.01."""
    with_logarithm = [parents[0] for operation, parents in graph.values() if operation == "log"]
    try:
        with np.errstate(all="raise"):
            value = forward_values(graph, inputs)
            signals = error_signals(graph, inputs)
    except FloatingPointError:
        return False
    return (
        all(0.05 < abs(v) < 8 for v in value.values())
        and all(value[node] > 0.2 for node in with_logarithm)
        and all(abs(signal) > 0.01 for signal in signals.values())
    )
