"""Computation graphs and the multilayer perceptron as one, as in CSC321 lecture 6."""

from collections.abc import Sequence
from itertools import pairwise

from reference.graph import error_signals, forward_values, topological_order
from reference.losses import half_squared_error, half_squared_error_gradient
from reference.network import backward, forward
from reference.shapes import Array
from reference.units import Activation, linear_units, logistic_units

__all__ = ["error_signals", "forward_values", "mlp_loss_and_gradients", "multiply_adds", "topological_order"]


def mlp_loss_and_gradients(  # noqa: PLR0913, PLR0917 (the exercise's arguments)
    W1: Array, b1: Array, W2: Array, b2: Array, x: Array, t: Array
) -> tuple[float, Array, Array, Array, Array]:
    """z = W1 x + b1, h = σ(z), y = W2 h + b2, L = ½‖y - t‖², and all its gradients (CSC321, In vectorized form).

    W1 (n, d), b1 (n,), W2 (k, n), b2 (k,), x (d,), t (k,). Returns (L, dW1, db1, dW2, db2), shaped as the parameters.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    W, g = [W1, W2], logistic_then_linear()
    z, h = forward(W, [b1, b2], x, g)
    (dW1, dW2), (db1, db2) = backward(W, h, z, g, half_squared_error_gradient(h[-1], t))
    return half_squared_error(h[-1], t), dW1, db1, dW2, db2


def logistic_then_linear() -> list[Activation]:
    """What the units of the two layers do."""
    return [logistic_units(), linear_units()]


def multiply_adds(sizes: Sequence[int]) -> tuple[int, int]:
    """(forward, backward): one multiply-add per weight forward and two backward, biases not counted.

    sizes: the units of each layer, the inputs first (CSC321, Computational Cost).
    """
    weights = sum(fan_in * units for fan_in, units in pairwise(sizes))
    return weights, 2 * weights
