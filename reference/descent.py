"""Gradient descent (CS6910 4.8; Yehoshua): batch, stochastic and mini-batch are one loop over different batches."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from reference.shapes import Array, Layers

Batch: TypeAlias = tuple[Array, Array]
Gradient: TypeAlias = Callable[[Array, Array, Array], Array]


def descent_step(w: Array, grad: Array, alpha: float) -> Array:
    """w ← w - α ∂E/∂w; w and grad shaped alike, α the learning rate. A new array (Yehoshua, gradient descent)."""
    return w - alpha * grad


def update(theta: Layers, grads: Layers, eta: float) -> list[Array]:
    """θ_{t+1} ← θ_t - η ∇θ_t, layer by layer (CS6910 4.8)."""
    return [descent_step(theta_k, grad_k, eta) for theta_k, grad_k in zip(theta, grads, strict=True)]


def descend(theta: Array, gradient: Gradient, batches: Sequence[Batch], alpha: float, epochs: int) -> Array:
    """One descent step per batch, `epochs` times through the batches.

    theta (p,); gradient(theta, X, y) → (p,), the mean over the examples in X, y. Returns the new theta.
    """
    for _ in range(epochs):
        for X, y in batches:
            theta = descent_step(theta, gradient(theta, X, y), alpha)
    return theta


def whole_batch(X: Array, y: Array) -> list[Batch]:
    """Batch gradient descent: all examples in each step; X (n, d), y (n,) or (n, k)."""
    return [(X, y)]


def single_examples(X: Array, y: Array) -> list[Batch]:
    """Stochastic gradient descent: one example in each step."""
    return minibatches(X, y, 1)


def minibatches(X: Array, y: Array, size: int) -> list[Batch]:
    """Mini-batch gradient descent: `size` examples (rows) in each step, in their order; the last may have fewer."""
    return [(X[start : start + size], y[start : start + size]) for start in range(0, len(X), size)]


def shuffled(X: Array, y: Array, rng: np.random.Generator) -> Batch:
    """The same examples in a random order, to be cut into batches."""
    order = rng.permutation(len(X))
    return X[order], y[order]
