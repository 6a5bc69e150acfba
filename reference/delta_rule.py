"""Deltas, δ = ∂E/∂z, as in Yehoshua's step-by-step derivation: w_ij leads from neuron j to neuron i of the next layer.

The squared loss is (y - o)², so its delta is 2 (o - y); lectures that put a ½ before it have o - y.
"""

from typing import Literal, TypeAlias

import numpy as np

from reference.descent import descent_step, minibatches, update
from reference.losses import (
    cross_entropy_delta,
    cross_entropy_loss,
    example_count,
    log_loss,
    log_loss_delta,
    squared_loss,
    squared_loss_derivative,
)
from reference.network import forward, hidden_gradient, weight_gradient
from reference.shapes import Array, Layers, Value
from reference.units import logistic_units, through_slope

__all__ = [
    "cross_entropy_loss",
    "descent_step",
    "gradient",
    "hidden_deltas",
    "log_loss",
    "minibatches",
    "output_delta",
    "squared_loss",
    "train",
    "worked_example",
]

Task: TypeAlias = Literal["regression", "binary", "multiclass"]


def output_delta(task: Task, y: Value, o: Value) -> Value:
    """δ of the output: 2 (o - y) for the squared loss of a linear unit, o - y for log loss and cross-entropy.

    y, o: numbers for "regression" and "binary" (σ and log loss), vectors (k,) for "multiclass" (softmax and
    cross-entropy). Raises ValueError for another task (Yehoshua, the deltas in the output layer).
    """
    if task == "regression":
        return squared_loss_derivative(y, o)
    if task == "binary":
        return log_loss_delta(y, o)
    if task == "multiclass":
        return cross_entropy_delta(y, o)
    raise ValueError(f"the task is regression, binary or multiclass, not {task!r}")


def hidden_deltas(W_next: Array, deltas_next: Array, a: Array) -> Array:
    """δ_i = f'(z_i) Σ_j w_ji δ_j of sigmoid units, (n,) (Yehoshua, the delta rule).

    W_next (n_next, n); deltas_next (n_next,); a (n,), the activations f(z) of this layer.
    """
    return through_slope(hidden_gradient(W_next, deltas_next), sigmoid_slope(a))


def sigmoid_slope(a: Array) -> Array:
    """f'(z_i) = a_i (1 - a_i) of each sigmoid unit, from its activation a_i = f(z_i); (n,)."""
    return a * (1 - a)


def gradient(deltas: Array, a_prev: Array) -> Array:
    """∂E/∂w_ij = δ_i a_j, (n, m); deltas (n,), a_prev (m,) (Yehoshua, the delta terms)."""
    return weight_gradient(deltas, a_prev)


def train(  # noqa: PLR0913, PLR0917 (the exercise's arguments)
    W: Layers, X: Array, y: Array, alpha: float, epochs: int, batch_size: int
) -> tuple[list[Array], list[float]]:
    """Mini-batch gradient descent on the log loss of a network with one output (Yehoshua, the full algorithm).

    W: L arrays (n_l, n_{l-1}) of sigmoid units without further biases: a constant input is part of X; X (m, n_0), one
    example a row, y (m,) of 0 and 1. Batches are taken in order, the last may be smaller.
    Returns (W, losses): the new weights, and `epochs` + 1 mean losses over all of X, before each epoch and at the end.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    W = list(W)
    losses = [training_loss(W, X, y)]
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size):
            W = batch_step(W, X_batch, y_batch, alpha)
        losses.append(training_loss(W, X, y))
    return W, losses


def training_loss(W: Layers, X: Array, y: Array) -> float:
    """E(w), the mean log loss over the rows of X."""
    return float(np.mean([log_loss(y_i, o_i) for y_i, o_i in zip(y, outputs(W, X), strict=True)]))


def outputs(W: Layers, X: Array) -> Array:
    """The network's one output for each row of X, (m,)."""
    return sigmoid_activations(W, X.T)[-1].ravel()


def batch_step(W: Layers, X: Array, y: Array, alpha: float) -> list[Array]:
    """One step of gradient descent: all gradients of the batch first, and only then the new weights."""
    return update(W, batch_gradients(W, X, y), alpha)


def batch_gradients(W: Layers, X: Array, y: Array) -> list[Array]:
    """∂E/∂w of every layer, the mean over the examples; X (m, n_0), y (m,)."""
    a = [X.T, *sigmoid_activations(W, X.T)]
    deltas = batch_deltas(W, a, y)
    return [gradient(delta, a_prev) / example_count(delta) for delta, a_prev in zip(deltas, a[:-1], strict=True)]


def batch_deltas(W: Layers, a: Layers, y: Array) -> list[Array]:
    """The deltas of all layers, (n_l, m), found from the last to the first."""
    deltas = [output_delta("binary", y, a[-1])]
    for W_next, a_l in zip(W[:0:-1], a[-2:0:-1], strict=True):
        deltas.append(hidden_deltas(W_next, deltas[-1], a_l))
    return deltas[::-1]


def worked_example() -> tuple[float, list[float], float]:
    """The derivation's numerical example: one descent step, α = 0.5, on x1 = 1, x2 = 0 with label y = 1.

    Returns (output before, [δ1 … δ6], output after): 0.6718, …, 0.6981. The article prints 0.7043 for the last.
    """
    W = example_weights()
    x = np.array([1.0, 1.0, 0.0])  # x0, the constant input whose weight w0 is the bias, then x1 and x2
    a1, a2, o = sigmoid_activations(W, x)
    delta3 = output_delta("binary", np.array([1.0]), o)
    delta2 = hidden_deltas(W[2], delta3, a2)
    delta1 = hidden_deltas(W[1], delta2, a1)
    pairs = [(delta1, x), (delta2, a1), (delta3, a2)]
    W_after = [descent_step(w, existing(w) * gradient(d, a), 0.5) for w, (d, a) in zip(W, pairs, strict=True)]
    return float(o[0]), [*map(float, [*delta1, *delta2, *delta3])], float(sigmoid_activations(W_after, x)[-1][0])


def example_weights() -> list[Array]:
    """Units 1 to 3, 4 and 5, 6: row i holds the weights into the layer's i-th unit; 0 where no connection exists.

    The first layer's biases are its first column, w0, as the article writes them.
    """
    return [
        np.array([[0.3, 0.5, 0.0], [0.7, -0.2, 0.0], [-0.1, 0.0, 0.0]]),
        np.array([[-0.5, 0.4, 0.0], [0.3, 0.6, 0.4]]),
        np.array([[0.5, 0.7]]),
    ]


def existing(w: Array) -> Array:
    """1 where a connection exists, 0 elsewhere: a connection that does not exist learns no weight."""
    return np.where(w != 0, 1.0, 0.0)


def sigmoid_activations(W: Layers, x: Array) -> list[Array]:
    """The activations of all layers of sigmoid units without further biases, x not among them."""
    _, a = forward(W, [np.zeros(len(w)) for w in W], x, [logistic_units()] * len(W))
    return a[1:]
