"""Backpropagation for a classifier with arrays, and where each banked mistake is planted."""

import numpy as np


def softmax(a):
    e = np.exp(a - a.max())
    return e / e.sum()


def cross_entropy(y_hat, label):
    return -np.log(y_hat)[label]


def squared_error(Y_hat, Y):
    D = Y - Y_hat
    return np.einsum("ij,ij", D, D) / len(Y)


def output_gradient(y_hat, label):
    grad = 0 * y_hat
    grad[label] = -1 / y_hat[label]
    return grad


def output_preactivation_gradient(y_hat, label):
    return y_hat - np.eye(len(y_hat))[label]


def hidden_gradient(W_next, grad_a_next):
    return np.dot(grad_a_next, W_next)


def sig(v):
    return np.exp(v) / (1 + np.exp(v))


def preactivation_gradient(grad_h, a):
    h = sig(a)
    return grad_h * h * (1 - h)


def weight_gradient(grad_a, h_prev):
    return grad_a[:, np.newaxis] * h_prev


def bias_gradient(grad_a):
    return grad_a + 0.0


def forward_propagation(W, b, x):
    a, h = [], [x]
    for w, c in zip(W, b):
        a.append(w.dot(h[-1]) + c)
        h.append(sig(a[-1]))
    y_hat = softmax(a[-1])
    return h[1:-1], a, y_hat


def back_propagation(W, x, h, a, label, y_hat):
    g = y_hat.copy()
    g[label] -= 1
    below = [x] + list(h)
    dW, db = [None] * len(W), [None] * len(W)
    for k in range(len(W) - 1, -1, -1):
        dW[k] = np.outer(g, below[k])
        db[k] = g
        if k > 0:
            g = W[k].T @ g * below[k] * (1 - below[k])
    return dW, db


def gradient_descent(W, b, x, label, eta, iterations):
    W, b = list(W), list(b)
    for _ in range(iterations):
        h, a, y_hat = forward_propagation(W, b, x)
        dW, db = back_propagation(W, x, h, a, label, y_hat)
        W = [w - eta * g for w, g in zip(W, dW)]
        b = [c - eta * g for c, g in zip(b, db)]
    return W, b


