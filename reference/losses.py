"""Loss functions, each beside its gradient.

CS6910 4.3 and 4.5; the losses of Yehoshua's derivation; ITCS 6156, Regression vs. Classification; CSC321 lecture 6,
Overview. Logarithms are natural, and taken at the labels alone: that another class has probability 0 changes nothing.
"""

import numpy as np

from reference.activations import log_softmax, softplus
from reference.shapes import Array, Layers, Value, columns, one_hot


def squared_error(Y_hat: Array, Y: Array) -> float:
    """1/N Σ_i Σ_j (ŷ_ij - y_ij)²; Y_hat, Y (N, k), one row an example (CS6910 4.3)."""
    return float(np.mean(np.sum((Y_hat - Y) ** 2, axis=1)))


def squared_error_gradient(Y_hat: Array, Y: Array) -> Array:
    """∂/∂ŷ_ij = 2/N (ŷ_ij - y_ij), (N, k)."""
    return 2 / len(Y) * (Y_hat - Y)


def half_squared_error(A_out: Array, Y: Array) -> float:
    """½‖a - y‖², its mean over the m columns; (k,) or (k, m) (ITCS 6156, Learning: Regression; CSC321)."""
    errors = A_out - Y
    return float(np.sum(errors**2) / (2 * example_count(errors)))


def half_squared_error_gradient(A_out: Array, Y: Array) -> Array:
    """a - y of each example, before any mean over examples; (k,) or (k, m)."""
    return A_out - Y


def example_count(Y: Array) -> int:
    """The number m of columns of Y (k, m); one example (k,) counts as one."""
    return len(columns(Y).T)


def squared_loss(y: float, o: float) -> float:
    """(y - o)², without the ½ of other lectures (Yehoshua, regression)."""
    return (y - o) ** 2


def squared_loss_derivative(y: Value, o: Value) -> Value:
    """∂/∂o (y - o)² = 2 (o - y)."""
    return 2 * (o - y)


def log_likelihood_of_labels(y: Array, p: Array) -> float:
    """Σ y ln p over all entries; 0 ln 0 counts as 0, so that only labels of probability 0 make it infinite."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.nansum(y * np.log(p)))


def log_loss(y: float, o: float) -> float:
    """-y ln o - (1 - y) ln(1 - o), 0 ≤ o ≤ 1; infinite for o = 0 with y = 1 (Yehoshua, binary classification)."""
    return -log_likelihood_of_labels(np.array([y, 1 - y]), np.array([o, 1 - o]))


def log_loss_from_logit(y: Array, z: Array) -> Array:
    """The log loss of o = σ(z), entry by entry: softplus(z) - y z, finite for every z."""
    return softplus(z) - y * z


def log_loss_delta(y: Value, o: Value) -> Value:
    """∂/∂z of the log loss of o = σ(z): o - y (Yehoshua, deltas in the output layer)."""
    return o - y


def cross_entropy(y_hat: Array, label: int) -> float:
    """-ln ŷ_ℓ; y_hat (k,), label ℓ 0-based (CS6910 4.3). Raises ValueError for a label outside 0..k-1."""
    return cross_entropy_loss(one_hot(label, len(y_hat)), y_hat)


def output_gradient(y_hat: Array, label: int) -> Array:
    """∇_ŷ = -e(ℓ) / ŷ_ℓ, (k,) (CS6910 4.5)."""
    return -one_hot(label, len(y_hat)) / float(y_hat[label])


def output_preactivation_gradient(y_hat: Array, label: int) -> Array:
    """∇_{a_L} = -(e(ℓ) - ŷ) for ŷ = softmax(a_L), (k,) (CS6910 4.5)."""
    return -(one_hot(label, len(y_hat)) - y_hat)


def cross_entropy_loss(y: Array, o: Array) -> float:
    """-Σ_i y_i ln o_i; y, o (k,), y one-hot (Yehoshua, multi-class classification)."""
    return -log_likelihood_of_labels(y, o)


def log_likelihood(y_hat: Array, label: int) -> float:
    """ln ŷ_ℓ, which learning raises as it lowers the cross-entropy; y_hat (k,), label ℓ 0-based (CS6910 4.3)."""
    return -cross_entropy(y_hat, label)


def cross_entropy_from_logits(y: Array, z: Array) -> float:
    """The cross-entropy of o = softmax(z), finite for every z: -Σ_i y_i ln o_i; y, z (k,)."""
    return float(-np.sum(y * log_softmax(z)))


def cross_entropy_delta(y: Value, o: Value) -> Value:
    """∂/∂z of the cross-entropy of o = softmax(z): o - y; (k,) or (k, m) (ITCS 6156, Softmax; Yehoshua)."""
    return o - y


def negative_log_likelihood(A_out: Array, Y: Array) -> float:
    """-1/m sum(Y ∘ ln A); A_out, Y (K, m), Y one-hot columns (ITCS 6156, From 1 to m examples)."""
    return -log_likelihood_of_labels(Y, A_out) / example_count(Y)


def zero_one_loss(y: int, t: int) -> int:
    """1 for a wrong decision y, 0 for a right one: flat, so no descent can follow it (CSC321 lecture 6, Overview)."""
    return int(y != t)


def margin(z: float, t: float) -> float:
    """t z, above 0 where the sign of the score z is that of the class t = ±1."""
    return t * z


def hinge_loss(z: float, t: float) -> float:
    """max(0, 1 - t z) of a score z and a class t = ±1 (CSC321 lecture 6, Overview)."""
    return float(np.maximum(0.0, 1 - margin(z, t)))


def hinge_gradient(z: float, t: float) -> float:
    """dL/dz: -t where t z < 1, 0 where t z > 1; at the kink, t z = 1, it is taken as 0."""
    return -t * hinge_is_active(z, t)


def hinge_is_active(z: float, t: float) -> float:
    """1 where the example costs anything, t z < 1; else 0."""
    return float(margin(z, t) < 1)


def l2_penalty(W: Layers, alpha: float) -> float:
    """α/2 Σ_l ‖W^(l)‖², the Frobenius norms of the weights and not of the biases (ITCS 6156, Learning)."""
    return alpha / 2 * sum(float(np.sum(W_l**2)) for W_l in W)


def l2_gradient(W: Array, alpha: float) -> Array:
    """∂/∂W of α/2 ‖W‖² = α W, shaped as W."""
    return alpha * W
