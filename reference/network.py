"""Forward and backward propagation: one algorithm, whatever the depth, the activations and the number of examples.

The symbols are those of CS6910 lecture 4: a_k = b_k + W_k h_{k-1} and h_k = g_k(a_k) for k = 1..L with h_0 = x, where
row j of W_k feeds neuron j. Lists hold one array per layer, the first layer first. One example is a vector (n_k,); m
examples are the columns of (n_k, m), and then gradients are *sums* over the examples. Any mean over examples is the
loss's affair. Layouts of other lectures are converted by `reference.conventions`.
"""

from collections.abc import Sequence

from reference.shapes import Array, Layers, Parameters, beside, check_all_fit, check_layer, check_layers, columns
from reference.units import Activation


def forward(W: Layers, b: Layers, x: Array, g: Sequence[Activation]) -> tuple[list[Array], list[Array]]:
    """All pre-activations and activations (CS6910 4.8, forward_propagation).

    W: L arrays, W[k] (n_k, n_{k-1}); b: L arrays (n_k,) or (n_k, 1); x (n_0,) or (n_0, m); g: one activation per layer.
    Returns (a, h): a_1 … a_L, and h_0 … h_L with h_0 = x and h_L the network's output.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    check_layers(W=W, b=b, g=g)
    a: list[Array] = []
    h = [x]
    for k, (W_k, b_k, g_k) in enumerate(zip(W, b, g, strict=True), start=1):
        check_layer(k, W_k, b_k, h[-1])
        a.append(preactivation(W_k, h[-1], b_k))
        h.append(g_k.forward(a[-1]))
    return a, h


def backward(W: Layers, h: Layers, a: Layers, g: Sequence[Activation], grad_a: Array) -> Parameters:
    """Gradients of all weights and biases (CS6910 4.8, back_propagation).

    W, h, a, g as in `forward` (h_L may be absent); grad_a = ∇_{a_L}, shaped as a_L.
    Returns (grad_W, grad_b), grad_W[k] shaped as W[k] and grad_b[k] (n_k,), summed over the examples.
    Raises ValueError where a shape does not fit, naming the layer.
    """
    grads = preactivation_gradients(W, h, a, g, grad_a)
    inputs = layer_inputs(h, len(W))
    grad_W = [weight_gradient(grad_a_k, h_prev) for grad_a_k, h_prev in zip(grads, inputs, strict=True)]
    grad_b = [bias_gradient(grad_a_k) for grad_a_k in grads]
    return grad_W, grad_b


def preactivation_gradients(W: Layers, h: Layers, a: Layers, g: Sequence[Activation], grad_a: Array) -> list[Array]:
    """∇_{a_1} … ∇_{a_L}, found from the last layer to the first; arguments as of `backward` (CS6910 4.6)."""
    check_layers(W=W, a=a, g=g, h=h[: len(W)])
    check_all_fit(W, [*a[:-1], grad_a], h)
    grads = [grad_a]
    for W_next, a_k, g_k in zip(W[:0:-1], a[-2::-1], g[-2::-1], strict=True):
        grad_h = hidden_gradient(W_next, grads[-1])
        grads.append(g_k.backward(grad_h, a_k))
    return grads[::-1]


def layer_inputs(h: Layers, L: int) -> Layers:
    """h_0 … h_{L-1}: what the layers 1 … L take in, layer k the output of layer k-1."""
    return h[:L]


def preactivation(W: Array, h_prev: Array, b: Array) -> Array:
    """a_k = b_k + W_k h_{k-1}; W (n, n_prev), h_prev (n_prev,) or (n_prev, m) (CS6910 4.1)."""
    return W @ h_prev + beside(b, h_prev)


def hidden_gradient(W_next: Array, grad_a_next: Array) -> Array:
    """∇_{h_k} = W_{k+1}ᵀ ∇_{a_{k+1}}; W_next (n_next, n), grad_a_next (n_next,) or (n_next, m) (CS6910 4.6)."""
    return W_next.T @ grad_a_next


def weight_gradient(grad_a: Array, h_prev: Array) -> Array:
    """∇_{W_k} = ∇_{a_k} h_{k-1}ᵀ, (n, n_prev), summed over the examples if there are several (CS6910 4.7)."""
    return columns(grad_a) @ columns(h_prev).T


def bias_gradient(grad_a: Array) -> Array:
    """∇_{b_k} = ∇_{a_k}, (n,), summed over the examples if there are several (CS6910 4.7)."""
    total: Array = columns(grad_a).sum(axis=1)
    return total
