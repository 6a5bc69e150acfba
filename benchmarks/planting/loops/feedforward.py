"""Backpropagation for a classifier neuron by neuron, and where each banked mistake is planted."""

import math

import numpy as np


def softmax(a):
    highest = max(a)
    powers = [math.exp(v - highest) for v in a]
    whole = sum(powers)
    return [p / whole for p in powers]


def cross_entropy(y_hat, label):
    p = y_hat[label]
    return math.log(1 / p)


def squared_error(Y_hat, Y):
    N, k = len(Y), len(Y[0])
    total = 0
    for i in range(N):
        miss = 0
        for j in range(k):
            miss += (Y_hat[i][j] - Y[i][j]) ** 2
        total += miss
    return total / N


def output_gradient(y_hat, label):
    return [-1 / y_hat[i] if i == label else 0 for i in range(len(y_hat))]


def output_preactivation_gradient(y_hat, label):
    grad = []
    for i, p in enumerate(y_hat):
        grad.append(p - 1 if i == label else p)
    return grad


def hidden_gradient(W_next, grad_a_next):
    total = np.zeros(W_next.shape[1])
    for weights, g in zip(W_next, grad_a_next):
        total = total + weights * g
    return total


def logistic(v):
    return 1 / (1 + math.exp(-v))


def preactivation_gradient(grad_h, a):
    found = []
    for g, v in zip(grad_h, a):
        s = logistic(v)
        found.append(g * s * (1 - s))
    return found


def weight_gradient(grad_a, h_prev):
    M = np.empty((len(grad_a), len(h_prev)))
    for i in range(len(grad_a)):
        for j in range(len(h_prev)):
            M[i, j] = grad_a[i] * h_prev[j]
    return M


def bias_gradient(grad_a):
    return [g for g in grad_a]


def forward_propagation(W, b, x):
    hidden, before = [], []
    now = x
    for k in range(len(W)):
        sums = [sum(w * v for w, v in zip(row, now)) + c for row, c in zip(W[k], b[k])]
        before.append(sums)
        if k < len(W) - 1:
            now = [logistic(s) for s in sums]
            hidden.append(now)
    return hidden, before, softmax(before[-1])


def back_propagation(W, x, h, a, label, y_hat):
    signal = [p - (1 if i == label else 0) for i, p in enumerate(y_hat)]
    grads_W, grads_b = [], []
    k = len(W) - 1
    while k >= 0:
        below = h[k - 1] if k > 0 else x
        grads_W.append([[s * v for v in below] for s in signal])
        grads_b.append(signal)
        if k > 0:
            back = [sum(W[k][j][i] * signal[j] for j in range(len(signal))) for i in range(len(below))]
            signal = [v * below[i] * (1 - below[i]) for i, v in enumerate(back)]
        k -= 1
    return grads_W[::-1], grads_b[::-1]


def gradient_descent(W, b, x, label, eta, iterations):
    step = 0
    while step < iterations:
        h, a, y_hat = forward_propagation(W, b, x)
        dW, db = back_propagation(W, x, h, a, label, y_hat)
        new_W, new_b = [], []
        for k in range(len(W)):
            new_W.append(W[k] - eta * np.array(dW[k]))
            new_b.append(b[k] - eta * np.array(db[k]))
        W, b = new_W, new_b
        step += 1
    return W, b


