"""The same networks written a second time, naively, for automatic differentiation and for complex numbers.

Nothing here is shared with the reference: formulas as in a textbook, one loop over the layers, no care for large
numbers. `autograd.numpy` runs all of it on its own boxes, on floats and on complex numbers.
"""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
from autograd import grad

ACTIVATIONS = {
    "logistic": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z)),
    "relu": lambda z: anp.where(anp.real(z) > 0, z, 0 * z),
    "leaky_relu": lambda z: anp.where(anp.real(z) > 0, z, 0.2 * z),
    "absolute_relu": lambda z: anp.where(anp.real(z) > 0, z, -z),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "linear": lambda z: z,
    "maxout": lambda z: larger(z[: len(z) // 2], z[len(z) // 2 :]),
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=0),
}


def larger(u, v):
    """The larger of two arrays, by their real parts."""
    return anp.where(anp.real(u) >= anp.real(v), u, v)


def split(theta, shapes):
    """A parameter vector (W1, b1, W2, b2, …) as pairs (W, b), W of the given shapes and b with one entry a row."""
    pairs, start = [], 0
    for rows, cols in shapes:
        middle, end = start + rows * cols, start + rows * cols + rows
        pairs.append((anp.reshape(theta[start:middle], (rows, cols)), theta[middle:end]))
        start = end
    return pairs


def flat(W, b):
    """Lists of weights and biases, or of their gradients, as one vector (W1, b1, W2, b2, …)."""
    return np.concatenate([np.ravel(part) for pair in zip(W, b, strict=True) for part in pair])


def output(pairs, names, X):
    """The output, for the columns of X, of layers (W, b) with the named activations."""
    for (W, b), name in zip(pairs, names, strict=True):
        X = ACTIVATIONS[name](anp.dot(W, X) + anp.reshape(b, (-1, 1)))
    return X


def by_autograd(f, theta):
    """∇f at theta by reverse-mode automatic differentiation in 64 bits."""
    return grad(f)(theta)


def by_complex_step(f, theta):
    """∇f at theta by complex steps, one parameter at a time."""
    steps = np.eye(theta.size) * 1e-30j
    return np.array([np.imag(f(theta + step)) / 1e-30 for step in steps])


def distance(g, g0):
    """‖g - g0‖ over ‖g0‖, or over 1e-4 where g0 is smaller than that and its last digits are rounding."""
    return np.linalg.norm(g - g0) / max(np.linalg.norm(g0), 1e-4)


def layers(rng, shapes):
    """Random weights of the given shapes and biases, of a size that saturates nothing."""
    W = [rng.normal(size=(rows, cols)) / np.sqrt(cols) for rows, cols in shapes]
    return W, [rng.normal(size=rows) / 2 for rows, _ in shapes]


def shapes_of(sizes):
    """Shapes (to, from) of the weights between layers of these sizes."""
    return [(rows, cols) for cols, rows in pairwise(sizes)]
