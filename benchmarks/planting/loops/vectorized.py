"""Networks one example after another, and where each banked mistake is planted."""

import math

import numpy as np


def parameter_count(sizes):
    total = 0
    for layer in range(1, len(sizes)):
        total += sizes[layer] * (sizes[layer - 1] + 1)
    return total


def forward(W, b, X):
    layers = [[] for _ in W]
    for x in X.T:
        for k in range(len(W)):
            z = W[k] @ x + b[k].ravel()
            if k < len(W) - 1:
                x = np.array([v if v > 0 else 0.0 for v in z])  # noqa: PLW2901
            else:
                powers = [math.exp(v) for v in z]
                x = np.array([p / sum(powers) for p in powers])  # noqa: PLW2901
            layers[k].append(x)
    return [np.array(columns).T for columns in layers]


def cost(W, A_out, Y, alpha):
    K, m = Y.shape
    total = 0.0
    for i in range(m):
        for k in range(K):
            total -= Y[k, i] * math.log(A_out[k, i])
    total /= m
    for matrix in W:
        for weight in matrix.ravel():
            total += alpha / 2 * weight**2
    return total


def gradients(W, A, first):
    m = A[0].shape[1]
    dW, db = [0 * w for w in W], [np.zeros((len(w), 1)) for w in W]
    for i in range(m):
        delta = first[:, i]
        for k in range(len(W) - 1, -1, -1):
            dW[k] = dW[k] + np.outer(delta, A[k][:, i]) / m
            db[k] = db[k] + delta.reshape(-1, 1) / m
            if k > 0:
                delta = np.array([g if v > 0 else 0.0 for g, v in zip(delta @ W[k], A[k][:, i])])
    return dW, db


def backward(W, A, Y, alpha):
    dW, db = gradients(W, A, A[-1] - Y)
    return [g + alpha * w for g, w in zip(dW, W)], db


def regression_backward(W, A, Y):
    dW, db = gradients(W, A, A[-1] - Y)
    return dW, db


GRADIENTS = {
    "no-1/m": " / m => ",
    "no-1/m-in-the-weights": "A[k][:, i]) / m => A[k][:, i])",
    "no-1/m-in-the-biases": "delta.reshape(-1, 1) / m => delta.reshape(-1, 1)",
    "no-derivative": "g if v > 0 else 0.0 for => g for",
    "activation-for-derivative": "g if v > 0 else 0.0 for => g * v for",
    "derivative-of-the-logistic-function": "g if v > 0 else 0.0 for => g * v * (1 - v) for",
    "weight-gradients-transposed": "np.outer(delta, A[k][:, i]) => np.outer(A[k][:, i], delta) ;; 0 * w for => 0 * w.T for",
    "sign": "A[-1] - Y => Y - A[-1]",
    "divided-by-m-twice": "first[:, i] => first[:, i] / m",
    "biases-as-vectors": "return dW, db\n\n\ndef backward => return dW, [g.ravel() for g in db]\n\n\ndef backward",
}
PLANTS = {
    "parameter_count": {
        "no-biases": "(sizes[layer - 1] + 1) => sizes[layer - 1]",
        "biases-of-the-inputs": "total = 0 => total = sizes[0]",
        "one-bias-per-layer": "(sizes[layer - 1] + 1) => sizes[layer - 1] + 1",
        "biases-of-the-layer-below": "sizes[layer] * (sizes[layer - 1] + 1) => (sizes[layer] + 1) * sizes[layer - 1]",
        "last-layer-left-out": "len(sizes)) => len(sizes) - 1)",
        "first-layer-left-out": "range(1, => range(2,",
        "units-counted": "return total => return sum(sizes)",
    },
    "forward": {
        "no-output-function": "x = np.array([p / sum(powers) for p in powers]) => x = z",
        "relu-output": "if k < len(W) - 1: => if True:",
        "logistic-output": "p / sum(powers) for p in powers => 1 / (1 + math.exp(-v)) for v in z",
        "no-hidden-activation": "v if v > 0 else 0.0 for => v for",
        "logistic-hidden-layers": "v if v > 0 else 0.0 for => 1 / (1 + math.exp(-v)) for",
        "tanh-hidden-layers": "v if v > 0 else 0.0 for => math.tanh(v) for",
        "no-bias": " + b[k].ravel() => ",
        "input-in-the-list": "return [np => return [X] + [np",
        "output-only": "return [np.array(columns).T for columns in layers] => return np.array(layers[-1]).T",
        "output-first": "for columns in layers] => for columns in reversed(layers)]",
    },
    "cost": {
        "no-1/m": "    total /= m\n => ",
        "mean-of-all-entries": "total /= m => total /= m * K",
        "divided-by-K": "total /= m => total /= K",
        "no-minus": "total -= => total +=",
        "logarithm-to-base-2": "math.log( => math.log2(",
        "logarithm-to-base-10": "math.log( => math.log10(",
        "labels-forgotten": "total -= Y[k, i] * math => total -= math",
        "binary-for-every-class": "total -= Y[k, i] * math.log(A_out[k, i]) => total -= math.log(A_out[k, i] if Y[k, i] else 1 - A_out[k, i])",
        "no-regularisation": "total += alpha / 2 * weight**2 => total += 0",
        "penalty-without-half": "alpha / 2 => alpha",
        "penalty-over-m": "alpha / 2 => alpha / 2 / m",
        "penalty-subtracted": "total += alpha => total -= alpha",
        "absolute-weights": "weight**2 => abs(weight)",
        "last-layer-penalised-only": "in W: => in W[-1:]:",
        "first-layer-penalised-only": "in W: => in W[:1]:",
    },
    "backward": GRADIENTS
    | {
        "derivative-at-the-output": "A[-1] - Y => (A[-1] - Y) * A[-1] * (1 - A[-1])",
        "no-regularisation": "g + alpha * w for => g for",
        "penalty-doubled": "alpha * w for => 2 * alpha * w for",
        "penalty-halved": "alpha * w for => alpha / 2 * w for",
        "penalty-subtracted": "g + alpha => g - alpha",
        "penalty-over-m": "alpha * w for => alpha / Y.shape[1] * w for",
        "last-layer-first": "zip(dW, W)], db => zip(dW, W)][::-1], db[::-1]",
        "weight-gradients-transposed": "g + alpha * w for => (g + alpha * w).T for",
    },
    "regression_backward": GRADIENTS
    | {
        "no-half": "A[-1] - Y => 2 * (A[-1] - Y)",
        "divided-by-outputs-too": "A[-1] - Y => (A[-1] - Y) / len(Y)",
        "relu-at-the-output": "A[-1] - Y => (A[-1] - Y) * (A[-1] > 0)",
        "last-layer-first": "return dW, db => return dW[::-1], db[::-1]",
    },
}
