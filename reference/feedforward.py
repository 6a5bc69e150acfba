"""Backpropagation as in CS6910 lecture 4: logistic hidden layers, softmax output, cross-entropy of one example."""

from reference.activations import sigmoid, sigmoid_derivative, softmax, softmax_jacobian
from reference.descent import update
from reference.losses import cross_entropy, output_gradient, output_preactivation_gradient, squared_error
from reference.network import backward, bias_gradient, forward, hidden_gradient, weight_gradient
from reference.shapes import Array, Layers, Parameters
from reference.units import Activation, softmax_units, through_slope

__all__ = [
    "back_propagation",
    "bias_gradient",
    "cross_entropy",
    "forward_propagation",
    "gradient_descent",
    "hidden_gradient",
    "output_gradient",
    "output_preactivation_gradient",
    "preactivation_gradient",
    "softmax",
    "softmax_jacobian",
    "squared_error",
    "weight_gradient",
]


def forward_propagation(W: Layers, b: Layers, x: Array) -> tuple[list[Array], list[Array], Array]:
    """a_k = b_k + W_k h_{k-1}, h_k = σ(a_k), ŷ = softmax(a_L) (CS6910 4.8).

    W: L arrays, W[k] (n_k, n_{k-1}); b: L arrays (n_k,); x (n_0,).
    Returns (h, a, ŷ): h_1 … h_{L-1}, a_1 … a_L, and ŷ (n_L,).
    Raises ValueError where a shape does not fit, naming the layer.
    """
    a, h = forward(W, b, x, logistic_then_softmax(len(W)))
    return h[1:-1], a, h[-1]


def back_propagation(W: Layers, x: Array, h: Layers, a: Layers, label: int, y_hat: Array) -> Parameters:  # noqa: PLR0913, PLR0917 (the exercise's arguments)
    """Gradient of the cross-entropy loss of one example (CS6910 4.8).

    W: L arrays, W[k] (n_k, n_{k-1}); x (n_0,); h, a as `forward_propagation` returns them; y_hat (n_L,), sums to 1.
    Returns (grad_W, grad_b), shaped as W and the biases. No units; the loss is in nats.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    grad_a = output_preactivation_gradient(y_hat, label)
    return backward(W, [x, *h], a, logistic_then_softmax(len(W)), grad_a)


def logistic_then_softmax(L: int) -> list[Activation]:
    """What the units of the L layers do: logistic in the hidden ones, softmax in the last."""
    return [Activation(sigmoid, preactivation_gradient)] * (L - 1) + [softmax_units()]


def preactivation_gradient(grad_h: Array, a: Array) -> Array:
    """∇_{a_k} = ∇_{h_k} ⊙ σ'(a_k), (n,) (CS6910 4.6)."""
    return through_slope(grad_h, sigmoid_derivative(a))


def gradient_descent(W: Layers, b: Layers, x: Array, label: int, eta: float, iterations: int) -> Parameters:  # noqa: PLR0913, PLR0917 (the exercise's arguments)
    """θ_{t+1} ← θ_t - η ∇θ_t, `iterations` times on one example (CS6910 4.8). Returns new (W, b)."""
    W, b = list(W), list(b)
    for _ in range(iterations):
        W, b = iteration(W, b, x, label, eta)
    return W, b


def iteration(W: Layers, b: Layers, x: Array, label: int, eta: float) -> Parameters:
    """One pass of the loop: all gradients at θ_t first, and only then θ_{t+1}."""
    h, a, y_hat = forward_propagation(W, b, x)
    grad_W, grad_b = back_propagation(W, x, h, a, label, y_hat)
    return update(W, grad_W, eta), update(b, grad_b, eta)
