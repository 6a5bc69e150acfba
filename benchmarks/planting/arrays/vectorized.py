"""Networks on all examples at once, and where each banked mistake is planted."""

import numpy as np


def parameter_count(sizes):
    below, above = np.array(sizes[:-1]), np.array(sizes[1:])
    return below @ above + above.sum()


def squash(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def forward(W, b, X):
    A = [X]
    for w, c in zip(W, b):
        A.append(np.maximum(w @ A[-1] + c, 0))
    A[-1] = squash(w @ A[-2] + c)
    return A[1:]


def cost(W, A_out, Y, alpha):
    m = Y.shape[1]
    data = -np.log(A_out[Y == 1]).sum() / m
    penalty = sum(np.square(w).sum() for w in W)
    return data + 0.5 * alpha * penalty


def backward(W, A, Y, alpha):
    m = Y.shape[1]
    D = A[-1] - Y
    gW, gb = [], []
    for l in reversed(range(len(W))):
        gW.append(D @ A[l].T / m + alpha * W[l])
        gb.append(D.sum(axis=1, keepdims=True) / m)
        D = (W[l].T @ D) * (A[l] > 0)
    return gW[::-1], gb[::-1]


def regression_backward(W, A, Y):
    m = len(Y[0])
    D = A[-1] - Y
    gW, gb = [], []
    for l in reversed(range(len(W))):
        gW.append(D @ A[l].T / m)
        gb.append(D.sum(axis=1, keepdims=True) / m)
        D = (W[l].T @ D) * np.sign(A[l].clip(0))
    return gW[::-1], gb[::-1]


GRADIENTS = {
    "no-1/m-in-the-biases": "keepdims=True) / m => keepdims=True)",
    "biases-averaged-over-units": "D.sum(axis=1, keepdims=True) / m => D.mean(axis=0, keepdims=True)",
    "biases-not-averaged": "D.sum(axis=1, keepdims=True) / m => D",
    "biases-as-vectors": "D.sum(axis=1, keepdims=True) => D.sum(axis=1)",
    "no-transpose": "W[l].T @ D => W[l] @ D",
    "weights-of-the-layer-below": "W[l].T @ D => W[l - 1].T @ D",
    "sign": "A[-1] - Y => Y - A[-1]",
    "divided-by-m-twice": "A[-1] - Y => (A[-1] - Y) / m",
    "last-layer-first": "gW[::-1], gb[::-1] => gW, gb",
}
PLANTS = {
    "parameter_count": {
        "no-biases": " + above.sum() => ",
        "biases-of-the-inputs": "above.sum() => sum(sizes)",
        "one-bias-per-layer": "above.sum() => len(above)",
        "biases-of-the-layer-below": "above.sum() => below.sum()",
        "last-layer-left-out": "sizes[:-1]), np.array(sizes[1:]) => sizes[:-2]), np.array(sizes[1:-1])",
        "first-layer-left-out": "sizes[:-1]), np.array(sizes[1:]) => sizes[1:-1]), np.array(sizes[2:])",
        "units-counted": "below @ above + above.sum() => sum(sizes)",
    },
    "forward": {
        "softmax-over-examples": "axis=0)\n => axis=1, keepdims=True)\n ;; Z.max(axis=0) => Z.max()",
        "softmax-over-everything": "E.sum(axis=0) => E.sum() ;; Z.max(axis=0) => Z.max()",
        "no-output-function": "squash(w @ A[-2] + c) => w @ A[-2] + c",
        "relu-output": "    A[-1] = squash(w @ A[-2] + c)\n => ",
        "logistic-output": "squash(w @ A[-2] + c) => 1 / (1 + np.exp(-w @ A[-2] - c))",
        "no-hidden-activation": "np.maximum(w @ A[-1] + c, 0) => w @ A[-1] + c",
        "logistic-hidden-layers": "np.maximum(w @ A[-1] + c, 0) => 1 / (1 + np.exp(-w @ A[-1] - c))",
        "tanh-hidden-layers": "np.maximum(w @ A[-1] + c, 0) => np.tanh(w @ A[-1] + c)",
        "no-bias": "@ A[-1] + c => @ A[-1] ;; @ A[-2] + c => @ A[-2]",
        "input-in-the-list": "return A[1:] => return A",
        "output-only": "return A[1:] => return A[-1]",
        "output-first": "return A[1:] => return A[:0:-1]",
    },
    "cost": {
        "no-1/m": ".sum() / m => .sum()",
        "mean-of-all-entries": ".sum() / m => .sum() / Y.size",
        "divided-by-K": ".sum() / m => .sum() / len(Y)",
        "no-minus": "data = -np => data = np",
        "logarithm-to-base-2": "np.log( => np.log2(",
        "logarithm-to-base-10": "np.log( => np.log10(",
        "labels-forgotten": "A_out[Y == 1] => A_out",
        "binary-for-every-class": ".sum() / m => .sum() / m - np.log(1 - A_out[Y == 0]).sum() / m",
        "no-regularisation": "data + 0.5 * alpha * penalty => data",
        "penalty-without-half": "0.5 * alpha => alpha",
        "penalty-over-m": "0.5 * alpha * penalty => 0.5 * alpha * penalty / m",
        "penalty-subtracted": "data + 0.5 => data - 0.5",
        "norm-not-squared": "np.square(w).sum() => np.linalg.norm(w)",
        "absolute-weights": "np.square(w) => np.abs(w)",
        "last-layer-penalised-only": "for w in W) => for w in W[-1:])",
        "first-layer-penalised-only": "for w in W) => for w in W[:1])",
    },
    "backward": GRADIENTS
    | {
        "no-1/m": " / m => ",
        "no-1/m-in-the-weights": "A[l].T / m => A[l].T",
        "no-derivative": " * (A[l] > 0) => ",
        "activation-for-derivative": "* (A[l] > 0) => * A[l]",
        "derivative-of-the-logistic-function": "* (A[l] > 0) => * A[l] * (1 - A[l])",
        "derivative-at-the-output": "A[-1] - Y => (A[-1] - Y) * A[-1] * (1 - A[-1])",
        "no-regularisation": " + alpha * W[l] => ",
        "penalty-doubled": "alpha * W[l] => 2 * alpha * W[l]",
        "penalty-halved": "alpha * W[l] => alpha * W[l] / 2",
        "penalty-subtracted": "+ alpha * W[l] => - alpha * W[l]",
        "penalty-over-m": "alpha * W[l] => alpha * W[l] / m",
        "weight-gradients-transposed": "D @ A[l].T / m + alpha * W[l] => (D @ A[l].T / m + alpha * W[l]).T",
    },
    "regression_backward": GRADIENTS
    | {
        "no-1/m": " / m => ",
        "no-1/m-in-the-weights": "A[l].T / m => A[l].T",
        "no-derivative": " * np.sign(A[l].clip(0)) => ",
        "activation-for-derivative": "* np.sign(A[l].clip(0)) => * A[l]",
        "derivative-of-the-logistic-function": "* np.sign(A[l].clip(0)) => * A[l] * (1 - A[l])",
        "no-half": "A[-1] - Y => 2 * (A[-1] - Y)",
        "divided-by-outputs-too": "m = len(Y[0]) => m = Y.size",
        "relu-at-the-output": "A[-1] - Y => (A[-1] - Y) * (A[-1] > 0)",
        "weight-gradients-transposed": "D @ A[l].T / m => A[l] @ D.T / m",
    },
}
