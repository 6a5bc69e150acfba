"""The chain rule, along one path and along several, up to one layer.

CSC321 lecture 6, Univariate and Multivariate Chain Rule; ITCS 6156, the same titles; the deep and thin network of
CS6910 4.4. A bar, v̄ = dL/dv, is the error signal of v; in names it reads v_bar.
"""

from collections.abc import Sequence

import numpy as np

from reference.activations import sigmoid, sigmoid_derivative, softmax
from reference.linear import logistic_regression_gradient
from reference.losses import (
    cross_entropy_delta,
    cross_entropy_from_logits,
    hinge_gradient,
    hinge_loss,
    zero_one_loss,
)
from reference.network import bias_gradient, preactivation, weight_gradient
from reference.shapes import Array

__all__ = [
    "composite_derivative",
    "exponential_path_derivative",
    "hinge_gradient",
    "hinge_loss",
    "logistic_least_squares",
    "logistic_regression_gradient",
    "multiclass_logistic",
    "regularized_logistic_least_squares",
    "thin_gradient",
    "two_path_derivative",
    "zero_one_loss",
]


def composite_derivative(x: float) -> float:
    """df/dx = df/dg dg/dx for f = 2g² - 3g + 1, g = x³ + 2x (ITCS 6156, Univariate Chain Rule)."""
    g = inner(x)
    return outer_derivative(g) * inner_derivative(x)


def inner(x: float) -> float:
    """g = x³ + 2x."""
    return x**3 + 2 * x


def inner_derivative(x: float) -> float:
    """dg/dx = 3x² + 2."""
    return 3 * x**2 + 2


def outer_derivative(g: float) -> float:
    """df/dg = 4g - 3."""
    return 4 * g - 3


def sum_over_paths(partials: Sequence[float], derivatives: Sequence[float]) -> float:
    """df/dx = Σ_i ∂f/∂g_i dg_i/dx (ITCS 6156 and CSC321, Multivariate Chain Rule)."""
    return sum(partial * derivative for partial, derivative in zip(partials, derivatives, strict=True))


def two_path_derivative(x: float) -> float:
    """df/dx for f = 2g1² - 3 g1 g2 + 1, g1 = 3x, g2 = x² + 2x (ITCS 6156, Multivariate Chain Rule)."""
    g1, g2 = 3 * x, x**2 + 2 * x
    return sum_over_paths(two_path_partials(g1, g2), two_path_inner_derivatives(x))


def two_path_partials(g1: float, g2: float) -> tuple[float, float]:
    """∂f/∂g1 = 4 g1 - 3 g2, ∂f/∂g2 = -3 g1."""
    return 4 * g1 - 3 * g2, -3 * g1


def two_path_inner_derivatives(x: float) -> tuple[float, float]:
    """dg1/dx = 3, dg2/dx = 2x + 2."""
    return 3.0, 2 * x + 2


def exponential_path_derivative(t: float) -> float:
    """df/dt for f = y + e^{xy}, x = cos t, y = t² (CSC321, Multivariate Chain Rule)."""
    x, y = np.cos(t), t**2
    return float(sum_over_paths(exponential_partials(x, y), exponential_inner_derivatives(t)))


def exponential_partials(x: float, y: float) -> tuple[float, float]:
    """∂f/∂x = y e^{xy}, ∂f/∂y = 1 + x e^{xy}."""
    return y * np.exp(x * y), 1 + x * np.exp(x * y)


def exponential_inner_derivatives(t: float) -> tuple[float, float]:
    """dx/dt = -sin t, dy/dt = 2t."""
    return -np.sin(t), 2 * t


def logistic_least_squares(w: float, b: float, x: float, t: float) -> tuple[float, float, float]:
    """z = wx + b, y = σ(z), L = ½ (y - t)²: returns (L, dL/dw, dL/db) (CSC321, Univariate Chain Rule)."""
    z = w * x + b
    y = float(sigmoid(z))
    L = half_squared_loss(y, t)
    y_bar = half_squared_loss_derivative(y, t)
    z_bar = y_bar * float(sigmoid_derivative(z))
    dz_dw, dz_db = affine_partials(x)
    return L, z_bar * dz_dw, z_bar * dz_db


def half_squared_loss(y: float, t: float) -> float:
    """L = ½ (y - t)²."""
    return (y - t) ** 2 / 2


def half_squared_loss_derivative(y: float, t: float) -> float:
    """dL/dy = y - t."""
    return y - t


def affine_partials(x: float) -> tuple[float, float]:
    """∂z/∂w = x, ∂z/∂b = 1 for z = wx + b."""
    return x, 1.0


def regularized_logistic_least_squares(
    w: float, b: float, x: float, t: float, lam: float
) -> tuple[float, float, float]:
    """R = ½w², L_reg = L + λR: returns (L_reg, dL_reg/dw, dL_reg/db) (CSC321, Backpropagation).

    w reaches L_reg along two paths, so w̄ = z̄ x + R̄ dR/dw with R̄ = λ; b is not regularized.
    """
    L, w_bar, b_bar = logistic_least_squares(w, b, x, t)
    return L + lam * regularizer(w), w_bar + lam * regularizer_derivative(w), b_bar


def regularizer(w: float) -> float:
    """R = ½w²."""
    return w**2 / 2


def regularizer_derivative(w: float) -> float:
    """dR/dw = w."""
    return w


def multiclass_logistic(W: Array, b: Array, x: Array, t: Array) -> tuple[float, Array, Array]:
    """Loss -Σ_k t_k ln y_k of y = softmax(Wx + b) and its gradients (CSC321, Multivariate Chain Rule).

    W (k, d); b (k,); x (d,); t (k,) one-hot. Returns (L, dL/dW (k, d), dL/db (k,)).
    """
    z = preactivation(W, x, b)
    z_bar = cross_entropy_delta(t, softmax(z))
    return cross_entropy_from_logits(t, z), weight_gradient(z_bar, x), bias_gradient(z_bar)


def thin_gradient(w: Array, x: float, y: float) -> tuple[float, Array]:
    """Loss and gradient of a network of L layers with one logistic unit each, no biases (CS6910 4.4).

    h_0 = x, a_l = w_l h_{l-1}, h_l = σ(a_l), ŷ = h_L, ½ (ŷ - y)²; w (L,). Returns (loss, ∂loss/∂w (L,)). Each layer
    multiplies what it hands down by w_l σ'(a_l), and σ' ≤ ¼: in a deep network ∂loss/∂w_1 vanishes.
    """
    a, h = thin_forward(w, x)
    h_bar = half_squared_loss_derivative(h[-1], y)
    gradient = np.zeros(len(w))
    for k in reversed(range(len(w))):
        a_bar = h_bar * float(sigmoid_derivative(a[k]))
        gradient[k] = thin_weight_signal(a_bar, h[k])
        h_bar = thin_input_signal(a_bar, float(w[k]))
    return half_squared_loss(h[-1], y), gradient


def thin_forward(w: Array, x: float) -> tuple[list[float], list[float]]:
    """All pre-activations a_1 … a_L, and h_0 … h_L with h_0 = x."""
    a: list[float] = []
    h = [x]
    for w_k in w:
        a.append(float(w_k * h[-1]))
        h.append(float(sigmoid(a[-1])))
    return a, h


def thin_weight_signal(a_bar: float, h_prev: float) -> float:
    """w̄ = ā h_prev for a = w h_prev."""
    return a_bar * h_prev


def thin_input_signal(a_bar: float, w: float) -> float:
    """h̄_prev = ā w for a = w h_prev."""
    return a_bar * w