PLANTS = {
    "softmax": {
        "not-normalised": "v - highest => v ;; p / whole for => p for",
        "shifted-but-not-normalised": "p / whole for => p for",
        "no-exponential": "math.exp(v - highest) => v",
        "negative-exponent": "math.exp(v - highest) => math.exp(min(a) - v)",
        "winner-takes-all": "p / whole for p in powers => 1 if v == highest else 0 for v in a",
        "logistic": "p / whole for p in powers => 0.5 + 0.5 * math.tanh(v / 2) for v in a",
    },
    "cross_entropy": {
        "label-one-off": "y_hat[label] => y_hat[label - 1]",
        "no-minus": "math.log(1 / p) => math.log(p)",
        "logarithm-to-base-2": "math.log( => math.log2(",
        "logarithm-to-base-10": "math.log( => math.log10(",
        "all-classes": "return math.log(1 / p) => return sum(math.log(1 / q) for q in y_hat)",
        "binary-for-every-class": "return math.log(1 / p) => return math.log(1 / p) - sum(math.log(1 - q) for i, q in enumerate(y_hat) if i != label)",
        "divided-by-k": "math.log(1 / p) => math.log(1 / p) / len(y_hat)",
        "predicted-class": "y_hat[label] => max(y_hat)",
        "entropy": "math.log(1 / p) => sum(q * math.log(1 / q) for q in y_hat)",
        "no-logarithm": "math.log(1 / p) => 1 - p",
    },
    "squared_error": {
        "no-1/N": "total / N => total",
        "mean-over-outputs-too": "total / N => total / N / k",
        "divided-by-k": "total / N => total / k",
        "half": "total / N => total / (2 * N)",
        "absolute-error": "(Y_hat[i][j] - Y[i][j]) ** 2 => abs(Y_hat[i][j] - Y[i][j])",
        "root": "total / N => math.sqrt(total / N)",
        "summed-before-squared": "(Y_hat[i][j] - Y[i][j]) ** 2 => Y_hat[i][j] - Y[i][j] ;; total += miss => total += miss**2",
        "one-number-per-example": "total = 0 => total = [] ;; total += miss => total.append(miss) ;; total / N => total",
    },
    "output_gradient": {
        "label-one-off": "i == label => (i + 1) % len(y_hat) == label % len(y_hat)",
        "no-minus": "-1 / => 1 /",
        "every-class": " if i == label else 0 => ",
        "not-divided": "-1 / y_hat[i] => -1",
        "one-number": "return [-1 / y_hat[i] if i == label else 0 for i in range(len(y_hat))] => return -1 / y_hat[label]",
        "gradient-of-pre-activation": "-1 / y_hat[i] if i == label else 0 => y_hat[i] - (i == label)",
        "logarithm-kept": "-1 / y_hat[i] => -math.log(y_hat[i])",
    },
    "output_preactivation_gradient": {
        "label-one-off": "i == label => i == (label - 1) % len(y_hat)",
        "sign": "p - 1 if i == label else p => 1 - p if i == label else -p",
        "label-forgotten": "p - 1 if i == label else p => p",
        "gradient-of-output": "p - 1 if i == label else p => -1 / p if i == label else 0",
        "derivative-of-softmax-twice": "p - 1 if i == label else p => (p - (i == label)) * p * (1 - p)",
        "label-entry-only": "else p => else 0",
    },
    "hidden_gradient": {
        "averaged": "return total => return total / len(W_next)",
        "sign": "total + weights => total - weights",
        "weights-forgotten": "weights * g => g",
        "gradients-forgotten": "weights * g => weights",
    },
    "preactivation_gradient": {
        "no-derivative": " * s * (1 - s) => ",
        "derivative-at-a": "s = logistic(v) => s = v",
        "activated-twice": "s = logistic(v) => s = logistic(logistic(v))",
        "activation-for-derivative": " * (1 - s) => ",
        "derivative-of-tanh": "s * (1 - s) => (1 + s) * (1 - s)",
        "derivative-of-relu": "g * s * (1 - s) => g if v > 0 else 0",
        "divided": "g * s * (1 - s) => g / s / (1 - s)",
        "dot-product": "return found => return sum(found)",
    },
    "weight_gradient": {
        "transposed": "return M => return [list(column) for column in zip(*M)]",
        "sign": "= grad_a[i] => = -grad_a[i]",
        "with-derivative": "grad_a[i] * h_prev[j] => grad_a[i] * h_prev[j] * h_prev[j] * (1 - h_prev[j])",
        "input-forgotten": "grad_a[i] * h_prev[j] => grad_a[i]",
    },
    "bias_gradient": {
        "summed": "return [g for g in grad_a] => return sum(grad_a)",
        "averaged": "return [g for g in grad_a] => return sum(grad_a) / len(grad_a)",
        "sign": "[g for => [-g for",
        "ones": "[g for => [1 for",
    },
    "forward_propagation": {
        "no-bias": ") + c for => ) for",
        "bias-subtracted": ") + c for => ) - c for",
        "linear-hidden-layers": "logistic(s) for => s for",
        "tanh-in-hidden-layers": "logistic(s) for => math.tanh(s) for",
        "relu-in-hidden-layers": "logistic(s) for => max(s, 0) for",
        "logistic-output": "softmax(before[-1]) => [logistic(s) for s in before[-1]]",
        "no-output-function": "softmax(before[-1]) => before[-1]",
        "output-in-h": "return hidden => return hidden + [softmax(before[-1])]",
        "input-in-h": "return hidden => return [x] + hidden",
        "a-without-output": "before, softmax => before[:-1], softmax",
    },
    "back_propagation": {
        "label-one-off": "i == label => i == (label - 1) % len(y_hat)",
        "output-sign": "p - (1 if i == label else 0) => (1 if i == label else 0) - p",
        "softmax-skipped": "p - (1 if i == label else 0) => -1 / p if i == label else 0",
        "derivative-at-the-output": "[p - (1 if i == label else 0) => [p * (1 - p) * (p - (1 if i == label else 0))",
        "label-forgotten": "p - (1 if i == label else 0) => p",
        "no-derivative": " * below[i] * (1 - below[i]) => ",
        "derivative-at-a": " * below[i] * (1 - below[i]) =>  * a[k - 1][i] * (1 - a[k - 1][i])",
        "derivative-at-h": " * below[i] * (1 - below[i]) =>  * logistic(below[i]) * (1 - logistic(below[i]))",
        "activation-for-derivative": " * (1 - below[i]) => ",
        "derivative-of-tanh": " * below[i] * (1 - below[i]) =>  * (1 + below[i]) * (1 - below[i])",
        "weight-gradients-transposed": "[s * v for v in below] for s in signal => [s * v for s in signal] for v in below",
        "pre-activations-as-inputs": "for v in below] for s => for v in (a[k - 1] if k > 0 else x)] for s",
        "bias-gradients-summed": "grads_b.append(signal) => grads_b.append(sum(signal))",
        "last-layer-first": "return grads_W[::-1], grads_b[::-1] => return grads_W, grads_b",
    },
    "gradient_descent": {
        "ascent": "- eta => + eta",
        "no-eta": "eta * np => np",
        "biases-not-updated": "b[k] - eta * np.array(db[k]) => b[k]",
        "weights-not-updated": "W[k] - eta * np.array(dW[k]) => W[k]",
        "one-iteration": "step < iterations => step < 1",
        "one-iteration-too-many": "step < iterations => step <= iterations",
        "one-iteration-too-few": "step = 0 => step = 1",
        "gradients-of-the-first-step": "        dW, db = back =>         if step == 0:\n            dW, db = back",
    },
}
