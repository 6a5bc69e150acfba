"""Activations with masks and whole arrays, and where each banked mistake is planted."""

import numpy as np


def step(z):
    return np.heaviside(z, 1.0)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def sigmoid_derivative(z):
    s = sigmoid(z)
    return s - s**2


def tanh_derivative(z):
    t = np.tanh(z)
    return 1 - t * t


def relu(z):
    return z * (z > 0)


def relu_derivative(z):
    on = np.zeros(z.shape)
    on[z > 0] = 1.0
    return on


def leaky_relu(z, alpha):
    return np.where(z < 0, alpha * z, z)


def leaky_relu_derivative(z, alpha):
    return np.where(z < 0, alpha, 1.0)


def absolute_relu(z):
    return np.sqrt(z**2)


def absolute_relu_derivative(z):
    return 2.0 * (z > 0) - 1


def softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def softplus_derivative(z):
    return sigmoid(z)


def maxout(a):
    return np.sort(a, axis=0)[-1]


PLANTS = {
    "step": {
        "zero-at-zero": "np.heaviside(z, 1.0) => np.heaviside(z, 0.0)",
        "half-at-zero": "np.heaviside(z, 1.0) => np.heaviside(z, 0.5)",
        "sign-function": "np.heaviside(z, 1.0) => 2 * np.heaviside(z, 1.0) - 1",
        "sign-function-with-zero": "np.heaviside(z, 1.0) => np.sign(z)",
        "reversed": "np.heaviside(z, 1.0) => 1 - np.heaviside(z, 1.0)",
        "ramp": "np.heaviside(z, 1.0) => z * np.heaviside(z, 1.0)",
    },
    "sigmoid": {
        "sign-of-exponent": "np.exp(-np.logaddexp(0, -z)) => np.exp(-np.logaddexp(0, z))",
        "tanh": "np.exp(-np.logaddexp(0, -z)) => np.tanh(z)",
        "derivative-returned": "np.exp(-np.logaddexp(0, -z)) => np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z))",
        "minus-in-denominator": "np.exp(-np.logaddexp(0, -z)) => 1 / (1 - np.exp(-z))",
        "normalised-over-the-array": "np.exp(-np.logaddexp(0, -z)) => np.exp(z - z.max()) / np.exp(z - z.max()).sum()",
        "overflow": "np.exp(-np.logaddexp(0, -z)) => np.exp(z) / (np.exp(z) + 1)",
    },
    "sigmoid_derivative": {
        "function-returned": "s - s**2 => s",
        "derivative-at-a": "s = sigmoid(z) => s = z",
        "activated-twice": "s = sigmoid(z) => s = sigmoid(sigmoid(z))",
        "plus": "s - s**2 => s + s**2",
        "negative": "s - s**2 => s**2 - s",
        "derivative-of-tanh": "s - s**2 => 1 - s**2",
        "not-multiplied": "s - s**2 => 1 - s",
        "overflow": "s = sigmoid(z) => s = np.exp(z) / (np.exp(z) + 1)",
        "overflow-below": "s - s**2 => np.exp(-z) / (1 + np.exp(-z)) ** 2",
    },
    "tanh_derivative": {
        "function-returned": "1 - t * t => t",
        "derivative-at-a": "t = np.tanh(z) => t = z",
        "activated-twice": "t = np.tanh(z) => t = np.tanh(np.tanh(z))",
        "not-squared": "1 - t * t => 1 - t",
        "plus": "1 - t * t => 1 + t * t",
        "rule-of-the-logistic-function": "1 - t * t => t - t * t",
        "negative": "1 - t * t => t * t - 1",
    },
    "relu": {
        "minimum": "z > 0 => z < 0",
        "absolute-value": "z * (z > 0) => z * (z > 0) - z * (z < 0)",
        "step": "z * (z > 0) => 1.0 * (z > 0)",
        "leak": "z * (z > 0) => z * (z > 0) + z * (z < 0) / 100",
        "identity": "z * (z > 0) => z * (z == z)",
        "capped-at-1": "z * (z > 0) => np.clip(z, 0, 1)",
    },
    "relu_derivative": {
        "function-returned": "on[z > 0] = 1.0 => on[z > 0] = z[z > 0]",
        "sign-function": "np.zeros(z.shape) => -np.ones(z.shape)",
        "leak": "np.zeros(z.shape) => np.full(z.shape, 0.01)",
        "always-1": "np.zeros(z.shape) => np.ones(z.shape)",
        "reversed": "z > 0 => z < 0",
    },
    "leaky_relu": {
        "no-leak": "alpha * z => 0 * z",
        "fixed-leak": "alpha * z => z / 100",
        "leak-everywhere": "alpha * z, z) => alpha * z, alpha * z)",
        "wrong-side": "z < 0 => z > 0",
        "leak-upwards": "alpha * z, => -alpha * z,",
        "leak-not-multiplied-by-z": "alpha * z => alpha",
        "maximum-with-alpha": "np.where(z < 0, alpha * z, z) => np.maximum(alpha, z)",
    },
    "leaky_relu_derivative": {
        "function-returned": "alpha, 1.0 => alpha * z, z",
        "no-leak": "alpha, 1.0 => 0.0, 1.0",
        "fixed-leak": "alpha, 1.0 => 0.01, 1.0",
        "alpha-times-z": "alpha, 1.0 => alpha * z, 1.0",
        "wrong-side": "z < 0 => z > 0",
        "leak-upwards": "alpha, 1.0 => -alpha, 1.0",
        "leak-added": "alpha, 1.0 => alpha, 1 + alpha",
    },
    "absolute_relu": {
        "relu": "np.sqrt(z**2) => (z + np.sqrt(z**2)) / 2",
        "negative": "np.sqrt(z**2) => -np.sqrt(z**2)",
        "identity": "np.sqrt(z**2) => 1 * z",
        "negative-part-only": "np.sqrt(z**2) => (np.sqrt(z**2) - z) / 2",
        "norm": "np.sqrt(z**2) => np.sqrt(np.sum(z**2))",
    },
    "absolute_relu_derivative": {
        "derivative-of-relu": "2.0 * (z > 0) - 1 => 1.0 * (z > 0)",
        "always-1": "2.0 * (z > 0) - 1 => 1.0 * (z == z)",
        "function-returned": "2.0 * (z > 0) - 1 => np.abs(z)",
        "reversed": "z > 0 => z < 0",
        "z-returned": "2.0 * (z > 0) - 1 => z * 1.0",
    },
    "softplus": {
        "no-1": "np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) => np.log(np.exp(z / 2)) * 2",
        "no-logarithm": "np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) => np.exp(z) + 1",
        "sign-of-exponent": "np.maximum(z, 0) => np.maximum(-z, 0)",
        "logarithm-to-base-2": "np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) => np.logaddexp2(0, z / np.log(2))",
        "logarithm-to-base-10": "np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) => np.logaddexp(0, z) / np.log(10)",
        "relu": " + np.log1p(np.exp(-np.abs(z))) => ",
        "overflow": "np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) => np.log1p(np.exp(z))",
    },
    "softplus_derivative": {
        "function-returned": "return sigmoid(z) => return softplus(z)",
        "no-inner-derivative": "return sigmoid(z) => return sigmoid(-z)",
        "inner-derivative-only": "return sigmoid(z) => return np.exp(z)",
        "differentiated-twice": "return sigmoid(z) => return sigmoid_derivative(z)",
        "derivative-of-relu": "return sigmoid(z) => return relu_derivative(z)",
        "overflow": "return sigmoid(z) => return np.exp(z) / (1 + np.exp(z))",
    },
    "maxout": {
        "wrong-axis": "np.sort(a, axis=0)[-1] => np.sort(a, axis=1)[:, -1]",
        "maximum-of-everything": "np.sort(a, axis=0)[-1] => a.max()",
        "rectified": "np.sort(a, axis=0)[-1] => np.clip(np.sort(a, axis=0)[-1], 0, None)",
        "position": "np.sort(a, axis=0)[-1] => np.argmax(a, axis=0)",
        "minimum": "[-1] => [0]",
        "largest-absolute-value": "np.sort(a, axis=0) => np.sort(np.abs(a), axis=0)",
        "sum": "np.sort(a, axis=0)[-1] => np.ones(len(a)) @ a",
        "mean": "np.sort(a, axis=0)[-1] => np.ones(len(a)) @ a / len(a)",
    },
}
