"""The claims of the computation graph."""

from itertools import pairwise

import numpy as np
from autograd import grad

from reference.graph import error_signals, forward_values
from tests.assignments.claims.stating import Claims, both, computes, equal

NAME = "computation_graph"
GRAPH = {
    "L": ("half", ["s"]),
    "s": ("square", ["d"]),
    "d": ("subtract", ["y", "t"]),
    "y": ("multiply", ["w", "x"]),
    "w": ("input", []),
    "x": ("input", []),
    "t": ("input", []),
}
INPUTS = {"w": 3.0, "x": 2.0, "t": 5.0}
VALUES = {
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": lambda u, v: u * v,
    "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
    "exp": np.exp,
    "log": np.log,
    "square": lambda u: u**2,
    "half": lambda u: u / 2,
}
SLOPES = {
    "add": lambda u, v: (1, 1),
    "subtract": lambda u, v: (1, -1),
    "multiply": lambda u, v: (v, u),
    "sigmoid": lambda u: (np.exp(-u) / (1 + np.exp(-u)) ** 2,),
    "exp": lambda u: (np.exp(u),),
    "log": lambda u: (1 / u,),
    "square": lambda u: (2 * u,),
    "half": lambda u: (1 / 2,),
}


def values(graph, inputs, table=VALUES):
    """Node by node, as soon as its parents are known."""
    known = dict(inputs)
    while len(known) < len(graph):
        for node, (operation, parents) in graph.items():
            if node not in known and all(parent in known for parent in parents):
                known[node] = table[operation](*(known[parent] for parent in parents))
    return known


def signals(graph, inputs, slopes=SLOPES):
    """The sum over the children, one message per use, by plain recursion."""
    value = values(graph, inputs)

    def signal(node):
        children = [
            (child, place)
            for child, (_, parents) in graph.items()
            for place, parent in enumerate(parents)
            if parent == node
        ]
        if not children:
            return 1.0
        return sum(
            signal(child) * slopes[graph[child][0]](*(value[parent] for parent in graph[child][1]))[place]
            for child, place in children
        )

    return {node: signal(node) for node in graph}


def with_value(operation, f):
    """That a wrong operation gives what the message says it gives."""
    return lambda graph, inputs: values(graph, inputs, VALUES | {operation: f})


def with_slope(operation, f):
    return lambda graph, inputs: signals(graph, inputs, SLOPES | {operation: f})


def as_dicts(code):
    """A relation between dicts of numbers."""
    return lambda args, right, wrong: all(np.isclose(wrong[node], value) for node, value in code(*args).items())


def mlp(W1, b1, W2, b2, x, t, start=None, slope=None, loss=None, output=None, up=None):
    z = W1 @ x + b1
    h = 1 / (1 + np.exp(-z))
    y = (output or (lambda y: y))(W2 @ h + b2)
    L = (loss or (lambda e: e @ e / 2))(y - t)
    y_bar = (start or (lambda y, t: y - t))(y, t)
    W2_bar, b2_bar = np.outer(y_bar, h), y_bar
    h_bar = (up or (lambda W, y_bar: W.T @ y_bar))(W2, y_bar)
    z_bar = h_bar * (slope or (lambda z, h: h * (1 - h)))(z, h)
    return L, np.outer(z_bar, x), z_bar, W2_bar, b2_bar


def mlp_with(**changed):
    return lambda args, right, wrong: all(np.allclose(*pair) for pair in zip(wrong, mlp(*args, **changed), strict=True))


def parts(change):
    return lambda args, right, wrong: all(np.allclose(*pair) for pair in zip(wrong, change(*right), strict=True))


def a_parent_twice():
    graph = {"x": ("input", []), "v": ("multiply", ["x", "x"])}
    assert signals(graph, {"x": 3.0})["x"] == error_signals(graph, {"x": 3.0})["x"] == grad(lambda x: x * x)(3.0) == 6


