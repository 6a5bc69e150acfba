"""One layer, and what one layer cannot do.

Linear least squares (DSC 140B lecture 20, part 1); logistic regression, the decisions of perceptron and logistic
neuron, polar coordinates, XOR and the sum of sigmoids (ITCS 6156, Perceptron vs. Logistic Neuron, The Importance of
Representation and Universal Approximation Theorem). Weights w (d+1,) have the bias first.
"""

import numpy as np

from reference.activations import sigmoid
from reference.descent import descend, whole_batch
from reference.losses import log_loss_delta, log_loss_from_logit
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


# Least squares.


def risk(w: Array, X: Array, y: Array) -> float:
    """R(w) = 1/n Σ_i (H(x_i; w) - y_i)²; X (n, d) without the ones, y (n,) (DSC 140B, Linear Least Squares)."""
    return mean_loss(square_loss(prediction(w, X), y))


def square_loss(H: Array, y: Array) -> Array:
    """(H - y)² of each example, (n,)."""
    return (H - y) ** 2


def mean_loss(losses: Array) -> float:
    """The empirical risk, 1/n Σ_i ℓ_i (DSC 140B, Empirical Risk Minimization)."""
    return float(np.mean(losses))


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
    """The w (d+1,) with ∇R(w) = 0, the shortest of several; X (n, d), y (n,) (DSC 140B, Minimizing Risk)."""
    return np.asarray(np.linalg.lstsq(augment(X), y, rcond=None)[0], dtype=float)


def risk_descent(w: Array, X: Array, y: Array, eta: float, iterations: int) -> Array:
    """w ← w - η ∇R(w), `iterations` times; w (d+1,), X (n, d), y (n,). A new array (DSC 140B, Minimizing Risk)."""
    return descend(w, risk_gradient, whole_batch(X, y), eta, iterations)


# Classification.


def logistic_risk(w: Array, X: Array, t: Array) -> float:
    """The mean log loss of y = σ(H(x; w)); X (n, d) without the ones, t (n,) of 0 and 1 (ITCS 6156)."""
    return mean_loss(log_loss_from_logit(t, prediction(w, X)))


def logistic_regression_gradient(w: Array, X: Array, t: Array) -> Array:
    """∇ of `logistic_risk`: 1/n Σ_i (y_i - t_i) Aug(x_i), (d+1,) (ITCS 6156, Backpropagation: Logistic Regression)."""
    return mean_over_examples(log_loss_delta(t, sigmoid(prediction(w, X))), linear_gradient(X))


def perceptron_decision(w: Array, x: Array) -> Array:
    """1 if wᵀ Aug(x) > 0, else 0; x (d,), or X (n, d) → (n,) (ITCS 6156, Perceptron vs. Logistic Neuron)."""
    return np.where(prediction(w, x) > 0, 1, 0)[()]  # a number, of one example


def logistic_decision(w: Array, x: Array) -> Array:
    """1 if σ(wᵀ Aug(x)) > ½, else 0: the perceptron's decision, as σ is increasing and σ(0) = ½."""
    return np.where(sigmoid(prediction(w, x)) > 0.5, 1, 0)[()]


def perceptron_step(w: Array, x: Array, t: float) -> Array:
    """w + (t - decision) Aug(x), (d+1,); x (d,), t 0 or 1: the standard rule, which Yehoshua and CSC321 only name."""
    return w + perceptron_error(w, x, t) * augment(x)


def perceptron_error(w: Array, x: Array, t: float) -> float:
    """t - decision: 0 where the decision is right, else ±1."""
    return t - float(perceptron_decision(w, x))


def perceptron(w: Array, X: Array, t: Array, epochs: int) -> Array:
    """A `perceptron_step` for each row of X, `epochs` times; it comes to rest if a line separates the classes."""
    for _ in range(epochs):
        for x_i, t_i in zip(X, t, strict=True):
            w = perceptron_step(w, x_i, float(t_i))
    return w


# Another representation.


def polar(x: Array) -> Array:
    """(r, θ) of points (x, y) in the first quadrant: r = √(x² + y²), θ = arctan(y/x); (2,) or the columns of (2, m).

    Circles around the origin, which no line separates in x and y, are lines in r and θ (ITCS 6156, From Cartesian to
    Polar Coordinates).
    """
    return np.stack([np.hypot(x[0], x[1]), np.arctan2(x[1], x[0])])


def xor_network() -> Parameters:
    """A 2-2-1 network of unit steps that computes XOR: hidden units OR and AND, output OR and not AND.

    Returns (W, b): W1 (2, 2), W2 (1, 2), row j feeding unit j; b1 (2,), b2 (1,). One of many right answers.
    """
    W = [np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[1.0, -1.0]])]
    b = [np.array([-0.5, -1.5]), np.array([-0.5])]
    return W, b


def sum_of_sigmoids(alpha: Array, W: Array, b: Array, x: Array) -> Array:
    """F(x) = Σ_i α_i σ(w_iᵀx + b_i); alpha, b (N,), W (N, d), x (d,) → a number, or the columns of (d, m) → (m,)."""
    return np.asarray(alpha @ sigmoid((W @ x).T + b).T)[()]


def bump(left: float, right: float, height: float) -> tuple[Array, Array, Array]:
    """A sum of two sigmoids of one input, nearly `height` between left < right and nearly 0 elsewhere.

    One steep sigmoid climbs at `left`, the other takes it back at `right`; at a tenth of the width from either both
    are within e^-10 of their limits. Returns (alpha (2,), W (2, 1), b (2,)). One of many right answers.
    """
    steepness = 100 / (right - left)
    return (
        height * np.array([1.0, -1.0]),
        np.full((2, 1), steepness),
        -steepness * np.array([left, right]),
    )
