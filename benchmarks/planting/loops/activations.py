"""Activations one number at a time, and where each banked mistake is planted."""

import math

import numpy as np


def each(g, z):
    return [[g(v) for v in row] for row in z] if np.ndim(z) == 2 else [g(v) for v in z]


def logistic(v):
    if v < 0:
        return math.exp(v) / (math.exp(v) + 1)
    return 1 / (1 + math.exp(-v))


def softer(v):
    return max(v, 0) + math.log(1 + math.exp(-abs(v)))


def step(z):
    def g(v):
        return 1 if v >= 0 else 0

    return each(g, z)


def sigmoid(z):
    def g(v):
        return logistic(v)

    return each(g, z)


def sigmoid_derivative(z):
    def g(v):
        return logistic(v) * logistic(-v)

    return each(g, z)


def tanh_derivative(z):
    def g(v):
        return 1 / math.cosh(v) ** 2

    return each(g, z)


def relu(z):
    def g(v):
        return v if v > 0 else 0

    return each(g, z)


def relu_derivative(z):
    def g(v):
        return 1 if v > 0 else 0

    return each(g, z)


def leaky_relu(z, alpha):
    def g(v):
        return v if v > 0 else alpha * v

    return each(g, z)


def leaky_relu_derivative(z, alpha):
    def g(v):
        return 1 if v > 0 else alpha

    return each(g, z)


def absolute_relu(z):
    def g(v):
        return v if v > 0 else -v

    return each(g, z)


def absolute_relu_derivative(z):
    def g(v):
        return 1 if v > 0 else -1

    return each(g, z)


def softplus(z):
    def g(v):
        return softer(v)

    return each(g, z)


def softplus_derivative(z):
    def g(v):
        return logistic(v)

    return each(g, z)


def maxout(a):
    best = []
    for column in range(len(a[0])):
        top = a[0][column]
        for row in a:
            if row[column] > top:
                top = row[column]
        best.append(top)
    return best


