"""The gradient of a ReLU network's output H itself, without a loss, as in DSC 140B lecture 20.

Here W_ij^(l) leads from node i of layer l-1 to node j of layer l, so z = Wᵀa + b.
"""

from collections.abc import Sequence

import numpy as np

from reference.conventions import DSC140B, read, write
from reference.linear import (
    least_squares,
    linear_gradient,
    loss_derivative,
    mean_loss,
    mean_over_examples,
    risk,
    risk_descent,
    risk_gradient,
    square_loss,
)
from reference.network import backward, forward
from reference.parameters import pack, unpack
from reference.shapes import Array, Layers, Parameters
from reference.units import Activation, linear_units, relu_units

__all__ = [
    "evaluate",
    "gradient_at",
    "least_squares",
    "linear_gradient",
    "network_risk",
    "network_risk_gradient",
    "output_at",
    "output_gradients",
    "pack",
    "risk",
    "risk_descent",
    "risk_gradient",
    "unpack",
    "worked_example",
]


def evaluate(W: Layers, b: Layers, x: Array) -> tuple[list[Array], list[Array], float]:
    """z^(l) = W^(l)ᵀ a^(l-1) + b^(l), a^(l) = max(0, z^(l)), and H = z^(L) (DSC 140B, part 2).

    W: L arrays, W[l] (n_{l-1}, n_l), n_L = 1; b: L arrays (n_l,); x (n_0,).
    Returns (z, a, H): z and a one array (n_l,) per layer, without x and with the output; H a number.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    z, a = forward(*read(W, b, DSC140B), x, relu_then_linear(len(W)))
    return z, a[1:], float(a[-1].item())


def output_gradients(W: Layers, b: Layers, x: Array) -> Parameters:
    """∂H/∂W_ij^(l) = ∂H/∂z_j^(l) a_i^(l-1) and ∂H/∂b_j^(l) = ∂H/∂z_j^(l) (DSC 140B, General Formulas).

    Arguments as of `evaluate`. Returns (grad_W, grad_b), shaped as W and b. Raises ValueError as `evaluate` does.
    """
    g = relu_then_linear(len(W))
    W, b = read(W, b, DSC140B)
    z, a = forward(W, b, x, g)
    return write(*backward(W, a, z, g, gradient_of_itself(z[-1])), DSC140B)


def relu_then_linear(L: int) -> list[Activation]:
    """What the nodes of the L layers do: ReLU in the hidden ones, nothing in the last."""
    return [relu_units()] * (L - 1) + [linear_units()]


def gradient_of_itself(H: Array) -> Array:
    """∂H/∂H = 1, shaped as H."""
    return np.ones_like(H)


def worked_example() -> tuple[float, list[Array]]:
    """The lecture's last exercise: W1, W2, W3 and x given there, no biases. Returns (H, grad_W); H = 24."""
    W = [np.array([[2.0, -3.0], [2.0, 1.0]]), np.array([[2.0, 1.0], [0.0, 1.0]]), np.array([[3.0], [-2.0]])]
    b = [np.zeros(2), np.zeros(2), np.zeros(1)]
    x = np.array([2.0, 1.0])
    _, _, H = evaluate(W, b, x)
    grad_W, _ = output_gradients(W, b, x)
    return H, grad_W


# The network as a function H(x; w) of one parameter vector; shapes as `unpack` takes them.


def output_at(w: Array, shapes: Sequence[tuple[int, int]], x: Array) -> float:
    """H(x; w), the output of the network whose parameters are packed in w (DSC 140B, Parameter Vectors)."""
    _, _, H = evaluate(*unpack(w, shapes), x)
    return H


def gradient_at(w: Array, shapes: Sequence[tuple[int, int]], x: Array) -> Array:
    """∇_w H(x; w), a vector as long as w (DSC 140B, Gradient of Neural Network)."""
    return pack(*output_gradients(*unpack(w, shapes), x))


def network_risk(w: Array, shapes: Sequence[tuple[int, int]], X: Array, y: Array) -> float:
    """R(w) = 1/n Σ_i (H(x_i; w) - y_i)²; X (n, d), y (n,) (DSC 140B, In General)."""
    return mean_loss(square_loss(outputs_at(w, shapes, X), y))


def network_risk_gradient(w: Array, shapes: Sequence[tuple[int, int]], X: Array, y: Array) -> Array:
    """∇R = 1/n Σ_i ∂ℓ/∂H ∇_w H(x_i; w), a vector as long as w (DSC 140B, In General)."""
    gradients = np.array([gradient_at(w, shapes, x) for x in X])
    return mean_over_examples(loss_derivative(outputs_at(w, shapes, X), y), gradients)


def outputs_at(w: Array, shapes: Sequence[tuple[int, int]], X: Array) -> Array:
    """H(x; w) for every row x of X, (n,)."""
    return np.array([output_at(w, shapes, x) for x in X])
