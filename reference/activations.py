"""Activation functions, each beside its derivative (ITCS 6156, Activation Functions and ReLU; CS6910 4.9).

All act entry by entry on z of any shape, except `maxout` and `softmax`, which look along the first axis.
At a kink a derivative does not exist; each docstring names the subgradient that is taken there.
Nothing here overflows: |z| of 1000 is as welcome as 1.
"""

import numpy as np

from reference.shapes import Array


def step(z: Array | float) -> Array:
    """Unit step: 0 for z < 0, 1 for z ≥ 0, so step(0) = 1 (ITCS 6156, Activation Functions)."""
    return np.asarray(z >= 0, dtype=float)


def step_derivative(z: Array | float) -> Array:
    """0 for z ≠ 0; at the jump, z = 0, it is taken as 0."""
    return np.zeros_like(z, dtype=float)


def sigmoid(z: Array | float) -> Array:
    """Logistic function σ(z) = 1 / (1 + e^-z) (CS6910 4.9)."""
    e: Array = np.exp(-np.abs(z))  # of ±z the one that cannot overflow; for z < 0, σ = e^z / (1 + e^z)
    numerator: Array = np.where(z >= 0, 1.0, e)
    return numerator / (1 + e)


def sigmoid_derivative(z: Array | float) -> Array:
    """σ'(z) = σ(z) (1 - σ(z)) (CS6910 4.9)."""
    return sigmoid(z) * sigmoid(-z)  # 1 - σ(z) = σ(-z), which does not round to 0 for large z


def tanh(z: Array | float) -> Array:
    """Hyperbolic tangent (e^z - e^-z) / (e^z + e^-z) (CS6910 4.9)."""
    return np.tanh(z)


def tanh_derivative(z: Array | float) -> Array:
    """tanh'(z) = 1 - tanh(z)² (CS6910 4.9)."""
    return 1 - np.tanh(z) ** 2


def relu(z: Array | float) -> Array:
    """Rectified linear unit max(0, z) (ITCS 6156, Activation Functions)."""
    return np.maximum(0.0, z)


def relu_derivative(z: Array | float) -> Array:
    """0 for z < 0, 1 for z > 0 (DSC 140B, Derivative of ReLU); at the kink, z = 0, it is taken as 0."""
    return np.asarray(z > 0, dtype=float)


def leaky_relu(z: Array | float, alpha: float) -> Array:
    """max(0, z) + α min(0, z) with 0 < α < 1 (ITCS 6156, ReLU and Generalizations)."""
    return np.maximum(0.0, z) + alpha * np.minimum(0.0, z)


def leaky_relu_derivative(z: Array | float, alpha: float) -> Array:
    """α for z < 0, 1 for z > 0; at the kink, z = 0, it is taken as α."""
    return np.where(z > 0, 1.0, alpha)


def absolute_relu(z: Array | float) -> Array:
    """Absolute-value ReLU |z| (ITCS 6156, ReLU and Generalizations)."""
    return np.abs(z)


def absolute_relu_derivative(z: Array | float) -> Array:
    """-1 for z < 0, 1 for z > 0; at the kink, z = 0, it is taken as 0."""
    return np.sign(z)


def softplus(z: Array | float) -> Array:
    """ln(1 + e^z), a smooth ReLU (ITCS 6156, ReLU vs. Softplus)."""
    return np.logaddexp(0.0, z)


def softplus_derivative(z: Array | float) -> Array:
    """softplus'(z) = e^z / (1 + e^z) = σ(z)."""
    return sigmoid(z)


def linear(z: Array) -> Array:
    """The identity z, the output function of regression (CS6910 4.3)."""
    return z


def linear_derivative(z: Array) -> Array:
    """1 everywhere."""
    return np.ones_like(z, dtype=float)


def maxout(a: Array) -> Array:
    """max(a_1, …, a_k) over the first axis: a (k, n, …) → (n, …) (ITCS 6156, ReLU and Generalizations)."""
    largest: Array = a.max(axis=0)
    return largest


def maxout_derivative(a: Array) -> Array:
    """∂max/∂a_i, (k, n, …): 1 at the maximum, 0 elsewhere; where several are largest, 1 at the first of them."""
    first: Array = np.indices(a.shape)[0] == a.argmax(axis=0)
    return first.astype(float)


def softmax(a: Array) -> Array:
    """ŷ_j = e^{a_j} / Σ_i e^{a_i} over the first axis: a (k,) or (k, m), one column an example (CS6910 4.3)."""
    e: Array = np.exp(a - maxout(a))  # the common factor e^-max cancels, and no power overflows
    total: Array = e.sum(axis=0)
    return e / total


def softmax_jacobian(y_hat: Array) -> Array:
    """∂ŷ_i/∂a_j = ŷ_i (1_{i=j} - ŷ_j) of ŷ = softmax(a), (k, k), from ŷ (k,) (CS6910 4.5)."""
    return np.diag(y_hat) - np.outer(y_hat, y_hat)


def log_softmax(a: Array) -> Array:
    """ln ŷ for ŷ = softmax(a), finite where ŷ itself rounds to 0: a (k,) or (k, m)."""
    shifted = a - maxout(a)
    total: Array = np.exp(shifted).sum(axis=0)
    return shifted - np.log(total)