PLANTS = {
    "step": {
        "zero-at-zero": "v >= 0 => v > 0",
        "half-at-zero": "1 if v >= 0 => 0.5 if v == 0 else 1 if v > 0",
        "sign-function": "else 0 => else -1",
        "sign-function-with-zero": "1 if v >= 0 else 0 => 0 if v == 0 else v / abs(v)",
        "reversed": "v >= 0 => v < 0",
        "ramp": "return 1 if => return v if",
    },
    "sigmoid": {
        "sign-of-exponent": "return logistic(v) => return logistic(-v)",
        "tanh": "return logistic(v) => return math.tanh(v)",
        "derivative-returned": "return logistic(v) => return logistic(v) * logistic(-v)",
        "minus-in-denominator": "1 + math.exp(-v) => 1 - math.exp(-v) ;; (math.exp(v) + 1) => (math.exp(v) - 1)",
    },
    "sigmoid_derivative": {
        "function-returned": " * logistic(-v) => ",
        "derivative-at-a": "return logistic(v) * logistic(-v) => return v * (1 - v)",
        "activated-twice": "return logistic(v) => v = logistic(v)\n        return logistic(v)",
        "plus": "return logistic(v) * logistic(-v) => return logistic(v) * (1 + logistic(v))",
        "negative": "return logistic(v) => return -logistic(v)",
        "derivative-of-tanh": "return logistic(v) * logistic(-v) => return (1 - logistic(v)) * (1 + logistic(v))",
        "not-multiplied": "return logistic(v) * logistic(-v) => return logistic(-v)",
    },
    "tanh_derivative": {
        "function-returned": "1 / math.cosh(v) ** 2 => math.tanh(v)",
        "derivative-at-a": "1 / math.cosh(v) ** 2 => (1 - v) * (1 + v)",
        "activated-twice": "math.cosh(v) => math.cosh(math.tanh(v))",
        "not-squared": "1 / math.cosh(v) ** 2 => 1 - math.tanh(v)",
        "plus": "1 / math.cosh(v) ** 2 => 1 + math.tanh(v) ** 2",
        "rule-of-the-logistic-function": "1 / math.cosh(v) ** 2 => math.tanh(v) * (1 - math.tanh(v))",
        "negative": "1 / math.cosh(v) ** 2 => -1 / math.cosh(v) ** 2",
    },
    "relu": {
        "minimum": "v > 0 => v < 0",
        "absolute-value": "else 0 => else -v",
        "step": "return v if => return 1 if",
        "leak": "else 0 => else v * 0.01",
        "identity": "else 0 => else v",
        "capped-at-1": "return v if v > 0 else 0 => return min(v, 1) if v > 0 else 0",
    },
    "relu_derivative": {
        "function-returned": "return 1 if => return v if",
        "sign-function": "else 0 => else -1",
        "leak": "else 0 => else 0.01",
        "always-1": "else 0 => else 1",
        "reversed": "v > 0 => v < 0",
    },
    "leaky_relu": {
        "no-leak": "alpha * v => 0",
        "fixed-leak": "alpha * v => 0.01 * v",
        "leak-everywhere": "return v if => return alpha * v if",
        "wrong-side": "v > 0 => v < 0",
        "leak-upwards": "alpha * v => -alpha * v",
        "leak-not-multiplied-by-z": "alpha * v => alpha",
        "maximum-with-alpha": "v if v > 0 else alpha * v => max(v, alpha)",
    },
    "leaky_relu_derivative": {
        "function-returned": "1 if v > 0 else alpha => v if v > 0 else alpha * v",
        "no-leak": "else alpha => else 0",
        "fixed-leak": "else alpha => else 0.01",
        "alpha-times-z": "else alpha => else alpha * v",
        "wrong-side": "v > 0 => v < 0",
        "leak-upwards": "else alpha => else -alpha",
        "leak-added": "return 1 if => return 1 + alpha if",
    },
    "absolute_relu": {
        "relu": "else -v => else 0",
        "negative": "v if v > 0 else -v => -v if v > 0 else v",
        "identity": "else -v => else v",
        "negative-part-only": "return v if => return 0 if",
        "norm": "return each(g, z) => return math.sqrt(sum(v * v for v in np.ravel(z)))",
    },
    "absolute_relu_derivative": {
        "derivative-of-relu": "else -1 => else 0",
        "always-1": "else -1 => else 1",
        "function-returned": "1 if v > 0 else -1 => v if v > 0 else -v",
        "reversed": "v > 0 => v < 0",
        "z-returned": "1 if v > 0 else -1 => v",
    },
    "softplus": {
        "no-1": "return softer(v) => return v",
        "no-logarithm": "return softer(v) => return 1 + math.exp(v)",
        "sign-of-exponent": "return softer(v) => return softer(-v)",
        "logarithm-to-base-2": "return softer(v) => return softer(v) / math.log(2)",
        "logarithm-to-base-10": "return softer(v) => return softer(v) * math.log10(math.e)",
        "relu": "return softer(v) => return max(v, 0)",
        "overflow": "return softer(v) => return math.log(1 + math.exp(v))",
    },
    "softplus_derivative": {
        "function-returned": "return logistic(v) => return softer(v)",
        "no-inner-derivative": "return logistic(v) => return 1 - logistic(v)",
        "differentiated-twice": "return logistic(v) => return logistic(v) * (1 - logistic(v))",
        "derivative-of-relu": "return logistic(v) => return 1 if v > 0 else 0",
        "overflow": "return logistic(v) => return math.exp(v) / (1 + math.exp(v))",
        "inner-derivative-only": "return logistic(v) => return math.exp(v)",
    },
    "maxout": {
        "wrong-axis": "    for column in =>     a = np.transpose(a)\n    for column in",
        "maximum-of-everything": "return best => return max(best)",
        "rectified": "top = a[0][column]\n => top = 0\n",
        "position": "best.append(top) => best.append([row[column] for row in a].index(top))",
        "minimum": "row[column] > top => row[column] < top",
        "largest-absolute-value": "top = a[0][column]\n => top = 0\n ;; if row[column] > top: => if abs(row[column]) > top: ;; top = row[column]\n => top = abs(row[column])\n",
        "sum": "top = a[0][column]\n => top = 0\n ;;             if row[column] > top:\n                top = row[column] =>             top += row[column]",
        "mean": "best.append(top) => best.append(sum(row[column] for row in a) / len(a))",
    },
}