PLANTS = {
    "softmax": {
        "not-normalised": "np.exp(a - a.max()) => np.exp(a) ;; return e / e.sum() => return e",
        "shifted-but-not-normalised": "return e / e.sum() => return e",
        "logistic": "return e / e.sum() => return 1 / (1 + np.exp(-a))",
        "no-exponential": "np.exp(a - a.max()) => a",
        "negative-exponent": "np.exp(a - a.max()) => np.exp(a.min() - a)",
        "winner-takes-all": "return e / e.sum() => return 1.0 * (e == 1)",
        "overflow": "np.exp(a - a.max()) => np.exp(a)",
    },
    "cross_entropy": {
        "label-one-off": "[label] => [label - 1]",
        "no-minus": "-np.log => np.log",
        "logarithm-to-base-2": "np.log( => np.log2(",
        "logarithm-to-base-10": "np.log( => np.log10(",
        "all-classes": "[label] => .sum()",
        "binary-for-every-class": "-np.log(y_hat)[label] => -np.log(y_hat)[label] - np.log(1 - np.delete(y_hat, label)).sum()",
        "divided-by-k": "[label] => [label] / len(y_hat)",
        "predicted-class": "[label] => [np.argmax(y_hat)]",
        "entropy": "-np.log(y_hat)[label] => -np.log(y_hat).dot(y_hat)",
        "no-logarithm": "-np.log(y_hat)[label] => 1 - y_hat[label]",
    },
    "squared_error": {
        "no-1/N": " / len(Y) => ",
        "mean-over-outputs-too": "/ len(Y) => / Y.size",
        "divided-by-k": "/ len(Y) => / len(Y[0])",
        "half": "/ len(Y) => / len(Y) / 2",
        "absolute-error": 'np.einsum("ij,ij", D, D) => np.abs(D).sum()',
        "root": 'return np.einsum("ij,ij", D, D) / len(Y) => return np.sqrt(np.einsum("ij,ij", D, D) / len(Y))',
        "summed-before-squared": 'np.einsum("ij,ij", D, D) => (D.sum(axis=1) ** 2).sum()',
        "one-number-per-example": 'np.einsum("ij,ij", D, D) / len(Y) => np.einsum("ij,ij->i", D, D)',
    },
    "output_gradient": {
        "label-one-off": "[label] => [label - 1]",
        "no-minus": "-1 / => 1 /",
        "every-class": "grad[label] = -1 / y_hat[label] => grad = -1 / y_hat",
        "not-divided": "-1 / y_hat[label] => -1",
        "one-number": "return grad => return grad[label]",
        "gradient-of-pre-activation": "return grad => return y_hat - np.eye(len(y_hat))[label]",
        "logarithm-kept": "-1 / y_hat[label] => -np.log(y_hat[label])",
    },
    "output_preactivation_gradient": {
        "label-one-off": "[label] => [label - 1]",
        "sign": "y_hat - np.eye(len(y_hat))[label] => np.eye(len(y_hat))[label] - y_hat",
        "label-forgotten": "y_hat - np.eye(len(y_hat))[label] => y_hat",
        "gradient-of-output": "y_hat - np.eye(len(y_hat))[label] => -np.eye(len(y_hat))[label] / y_hat",
        "derivative-of-softmax-twice": "y_hat - np.eye(len(y_hat))[label] => (y_hat - np.eye(len(y_hat))[label]) * y_hat * (1 - y_hat)",
        "label-entry-only": "y_hat - np.eye(len(y_hat))[label] => (y_hat - 1) * np.eye(len(y_hat))[label]",
    },
    "hidden_gradient": {
        "no-transpose": "np.dot(grad_a_next, W_next) => np.dot(W_next, grad_a_next)",
        "not-summed": "np.dot(grad_a_next, W_next) => grad_a_next[:, None] * W_next",
        "averaged": "np.dot(grad_a_next, W_next) => np.mean(grad_a_next[:, None] * W_next, axis=0)",
        "sign": "return np.dot => return -np.dot",
        "weights-forgotten": "np.dot(grad_a_next, W_next) => np.dot(grad_a_next, np.ones(W_next.shape))",
        "gradients-forgotten": "np.dot(grad_a_next, W_next) => np.dot(np.ones(len(grad_a_next)), W_next)",
    },
    "preactivation_gradient": {
        "no-derivative": " * h * (1 - h) => ",
        "derivative-at-a": "h = sig(a) => h = a",
        "activated-twice": "h = sig(a) => h = sig(sig(a))",
        "activation-for-derivative": " * (1 - h) => ",
        "derivative-of-tanh": "h * (1 - h) => (1 - h**2)",
        "derivative-of-relu": "h * (1 - h) => (a > 0)",
        "divided": "grad_h * h * (1 - h) => grad_h / (h * (1 - h))",
        "dot-product": "grad_h * h * (1 - h) => grad_h @ (h * (1 - h))",
    },
    "weight_gradient": {
        "transposed": "grad_a[:, np.newaxis] * h_prev => h_prev[:, np.newaxis] * grad_a",
        "dot-product": "grad_a[:, np.newaxis] * h_prev => grad_a @ h_prev",
        "entry-by-entry": "grad_a[:, np.newaxis] * h_prev => grad_a * h_prev",
        "sign": "return grad_a => return -grad_a",
        "with-derivative": "* h_prev => * h_prev**2 * (1 - h_prev)",
        "input-forgotten": "* h_prev => * np.ones(len(h_prev))",
    },
    "bias_gradient": {
        "summed": "grad_a + 0.0 => grad_a.sum()",
        "averaged": "grad_a + 0.0 => np.mean(grad_a)",
        "sign": "grad_a + 0.0 => 0.0 - grad_a",
        "ones": "grad_a + 0.0 => grad_a * 0 + 1",
    },
    "forward_propagation": {
        "no-bias": "w.dot(h[-1]) + c => w.dot(h[-1])",
        "bias-subtracted": "w.dot(h[-1]) + c => w.dot(h[-1]) - c",
        "linear-hidden-layers": "h.append(sig(a[-1])) => h.append(a[-1])",
        "tanh-in-hidden-layers": "h.append(sig(a[-1])) => h.append(np.tanh(a[-1]))",
        "relu-in-hidden-layers": "h.append(sig(a[-1])) => h.append(a[-1].clip(0))",
        "logistic-output": "y_hat = softmax(a[-1]) => y_hat = sig(a[-1])",
        "no-output-function": "y_hat = softmax(a[-1]) => y_hat = a[-1]",
        "output-in-h": "return h[1:-1] => return h[1:-1] + [y_hat]",
        "input-in-h": "return h[1:-1] => return h[:-1]",
        "a-without-output": ", a, y_hat => , a[:-1], y_hat",
    },
    "back_propagation": {
        "label-one-off": "g[label] -= 1 => g[label - 1] -= 1",
        "output-sign": "g[label] -= 1 => g[label] -= 1\n    g = -g",
        "softmax-skipped": "g = y_hat.copy() => g = 0 * y_hat ;; g[label] -= 1 => g[label] -= 1 / y_hat[label]",
        "derivative-at-the-output": "g[label] -= 1 => g[label] -= 1\n    g *= y_hat * (1 - y_hat)",
        "label-forgotten": "    g[label] -= 1\n => ",
        "no-derivative": " * below[k] * (1 - below[k]) => ",
        "derivative-at-a": " * below[k] * (1 - below[k]) =>  * a[k - 1] * (1 - a[k - 1])",
        "derivative-at-h": " * below[k] * (1 - below[k]) =>  * sig(below[k]) * (1 - sig(below[k]))",
        "activation-for-derivative": " * (1 - below[k]) => ",
        "derivative-of-tanh": " * below[k] * (1 - below[k]) =>  * (1 - below[k] ** 2)",
        "no-transpose": "W[k].T @ g => W[k] @ g",
        "weights-of-the-layer-below": "W[k].T @ g => W[k - 1].T @ g",
        "weight-gradients-transposed": "np.outer(g, below[k]) => np.outer(below[k], g)",
        "pre-activations-as-inputs": "np.outer(g, below[k]) => np.outer(g, ([x] + list(a))[k])",
        "bias-gradients-summed": "db[k] = g => db[k] = g.sum()",
        "last-layer-first": "return dW, db => return dW[::-1], db[::-1]",
    },
    "gradient_descent": {
        "ascent": "w - eta => w + eta ;; c - eta => c + eta",
        "no-eta": "eta * g => g",
        "biases-not-updated": "        b = [c - eta * g for c, g in zip(b, db)]\n => ",
        "weights-not-updated": "        W = [w - eta * g for w, g in zip(W, dW)]\n => ",
        "one-iteration": "range(iterations) => range(1)",
        "one-iteration-too-many": "range(iterations) => range(iterations + 1)",
        "one-iteration-too-few": "range(iterations) => range(1, iterations)",
        "gradients-of-the-first-step": "    for _ in range(iterations):\n        h, a, y_hat = forward_propagation(W, b, x)\n"
        "        dW, db = back_propagation(W, x, h, a, label, y_hat)\n => "
        "    h, a, y_hat = forward_propagation(W, b, x)\n"
        "    dW, db = back_propagation(W, x, h, a, label, y_hat)\n    for _ in range(iterations):\n",
        "updated-weights-used": "W = [w - eta * g for w, g in zip(W, dW)] => W[-1] = W[-1] - eta * dW[-1]"
        " ;; b = [c - eta * g for c, g in zip(b, db)] => b[-1] = b[-1] - eta * db[-1]\n"
        "        for k in range(len(W) - 2, -1, -1):\n"
        "            dW, db = back_propagation(W, x, h, a, label, y_hat)\n"
        "            W[k], b[k] = W[k] - eta * dW[k], b[k] - eta * db[k]",
    },
}