def two_paths_to_y():
    graph = {
        "x": ("input", []),
        "y": ("input", []),
        "xy": ("multiply", ["x", "y"]),
        "e": ("exp", ["xy"]),
        "f": ("add", ["y", "e"]),
    }
    for x, y in ((0.5, 0.2), (-1.0, 0.7)):
        np.testing.assert_allclose(error_signals(graph, {"x": x, "y": y})["y"], 1 + x * np.exp(x * y))


def cost_grows_with_the_square_of_the_width():
    cost = lambda sizes: sum(a * b for a, b in pairwise(sizes))  # noqa: E731
    for width in (2, 5):
        assert cost([3 * width] * 4) == 9 * cost([width] * 4)
        assert cost([width] * 7) == 2 * cost([width] * 4)


CLAIMS = Claims(
    texts={
        "notation": [
            (
                (
                    r"$L = \tfrac12 (wx - t)^2$",
                    '"L": ("half", ["s"]), "s": ("square", ["d"]), "d": ("subtract", ["y", "t"]), "y": ("multiply", ["w", "x"])',
                ),
                equal((forward_values(GRAPH, INPUTS)["L"], (3 * 2 - 5) ** 2 / 2)),
            ),
            (
                (
                    '| `"add"`, `"subtract"`, `"multiply"` | two, $u$ and $v$ in this order | $u + v$, $\\;u - v$, $\\;u\\,v$ |',
                    '| `"sigmoid"` | one, $u$ | $1 / (1 + e^{-u})$ |',
                    '| `"exp"`, `"log"` | one, $u$ | $e^{u}$, $\\;\\log u$ (natural) |',
                    '| `"square"`, `"half"` | one, $u$ | $u^2$, $\\;u / 2$ |',
                ),
                computes(NAME, "forward_values", values),
            ),
        ],
        "topological-order-text": [
            (
                ('For `{"c": ["a", "b"], "a": [], "b": ["a"]}` there is only one: `["a", "b", "c"]`',),
                lambda: None,
            )
        ],
        "forward-values-text": [
            (
                (r"$y = 6$, $d = 1$, $s = 1$, $L = \tfrac12$",),
                equal(
                    *(
                        (forward_values(GRAPH, INPUTS)[node], v)
                        for node, v in {"y": 6, "d": 1, "s": 1, "L": 1 / 2}.items()
                    )
                ),
            )
        ],
        "error-signals-text": [
            (
                (
                    r"\overline{v} = \sum_{u \,\in\, \text{children of } v} \overline{u} \; \frac{\partial u}{\partial v}",
                    "a child that uses it twice sends one message per use",
                ),
                both(computes(NAME, "error_signals", signals), a_parent_twice),
            ),
            ((r"$f = y + e^{xy}$ reaches $y$ on two paths, so $\overline{y} = 1 + x e^{xy}$",), two_paths_to_y),
        ],
        "mlp-loss-and-gradients-text": [
            (
                (
                    r"z = W^{(1)} x + b^{(1)}, \qquad h = \sigma(z), \qquad y = W^{(2)} h + b^{(2)}, \qquad L = \tfrac12 \lVert y - t \rVert^2",
                    r"Walk back from $\overline{L} = 1$",
                ),
                computes(NAME, "mlp_loss_and_gradients", mlp),
            )
        ],
        "multiply-adds-text": [
            (
                (
                    r"Layers of 4, 3 and 2 units have $4 \cdot 3 + 3 \cdot 2 = 18$ weights",
                    "one multiply-add per weight",
                    "about as expensive as two forward passes",
                ),
                both(
                    equal((4 * 3 + 3 * 2, 18)),
                    computes(
                        NAME,
                        "multiply_adds",
                        lambda sizes: (
                            sum(a * b for a, b in pairwise(sizes)),
                            2 * sum(a * b for a, b in pairwise(sizes)),
                        ),
                    ),
                    cost_grows_with_the_square_of_the_width,
                ),
            )
        ],
    },
    notation=frozenset({"$w = 1$", "$x = 2$", "$b = -2$", "$t = 1$", r"$\lambda = \tfrac12$"}),
    relations={
        "forward_values.subtract-swapped": as_dicts(with_value("subtract", lambda u, v: v - u)),
        "forward_values.half-of-square": as_dicts(with_value("half", lambda u: u**2 / 2)),
        "forward_values.square-doubles": as_dicts(with_value("square", lambda u: 2 * u)),
        "forward_values.sigmoid-falls": as_dicts(with_value("sigmoid", lambda u: 1 / (1 + np.exp(u)))),
        "forward_values.log-base-10": as_dicts(with_value("log", np.log10)),
        "forward_values.log-base-2": as_dicts(with_value("log", np.log2)),
        "error_signals.product-with-own-factor": as_dicts(with_slope("multiply", lambda u, v: (u, v))),
        "error_signals.subtract-without-minus": as_dicts(with_slope("subtract", lambda u, v: (1, 1))),
        "error_signals.sigmoid-for-sigmoid'": as_dicts(with_slope("sigmoid", lambda u: (1 / (1 + np.exp(-u)),))),
        "error_signals.sigmoid'-at-its-value": as_dicts(
            with_slope("sigmoid", lambda u: ((a := 1 / (1 + np.exp(-1 / (1 + np.exp(-u))))) * (1 - a),))
        ),
        "error_signals.square-without-2": as_dicts(with_slope("square", lambda u: (u,))),
        "error_signals.half-forgotten": as_dicts(with_slope("half", lambda u: (1,))),
        "error_signals.exp-forgotten": as_dicts(with_slope("exp", lambda u: (1,))),
        "mlp_loss_and_gradients.no-half": mlp_with(start=lambda y, t: 2 * (y - t), loss=lambda e: e @ e),
        "mlp_loss_and_gradients.no-half-in-the-loss": mlp_with(loss=lambda e: e @ e),
        "mlp_loss_and_gradients.gradient-doubled": mlp_with(start=lambda y, t: 2 * (y - t)),
        "mlp_loss_and_gradients.mean-over-outputs": mlp_with(
            start=lambda y, t: (y - t) / len(t), loss=lambda e: np.mean(e**2) / 2
        ),
        "mlp_loss_and_gradients.t-minus-y": mlp_with(start=lambda y, t: t - y),
        "mlp_loss_and_gradients.σ'-forgotten": mlp_with(slope=lambda z, h: 1),
        "mlp_loss_and_gradients.σ'-at-h": mlp_with(slope=lambda z, h: (a := 1 / (1 + np.exp(-h))) * (1 - a)),
        "mlp_loss_and_gradients.h-for-σ'": mlp_with(slope=lambda z, h: h),
        "mlp_loss_and_gradients.sigmoid-at-output": mlp_with(
            output=lambda y: 1 / (1 + np.exp(-y)), start=lambda y, t: (y - t) * y * (1 - y)
        ),
        "mlp_loss_and_gradients.W2-not-transposed": mlp_with(up=lambda W, y_bar: W @ y_bar),
        "mlp_loss_and_gradients.transposed": parts(lambda L, dW1, db1, dW2, db2: (L, dW1.T, db1, dW2.T, db2)),
        "mlp_loss_and_gradients.bias-gradient-1": parts(lambda L, dW1, db1, dW2, db2: (L, dW1, db1**0, dW2, db2**0)),
        "mlp_loss_and_gradients.bias-gradient-0": parts(lambda L, dW1, db1, dW2, db2: (L, dW1, 0 * db1, dW2, 0 * db2)),
        "multiply_adds.backward-once-per-weight": parts(lambda forward, backward: (forward, forward)),
        "multiply_adds.forward-included": parts(lambda forward, backward: (forward, forward + backward)),
        "multiply_adds.first-layer-once": lambda args, right, wrong: (
            wrong == (right[0], right[1] - args[0][0] * args[0][1])
        ),
        "multiply_adds.biases-counted": lambda args, right, wrong: wrong[0] == right[0] + sum(args[0][1:]),
    },
)
