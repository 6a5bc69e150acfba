"""The gradient of a ReLU network's output H itself, without a loss, as in DSC 140B lecture 20.

Here W_ij^(l) leads from node i of layer l-1 to node j of layer l, so z = Wᵀa + b.
"""

import numpy as np

from reference.conventions import DSC140B, read, write
from reference.linear import linear_gradient, risk_gradient
from reference.network import backward, forward
from reference.parameters import pack, unpack
from reference.shapes import Array, Layers, Parameters
from reference.units import Activation, linear_units, relu_units

__all__ = ["evaluate", "linear_gradient", "output_gradients", "pack", "risk_gradient", "unpack", "worked_example"]


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
