"""Backpropagation for m examples at once, as in ITCS 6156: the examples are the columns of X (n, m).

ReLU hidden layers. W[l] (s_{l+1}, s_l), b[l] (s_{l+1}, 1). Costs are means over the examples. Single neurons, whose
weights have the bias first, are asked for one example.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from reference.linear import (
    bump,
    logistic_decision,
    perceptron_decision,
    perceptron_step,
    sum_of_sigmoids,
    xor_network,
)
from reference.losses import (
    cross_entropy_delta,
    example_count,
    half_squared_error,
    half_squared_error_gradient,
    l2_gradient,
    l2_penalty,
    negative_log_likelihood,
)
from reference.network import bias_gradient, layer_inputs, preactivation_gradients, weight_gradient
from reference.network import forward as propagate
from reference.shapes import Array, Layers, Parameters, columns
from reference.units import Activation, linear_units, logistic_units, relu_units, softmax_units, tanh_units

__all__ = [
    "backward",
    "bump",
    "cost",
    "forward",
    "logistic_decision",
    "nonlinear_output_delta",
    "parameter_count",
    "perceptron_decision",
    "perceptron_step",
    "regression_backward",
    "regression_cost",
    "regression_forward",
    "sum_of_sigmoids",
    "xor_network",
]

Name: TypeAlias = Literal["sigmoid", "tanh", "linear"]


def parameter_count(sizes: Sequence[int]) -> int:
    """Σ_l (s_l + 1) s_{l+1}: weights and biases of a network with layers of these sizes, the inputs first."""
    return sum((fan_in + 1) * units for fan_in, units in pairwise(sizes))


def forward(W: Layers, b: Layers, X: Array) -> list[Array]:
    """z^(l+1) = W^(l) a^(l) + b^(l), a^(l+1) = max(0, z^(l+1)), softmax at the end (Forward Propagation for FCNs).

    Returns [a^(2), …, softmax output (K, m)], without X.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    _, A = propagate(W, b, X, relu_then_softmax(len(W)))
    return A[1:]


def relu_then_softmax(L: int) -> list[Activation]:
    """What the units of the L layers do: ReLU in the hidden ones, softmax in the last."""
    return [relu_units()] * (L - 1) + [softmax_units()]


def cost(W: Layers, A_out: Array, Y: Array, alpha: float) -> float:
    """J = -1/m sum(Y ∘ ln A) + α/2 ‖W‖²; A_out, Y (K, m), Y one-hot columns (From 1 to m examples)."""
    return negative_log_likelihood(A_out, Y) + l2_penalty(W, alpha)


def backward(W: Layers, A: Layers, Y: Array, alpha: float) -> Parameters:
    """Gradients of `cost` (Softmax for Dataset of m Examples).

    A = [X] + `forward`(W, b, X); Y (K, m). Returns (grad_W, grad_b): ∇_W = δ aᵀ / m + αW, ∇_b = mean of δ, (s, 1).
    Raises ValueError where a shape does not fit, naming the layer.
    """
    grad_W, grad_b = mean_gradients(W, A, cross_entropy_delta(Y, A[-1]))
    return [grad + l2_gradient(W_l, alpha) for grad, W_l in zip(grad_W, W, strict=True)], grad_b


def regression_forward(W: Layers, b: Layers, X: Array) -> list[Array]:
    """As `forward`, with a linear output a = z (Forward Propagation for FCNs: Regression).

    Returns [a^(2), …, linear output (K, m)], without X. Raises ValueError where a shape does not fit, naming the layer.
    """
    _, A = propagate(W, b, X, relu_then_linear(len(W)))
    return A[1:]


def relu_then_linear(L: int) -> list[Activation]:
    """What the units of the L layers do in regression: ReLU in the hidden ones, nothing in the last."""
    return [relu_units()] * (L - 1) + [linear_units()]


def regression_cost(W: Layers, A_out: Array, Y: Array, lam: float) -> float:
    """J = 1/m Σ ½‖a - y‖² + λ/2 ‖W‖²; A_out, Y (K, m) (Learning: Backpropagation for Regression)."""
    return half_squared_error(A_out, Y) + l2_penalty(W, lam)


def nonlinear_output_delta(y: Array, z: Array, activation: Name) -> Array:
    """δ = (f(z) - y) ∘ f'(z) of ½‖a - y‖² for an output a = f(z), shaped as z (Backpropagation Algorithm).

    Raises ValueError for another activation.
    """
    f = output_units(activation)
    return f.backward(half_squared_error_gradient(f.forward(z), y), z)


def output_units(activation: Name) -> Activation:
    """The units of that name. Raises ValueError if there are none."""
    if activation == "sigmoid":
        return logistic_units()
    if activation == "tanh":
        return tanh_units()
    if activation == "linear":
        return linear_units()
    raise ValueError(f"the activation is sigmoid, tanh or linear, not {activation!r}")


def regression_backward(W: Layers, A: Layers, Y: Array) -> Parameters:
    """Gradients of 1/m Σ ½‖a - y‖² with a linear output (Backpropagation for FCNs for Regression).

    A = [X] + activations of all layers; Y (K, m). Returns (grad_W, grad_b), shaped as those of `backward`.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    return mean_gradients(W, A, half_squared_error_gradient(A[-1], Y))


def mean_gradients(W: Layers, A: Layers, delta: Array) -> Parameters:
    """Means over the m examples of the gradients, from δ (K, m) of the last layer downwards."""
    Z = A[1:]  # stands in for the pre-activations, as max(0, z) > 0 just where z > 0
    deltas = preactivation_gradients(W, A, Z, relu_then_softmax(len(W)), delta)
    grad_W = [mean_weight_gradient(delta, a) for delta, a in zip(deltas, layer_inputs(A, len(W)), strict=True)]
    grad_b = [mean_bias_gradient(delta) for delta in deltas]
    return grad_W, grad_b


def mean_weight_gradient(delta: Array, a: Array) -> Array:
    """∇_W = δ^(l+1) a^(l)ᵀ / m; delta (s_{l+1}, m), a (s_l, m)."""
    return weight_gradient(delta, a) / example_count(delta)


def mean_bias_gradient(delta: Array) -> Array:
    """∇_b = δ^(l+1).col_avg(), (s_{l+1}, 1); delta (s_{l+1}, m)."""
    return columns(bias_gradient(delta)) / example_count(delta)
