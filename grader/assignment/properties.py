"""Judges of exercises that have many right answers: a property of the answer, instead of equality with one.

A property is called with the answer and then the case's arguments. It returns "" where the answer holds and
otherwise one sentence that says what does not. The answer has been decoded from the sandbox: numbers, text,
arrays, lists, tuples and dicts, nothing that could run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, cast

import numpy as np

Property = Callable[..., str]


def topological_order(answer: object, parents: Mapping[str, list[str]]) -> str:
    """Every node once, each after all of its parents (CSC321 lecture 6, "Backpropagation").

    answer: list of node names; parents: node → list of its parents.
    """
    if not isinstance(answer, list | tuple) or not all(isinstance(node, str) for node in answer):
        return "expected a list of node names"
    if sorted(answer) != sorted(parents):
        return f"the order must hold every node exactly once: {len(parents)} nodes, you return {len(answer)}"
    position = {node: i for i, node in enumerate(answer)}
    for node in answer:
        for parent in parents[node]:
            if position[parent] > position[node]:
                return f"{node!r} stands before its parent {parent!r}"
    return ""


def xor_network(answer: object) -> str:
    """Weights of a 2-2-1 network of step units that computes XOR (ITCS 6156, "Perceptron vs. Logistic Neuron").

    answer: (W, b) with W1 (2, 2), W2 (1, 2), b1 (2,), b2 (1,), row j feeding unit j, and step(0) = 1.
    """
    try:
        weights, biases = cast(Any, answer)
        W1, W2, b1, b2 = (np.asarray(part, dtype=float) for part in (*weights, *biases))
    except (TypeError, ValueError):
        return "expected (W, b): W the list [W1, W2] and b the list [b1, b2]"
    for name, part, shape in (("W1", W1, (2, 2)), ("W2", W2, (1, 2)), ("b1", b1, (2,)), ("b2", b2, (1,))):
        if part.shape != shape:
            return f"{name} has shape {part.shape}, expected {shape}"
        if not np.isfinite(part).all():
            return f"{name} holds a number that is not finite"
    for x in product((0.0, 1.0), repeat=2):
        h = (W1 @ x + b1 >= 0).astype(float)
        output = int((W2 @ h + b2)[0] >= 0)
        if output != (x[0] != x[1]):
            return f"for x = ({x[0]:.0f}, {x[1]:.0f}) the network gives {output}, XOR is {1 - output}"
    return ""


def bump(answer: object, left: float, right: float, height: float) -> str:
    """Two sigmoids whose sum is nearly `height` between left and right, and nearly 0 elsewhere (ITCS 6156).

    answer: (alpha (2,), W (2, 1), b (2,)) of F(x) = Σ α_i σ(w_i x + b_i). Within a hundredth of abs(height) it must be
    `height` in the middle 80 % of [left, right], and 0 beyond a tenth of the width outside.
    """
    try:
        alpha, W, b = (np.asarray(part, dtype=float) for part in cast(Any, answer))
    except (TypeError, ValueError):
        return "expected (alpha, W, b), three arrays of numbers"
    for name, part, shape in (("alpha", alpha, (2,)), ("W", W, (2, 1)), ("b", b, (2,))):
        if part.shape != shape:
            return f"{name} has shape {part.shape}, expected {shape}"
        if not np.isfinite(part).all():
            return f"{name} holds a number that is not finite"
    tenth = (right - left) / 10
    away = tenth * (1 + np.concatenate([np.linspace(0, 20, 201), np.logspace(0, 6, 61)]))
    for wanted, points in (
        (height, np.linspace(left + tenth, right - tenth, 401)),
        (0.0, np.concatenate([left - away, right + away])),
    ):
        F = _sum_of_sigmoids(alpha, W, b, points)
        worst = int(np.argmax(np.abs(F - wanted)))
        if abs(F[worst] - wanted) > 0.01 * abs(height):
            at = f"at x = {points[worst]:.6g} the sum is {F[worst]:.4g}"
            return f"{at}, it should be {wanted:.4g}, give or take 1 % of the height"
    return ""


def _sum_of_sigmoids(alpha: Any, W: Any, b: Any, x: Any) -> Any:
    z = np.clip(W * x + b[:, None], -700, 700)
    return alpha @ (1 / (1 + np.exp(-z)))


PROPERTIES: dict[str, Property] = {
    "topological_order": topological_order,
    "xor_network": xor_network,
    "bump": bump,
}
