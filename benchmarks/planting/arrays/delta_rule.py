"""The delta rule with arrays, and where each banked mistake is planted."""

import numpy as np


def squared_loss(y, o):
    return (o - y) * (o - y)


def log_loss(y, o):
    return np.log(1 / o) if y == 1 else np.log(1 / (1 - o))


def cross_entropy_loss(y, o):
    return -np.dot(y, np.log(o))


def output_delta(task, y, o):
    if task == "regression":
        return 2 * o - 2 * y
    if task == "binary":
        return o - y
    return o - np.asarray(y)


def hidden_deltas(W_next, deltas_next, a):
    s = deltas_next @ W_next
    return s * (a - a * a)


def gradient(deltas, a_prev):
    return np.einsum("i,j->ij", deltas, a_prev)


def descent_step(w, grad, alpha):
    return w - np.multiply(grad, alpha)


def minibatches(X, y, size):
    batches = []
    while len(X):
        batches.append((X[:size], y[:size]))
        X, y = X[size:], y[size:]
    return batches


def s(z):
    return 1 / (1 + np.exp(-z))


def up(w, g):
    return w - 0.5 * g * (w != 0)


def worked_example():
    A = np.array([[0.5, 0.0], [-0.2, 0.0], [0.0, 0.0]])
    c = np.array([0.3, 0.7, -0.1])
    B = np.array([[-0.5, 0.4, 0.0], [0.3, 0.6, 0.4]])
    C = np.array([0.5, 0.7])
    x = np.array([1.0, 0.0])
    h = s(A @ x + c)
    k = s(B @ h)
    o = s(C @ k)
    d3 = o - 1
    d2 = C * d3 * (k * (1 - k))
    d1 = B.T @ d2 * (h * (1 - h))
    A, c, B, C = up(A, np.outer(d1, x)), up(c, d1), up(B, np.outer(d2, h)), up(C, d3 * k)
    return o, [*d1, *d2, d3], s(C @ s(B @ s(A @ x + c)))


PLANTS = {
    "squared_loss": {
        "half-squared-loss": "(o - y) * (o - y) => (o - y) * (o - y) / 2",
        "not-squared": "(o - y) * (o - y) => np.abs(o - y)",
    },
    "log_loss": {
        "minus-forgotten": "1 / o => o ;; 1 / (1 - o) => 1 - o",
        "only-label-1": "np.log(1 / (1 - o)) => 0.0",
        "o-and-1-o-swapped": "y == 1 => y == 0",
        "log-base-2": "np.log( => np.log2(",
    },
    "cross_entropy_loss": {
        "minus-forgotten": "-np.dot => np.dot",
        "mean-over-classes": "np.log(o)) => np.log(o)) / len(o)",
        "label-forgotten": "-np.dot(y, np.log(o)) => -np.sum(np.log(o))",
        "binary-form": "-np.dot(y, np.log(o)) => -np.dot(y, np.log(o)) - np.dot(1 - y, np.log(1 - o))",
        "log-base-2": "np.log( => np.log2(",
    },
    "output_delta": {
        "half-squared-loss": "2 * o - 2 * y => 1.0 * (o - y)",
        "y-minus-o": "2 * o - 2 * y => 2 * y - 2 * o ;; o - y => y - o ;; o - np.asarray(y) => np.asarray(y) - o",
        "extra-o(1-o)": "return o - y\n => return (o - y) * o * (1 - o)\n",
        "f'-forgotten": "return o - y\n => return (o - y) / (o * (1 - o))\n",
        "softmax-forgotten": "o - np.asarray(y) => -np.asarray(y) / o",
        "only-the-right-class": "o - np.asarray(y) => (o - y) * y",
    },
    "hidden_deltas": {
        "f'-forgotten": "s * (a - a * a) => s",
        "a-for-f'": "s * (a - a * a) => s * a",
        "f'-at-a": "s * (a - a * a) => s * np.exp(-a) / (1 + np.exp(-a)) ** 2",
        "tanh-derivative": "a - a * a => 1 - a * a",
        "W-not-transposed": "deltas_next @ W_next => W_next @ deltas_next",
        "weights-forgotten": "deltas_next @ W_next => deltas_next.sum()",
    },
    "gradient": {
        "transposed": "i,j->ij => i,j->ji",
        "activations-forgotten": "deltas, a_prev) => deltas, np.ones(len(a_prev)))",
        "deltas-forgotten": "deltas, a_prev) => np.ones(len(deltas)), a_prev)",
    },
    "descent_step": {
        "uphill": "w - np.mul => w + np.mul",
        "no-learning-rate": "np.multiply(grad, alpha) => grad",
        "weight-as-its-own-rate": "np.multiply(grad, alpha) => np.multiply(grad, w)",
        "step-without-weights": "w - np.mul => -np.mul",
    },
    "minibatches": {
        "rest-dropped": "while len(X): => while len(X) >= size:",
        "empty-last-batch": "while len(X): => for _ in range(len(X) // size + 1):",
        "size-as-number-of-batches": "batches = [] => batches, size, parts = [], 0, iter([len(p) for p in np.array_split(y, size)])"
        " ;; while len(X):\n => for size in parts:\n",
        "labels-not-cut": "y[:size])) => y)) ;; X, y = X[size:], y[size:] => X = X[size:]",
    },
    "worked_example": {
        "weight-as-its-own-rate": "w - 0.5 * g * (w != 0) => w - w * g",
        "f'(z5)-with-a4": "(k * (1 - k)) => (k * (1 - k[0]))",
        "deltas-with-updated-weights": "d2 = C => C0 = C\n    C = up(C, d3 * k)\n    d2 = C ;; d1 = B.T => B0 = B\n"
        "    B = up(B, np.outer(d2, h))\n    d1 = B.T ;; , up(B, np.outer(d2, h)), up(C, d3 * k) => , B, C",
        "biases-not-updated": "up(c, d1) => c",
        "connections-out-of-nowhere": " * (w != 0) => ",
        "uphill": "w - 0.5 => w + 0.5",
        "no-learning-rate": "0.5 * g => g",
        "f'-forgotten": " * (k * (1 - k)) =>  ;;  * (h * (1 - h)) => ",
        "a-for-f'": "(k * (1 - k)) => k ;; (h * (1 - h)) => h",
        "f'-at-a": "(k * (1 - k)) => s(k) * (1 - s(k)) ;; (h * (1 - h)) => s(h) * (1 - s(h))",
        "squared-loss-delta": "o - 1 => (o - 1) * o * (1 - o)",
        "sigmoid-forgotten": "return 1 / (1 + np.exp(-z)) => return z",
    },
}
