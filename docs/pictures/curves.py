"""Pictures with axes: activations above their slopes, XOR in hidden coordinates, a bump, losses over a training run."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
from svg import Axes, Picture

from reference import activations, delta_rule, linear

Function = Callable[[np.ndarray], np.ndarray]


def activation_functions() -> Picture:
    """Each activation above its slope."""
    picture = Picture(
        760,
        672,
        "Eight activation functions, each above its slope",
        "From z = -4 to 4. The unit step jumps from 0 to 1 and has the slope 0. The logistic function rises from "
        "0 to 1, its slope is a bell of height 1/4; tanh rises from -1 to 1, its slope is a bell of height 1. "
        "ReLU is 0 left of 0 and z right of it, its slope jumps from 0 to 1; leaky ReLU has the slope alpha = 0.2"
        " on the left, |z| the slope -1. Softplus is a ReLU without the kink, its slope is the logistic function."
        " Maxout of the lines -z/2 - 1, z/4 and z - 1 is the largest of them, its slope jumps from -1/2 to 1/4 "
        "and then to 1.",
    )
    shown: list[tuple[str, str, Function, Function, tuple[float, ...]]] = [
        ("step", "step(z)", activations.step, activations.step_derivative, (0,)),
        ("logistic", "σ(z)", activations.sigmoid, activations.sigmoid_derivative, ()),
        ("tanh", "tanh(z)", activations.tanh, activations.tanh_derivative, ()),
        ("ReLU", "max(0, z)", activations.relu, activations.relu_derivative, (0,)),
        ("leaky ReLU", "max(0, z) + α min(0, z)", _leaky, _leaky_slope, (0,)),
        ("absolute value ReLU", "|z|", activations.absolute_relu, activations.absolute_relu_derivative, (0,)),
        ("softplus", "ln(1 + e^z)", activations.softplus, activations.softplus_derivative, ()),
        ("maxout of three lines", "max{a_1, a_2, a_3}", _maxout, _maxout_slope, (-4 / 3, 4 / 3)),
    ]
    for i, (name, formula, value, slope, jumps) in enumerate(shown):
        left, top = 40 + 182 * (i % 4), 36 + 326 * (i // 4)
        picture.words((left + 70, top - 12), name, 13)
        upper = Axes(picture, (left, top + 16), (140, 130), (-4, 4), (-1.5, 4.5))
        picture.math((left + 70, top + 6), formula, 13, kind="tgo")
        upper.frame((-4, 0, 4), (-1, 0, 1, 4))
        _draw(upper, value, jumps, "go")
        picture.words((left + 70, top + 178), "its slope", 12, kind="tback")
        lower = Axes(picture, (left, top + 186), (140, 86), (-4, 4), (-1.25, 1.25))
        lower.frame((-4, 0, 4), (-1, 0, 1))
        _draw(lower, slope, jumps, "back")
    return picture


def _draw(axes: Axes, function: Function, jumps: tuple[float, ...], kind: str) -> None:
    """The graph: straight lines between its kinks or jumps, or one smooth curve."""
    bounds = [axes.x[0], *jumps, axes.x[1]]
    for low, high in pairwise(bounds):
        z = np.linspace(low + 1e-9, high - 1e-9, 2 if jumps else 49)
        axes.curve(zip(z.tolist(), function(z).tolist(), strict=True), kind)


def _leaky(z: np.ndarray) -> np.ndarray:
    return activations.leaky_relu(z, 0.2)


def _leaky_slope(z: np.ndarray) -> np.ndarray:
    return activations.leaky_relu_derivative(z, 0.2)


SLOPES, OFFSETS = np.array([-0.5, 0.25, 1.0]), np.array([-1.0, 0.0, -1.0])


def _candidates(z: np.ndarray) -> np.ndarray:
    return SLOPES[:, None] * z + OFFSETS[:, None]


def _maxout(z: np.ndarray) -> np.ndarray:
    return activations.maxout(_candidates(z))


def _maxout_slope(z: np.ndarray) -> np.ndarray:
    return SLOPES @ activations.maxout_derivative(_candidates(z))


def xor_in_hidden_coordinates() -> Picture:
    """The four inputs of XOR before and after a hidden layer of OR and AND."""
    picture = Picture(
        640,
        330,
        "XOR in the input's coordinates and in those of a hidden layer",
        "Left: the inputs (0,0), (0,1), (1,0), (1,1); (0,1) and (1,0) have XOR 1 and lie on one diagonal, the "
        "others on the other, so that no straight line separates them. Right: with the hidden units h1 = OR and "
        "h2 = AND, (0,1) and (1,0) both come to the point (1, 0), (0,0) stays at (0, 0) and (1,1) goes to (1, 1)."
        " The line h1 - h2 = 1/2 separates.",
    )
    W, b = linear.xor_network()
    for left, name in ((60, "x"), (380, "h")):
        axes = Axes(picture, (left, 50), (210, 210), (-0.45, 1.45), (-0.45, 1.45))
        if name == "h":
            axes.picture.area(axes.at(x, y) for x, y in ((0.05, -0.45), (1.45, -0.45), (1.45, 0.95)))
            axes.curve([(0.05, -0.45), (1.45, 0.95)], "go", 2)
        axes.frame((0, 1), (0, 1))
        picture.math((left + 105, 292), f"{name}_1" if name == "x" else "h_1 = OR", 15)
        picture.math((left - 22, 40), f"{name}_2" if name == "x" else "h_2 = AND", 15, "start")
        for x in product((0.0, 1.0), repeat=2):
            at = np.array(x) if name == "x" else activations.step(W[0] @ np.array(x) + b[0])
            one = x[0] != x[1]
            axes.point(float(at[0]), float(at[1]), "on" if one else "off", 7)
            u, v = axes.at(float(at[0]), float(at[1]))
            below = name == "h" and x == (1.0, 0.0)
            picture.words((u + 11, v + (19 if below else -9)), f"({x[0]:g}, {x[1]:g})", 12, "start")
    picture.arrow((292, 150), (352, 150))
    picture.words((322, 140), "hidden", 12)
    picture.words((322, 168), "layer", 12)
    picture.circle((206, 316), 6, "on")
    picture.words((218, 320), "XOR is 1", 12, "start")
    picture.circle((330, 316), 6, "off")
    picture.words((342, 320), "XOR is 0", 12, "start")
    return picture


def bump_of_two_sigmoids() -> Picture:
    """One sigmoid climbs, a second one takes it back."""
    picture = Picture(
        640,
        250,
        "A bump made of two sigmoids",
        "A steep sigmoid of height 1 climbs at x = 0.3, a second one of height -1 goes down at x = 0.7. Their sum"
        " is nearly 1 between 0.3 and 0.7, and nearly 0 outside.",
    )
    axes = Axes(picture, (60, 30), (540, 180), (0, 1), (-1.2, 1.2))
    axes.frame((0, 0.3, 0.7, 1), (-1, 0, 1))
    x = np.linspace(0, 1, 161)
    up, down = activations.sigmoid(50 * (x - 0.3)), -activations.sigmoid(50 * (x - 0.7))
    axes.curve(zip(x.tolist(), up.tolist(), strict=True), "faint", 1.5, dashed=True)
    axes.curve(zip(x.tolist(), down.tolist(), strict=True), "faint", 1.5, dashed=True)
    axes.curve(zip(x.tolist(), (up + down).tolist(), strict=True), "go", 2.5)
    picture.math((axes.at(0.5, 0.78)[0], axes.at(0.5, 0.72)[1]), "F(x)", 16, kind="tgo")
    picture.math((axes.at(0.82, 1.06)[0], axes.at(0, 1.06)[1]), "σ(k(x − 0.3))", 13, kind="tfaint")
    picture.math((axes.at(0.82, 0)[0], axes.at(0, -0.86)[1]), "−σ(k(x − 0.7))", 13, kind="tfaint")
    return picture


def losses_of_three_modes() -> Picture:
    """The mean loss over the epochs of one training run in each mode."""
    picture = Picture(
        640,
        320,
        "The mean loss over a training run, in three modes",
        "Sixty examples, 4 hidden units, 60 epochs, one learning rate. The loss begins at 0.81. With all examples"
        " in each step it falls slowly, to 0.62; with 10 examples in each step it falls to 0.31; with one example"
        " in each step it falls fastest, to 0.11, and not always.",
    )
    axes = Axes(picture, (60, 30), (540, 230), (0, 60), (0, 0.9))
    axes.frame((0, 20, 40, 60), (0, 0.2, 0.4, 0.6, 0.8))
    picture.words((330, 296), "epochs", 13)
    picture.words((60, 20), "mean log loss", 13, "start")
    for name, losses, kind, dashed in training_runs():
        axes.curve(zip(range(len(losses)), losses, strict=True), kind, 2, dashed)
        place = axes.at(38, losses[38])
        picture.words((place[0], place[1] + (18 if kind == "back" else -9)), name, 12, "middle", f"t{kind}")
    return picture


def training_runs() -> list[tuple[str, list[float], str, bool]]:
    """The same network and examples, trained with each size of batch."""
    rng = np.random.default_rng(6)
    points = rng.uniform(-1, 1, (60, 2))
    X = np.column_stack([np.ones(60), 2 * points])
    y = (points[:, 0] * points[:, 1] > 0).astype(float)
    W = [rng.normal(size=(4, 3)), rng.normal(size=(1, 4))]
    modes = (
        ("one example a step", 1, "back", True),
        ("10 examples a step", 10, "go", False),
        ("all 60 examples a step", 60, "ink", False),
    )
    return [(name, delta_rule.train(W, X, y, 0.4, 60, size)[1], kind, dashed) for name, size, kind, dashed in modes]
