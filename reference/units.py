"""What a layer's units do with their pre-activation: the way forward beside the way back.

An `Activation` holds both. Each function here returns one, made when it is called.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reference.activations import (
    absolute_relu,
    absolute_relu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    linear,
    linear_derivative,
    maxout,
    maxout_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softplus,
    softplus_derivative,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)
from reference.shapes import Array


@dataclass(frozen=True, slots=True)
class Activation:
    """h = forward(a), and ∇_a = backward(∇_h, a); a and h (n,) or (n, m)."""

    forward: Callable[[Array], Array]
    backward: Callable[[Array, Array], Array]


def elementwise(g: Callable[[Array], Array], g_prime: Callable[[Array], Array]) -> Activation:
    """Units with h_i = g(a_i), so ∇_a = ∇_h ⊙ g'(a) (CS6910 4.6)."""
    return Activation(g, lambda grad_h, a: through_slope(grad_h, g_prime(a)))


def through_slope(grad_h: Array, slope: Array) -> Array:
    """∇_a = ∇_h ⊙ [..., g'(a_j), ...]; all shaped alike (CS6910 4.6)."""
    return grad_h * slope


def step_units() -> Activation:
    """Unit steps; their derivative is 0, so nothing is learnt through them."""
    return elementwise(step, step_derivative)


def logistic_units() -> Activation:
    """h = σ(a)."""
    return elementwise(sigmoid, sigmoid_derivative)


def tanh_units() -> Activation:
    """h = tanh(a)."""
    return elementwise(tanh, tanh_derivative)


def relu_units() -> Activation:
    """h = max(0, a)."""
    return elementwise(relu, relu_derivative)


def leaky_relu_units(alpha: float) -> Activation:
    """h = max(0, a) + α min(0, a)."""
    return elementwise(lambda a: leaky_relu(a, alpha), lambda a: leaky_relu_derivative(a, alpha))


def absolute_relu_units() -> Activation:
    """h = |a|."""
    return elementwise(absolute_relu, absolute_relu_derivative)


def softplus_units() -> Activation:
    """h = ln(1 + e^a)."""
    return elementwise(softplus, softplus_derivative)


def linear_units() -> Activation:
    """h = a."""
    return elementwise(linear, linear_derivative)


def maxout_units(k: int) -> Activation:
    """h_i = max(a_i, a_{n+i}, …, a_{(k-1)n+i}): k n pre-activations feed n units."""
    return Activation(lambda a: maxout(pieces(a, k)), lambda grad_h, a: through_maximum(grad_h, pieces(a, k)))


def pieces(a: Array, k: int) -> Array:
    """The k candidates of every maxout unit: a (k n,) or (k n, m) → (k, n) or (k, n, m)."""
    return a.reshape(k, -1, *a.shape[1:])


def through_maximum(grad_h: Array, candidates: Array) -> Array:
    """∇_h reaches the largest candidate alone: grad_h (n, …), candidates (k, n, …) → (k n, …)."""
    return (grad_h * maxout_derivative(candidates)).reshape(-1, *grad_h.shape[1:])


def softmax_units() -> Activation:
    """ŷ = softmax(a)."""
    return Activation(softmax, through_softmax)


def through_softmax(grad_y: Array, a: Array) -> Array:
    """∂ŷ_i/∂a_j = ŷ_i (1_{i=j} - ŷ_j), so ∇_a = ŷ ⊙ (∇_ŷ - Σ_i ŷ_i ∇_ŷi); (k,) or (k, m) (CS6910 4.5)."""
    y_hat = softmax(a)
    mean: Array = np.sum(y_hat * grad_y, axis=0)
    return y_hat * (grad_y - mean)
