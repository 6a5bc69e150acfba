"""One layer, and what one layer cannot do.

Linear least squares (DSC 140B lecture 20, part 1); the decisions of perceptron and logistic neuron, XOR and the sum of
sigmoids (ITCS 6156, Perceptron vs. Logistic Neuron and Universal Approximation Theorem).
"""

import numpy as np

from reference.activations import sigmoid
from reference.shapes import Array, Parameters


def augment(x: Array) -> Array:
    """Aug(x) = (1, x_1, …, x_d): x (d,) → (d+1,), or X (n, d) → (n, d+1) row by row."""
    return np.concatenate([np.ones((*x.shape[:-1], 1)), x], axis=-1)


def prediction(w: Array, x: Array) -> Array:
    """H(x; w) = Aug(x) · w; w (d+1,), bias first; x (d,) gives a number, X (n, d) gives (n,)."""
    return np.asarray(augment(x) @ w)


def linear_gradient(x: Array) -> Array:
    """∇_w H = Aug(x), whatever w; x (d,) → (d+1,) (DSC 140B, Example: Linear Model)."""
    return augment(x)


def risk(w: Array, X: Array, y: Array) -> float:
    """R(w) = 1/n Σ_i (H(x_i; w) - y_i)²; X (n, d) without the ones, y (n,)."""
    return float(np.mean((prediction(w, X) - y) ** 2))


def risk_gradient(w: Array, X: Array, y: Array) -> Array:
    """∇R = 1/n Σ_i ∂ℓ/∂H ∇_w H(x_i; w), (d+1,); X (n, d) without the ones, y (n,) (DSC 140B, In General)."""
    return mean_over_examples(loss_derivative(prediction(w, X), y), linear_gradient(X))


def loss_derivative(H: Array, y: Array) -> Array:
    """∂ℓ/∂H = 2 (H - y) of the square loss (H - y)²; (n,)."""
    return 2 * (H - y)


def mean_over_examples(weights: Array, gradients: Array) -> Array:
    """1/n Σ_i weights_i gradients_i: (n,) and (n, d+1) → (d+1,)."""
    return weights @ gradients / len(weights)


def least_squares(X: Array, y: Array) -> Array:
    """The w (d+1,) with ∇R(w) = 0, of least length if there are several; X (n, d), y (n,)."""
    return np.asarray(np.linalg.lstsq(augment(X), y, rcond=None)[0], dtype=float)


def perceptron_decision(w: Array, x: Array) -> Array:
    """1 if wᵀx > 0, else 0; x (d,) or the columns of (d, m)."""
    return np.where(w @ x > 0, 1.0, 0.0)


def logistic_decision(w: Array, x: Array) -> Array:
    """1 if σ(wᵀx) > ½, else 0: the perceptron's decision, as σ is increasing and σ(0) = ½."""
    return np.where(sigmoid(w @ x) > 0.5, 1.0, 0.0)


def xor_network() -> Parameters:
    """A 2-2-1 network of unit steps that computes XOR: hidden units OR and AND, output OR and not AND.

    Returns (W, b): W1 (2, 2), W2 (1, 2), row j feeding unit j; b1 (2,), b2 (1,). One of many right answers.
    """
    W = [np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[1.0, -1.0]])]
    b = [np.array([-0.5, -1.5]), np.array([-0.5])]
    return W, b


def sum_of_sigmoids(alpha: Array, W: Array, b: Array, x: Array) -> Array:
    """F(x) = Σ_i α_i σ(w_iᵀx + b_i); alpha, b (N,), W (N, d), x (d,) → a number, or the columns of (d, m) → (m,)."""
    return np.asarray(alpha @ sigmoid((W @ x).T + b).T)
