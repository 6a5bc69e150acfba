"""The chain rule with everything written out, and where each banked mistake is planted."""

import numpy as np


def composite_derivative(x):
    g = x**3 + 2 * x
    df = 4 * g - 3
    dg = 3 * x**2 + 2
    return df * dg


def two_path_derivative(x):
    u, v = 3 * x, x * x + 2 * x
    fu = 4 * u - 3 * v
    fv = -3 * u
    du, dv = 3, 2 * x + 2
    return fu * du + fv * dv


def exponential_path_derivative(t):
    x, y = np.cos(t), t**2
    e = np.exp(x * y)
    fx, fy = y * e, 1 + x * e
    dx, dy = -np.sin(t), 2 * t
    return fx * dx + fy * dy


def logistic_least_squares(w, b, x, t):
    z = b + w * x
    y = np.exp(z) / (1 + np.exp(z))
    loss = (t - y) ** 2 / 2
    error = y - t
    dz = error * y * (1 - y)
    return loss, dz * x, dz


def regularized_logistic_least_squares(w, b, x, t, lam):
    y = 1 / (1 + np.exp(-(w * x + b)))
    data, reg = 0.5 * (y - t) ** 2, 0.5 * w**2
    dz = (y - t) * (y - y**2)
    dw = dz * x + lam * w
    return data + lam * reg, dw, dz


def multiclass_logistic(W, b, x, t):
    z = np.dot(W, x) + b
    p = np.exp(z) / np.exp(z).sum()
    loss = -np.log(p).dot(t)
    dz = p - t
    return loss, dz[:, None] * x[None, :], dz


PLANTS = {
    "composite_derivative": {
        "no-inner-derivative": "df * dg => df",
        "no-outer-derivative": "df * dg => dg",
        "outer-derivative-at-x": "4 * g - 3 => 4 * x - 3",
        "inner-derivative-at-g": "3 * x**2 + 2 => 3 * g**2 + 2",
        "sum-for-product": "df * dg => df + dg",
        "value-returned": "df * dg => 2 * g**2 - 3 * g + 1",
        "outer-exponent-lost": "4 * g - 3 => 2 * g - 3",
        "outer-linear-term-lost": "4 * g - 3 => 4 * g",
        "inner-linear-term-lost": "3 * x**2 + 2 => 3 * x**2",
        "inner-linear-term-kept": "3 * x**2 + 2 => 3 * x**2 + 2 * x",
    },
    "two_path_derivative": {
        "first-path-only": "fu * du + fv * dv => fu * du",
        "second-path-only": "fu * du + fv * dv => fv * dv",
        "paths-multiplied": "fu * du + fv * dv => fu * du * fv * dv",
        "paths-crossed": "fu * du + fv * dv => fu * dv + fv * du",
        "no-inner-derivatives": "fu * du + fv * dv => fu + fv",
        "product-term-of-g1-lost": "4 * u - 3 * v => 4 * u",
        "exponent-lost": "4 * u - 3 * v => 2 * u - 3 * v",
        "sign-of-the-second-path": "fv = -3 * u => fv = 3 * u",
        "g2-left-in-its-partial": "fv = -3 * u => fv = -3 * u * v",
        "linear-term-of-g2-lost": "3, 2 * x + 2 => 3, 2 * x",
        "value-returned": "fu * du + fv * dv => 2 * u**2 - 3 * u * v + 1",
    },
    "exponential_path_derivative": {
        "first-path-only": "fx * dx + fy * dy => fx * dx",
        "second-path-only": "fx * dx + fy * dy => fy * dy",
        "paths-multiplied": "fx * dx + fy * dy => fx * dx * fy * dy",
        "paths-crossed": "fx * dx + fy * dy => fx * dy + fy * dx",
        "sign-of-sin": "-np.sin(t) => np.sin(t)",
        "exponent-of-t-lost": ", 2 * t => , t",
        "no-inner-derivatives": "fx * dx + fy * dy => fx + fy",
        "direct-y-lost": "1 + x * e => x * e",
        "exponent-not-differentiated": "y * e, 1 + x * e => e, 1 + e",
        "factors-swapped": "y * e, 1 + x * e => x * e, 1 + y * e",
        "value-returned": "fx * dx + fy * dy => y + e",
    },
    "logistic_least_squares": {
        "no-derivative": "error * y * (1 - y) => error",
        "input-forgotten": "dz * x, dz => dz, dz",
        "no-half": "(t - y) ** 2 / 2 => (t - y) ** 2 ;; error = y - t => error = 2 * (y - t)",
        "half-lost-in-the-loss": "(t - y) ** 2 / 2 => (t - y) ** 2",
        "half-lost-in-the-derivatives": "error = y - t => error = 2 * (y - t)",
        "sign": "error = y - t => error = t - y",
        "derivative-at-y": "error * y * (1 - y) => error * np.exp(y) / (1 + np.exp(y)) ** 2",
        "z-for-y": "error * y * (1 - y) => error * z * (1 - z)",
        "y-for-its-derivative": "error * y * (1 - y) => error * y",
        "not-multiplied": "error * y * (1 - y) => error * (1 - y)",
        "bias-gets-the-input": "dz * x, dz => dz * x, dz * x",
        "weight-for-input": "dz * x, dz => dz * w, dz",
        "no-bias": "z = b + w * x => z = w * x",
        "no-logistic-function": "y = np.exp(z) / (1 + np.exp(z)) => y = z ;; error * y * (1 - y) => error",
    },
    "regularized_logistic_least_squares": {
        "no-derivative": "(y - t) * (y - y**2) => (y - t)",
        "input-forgotten": "dz * x + lam * w => dz + lam * w",
        "no-half": "0.5 * (y - t) ** 2 => (y - t) ** 2 ;; dz = (y - t) => dz = 2 * (y - t)",
        "no-regularisation": "dz * x + lam * w => dz * x ;; data + lam * reg => data",
        "regulariser-not-in-the-loss": "data + lam * reg => data",
        "regulariser-not-in-the-derivative": "dz * x + lam * w => dz * x",
        "regulariser-without-half": "0.5 * w**2 => w**2 ;; lam * w => 2 * lam * w",
        "derivative-of-the-regulariser-doubled": "dz * x + lam * w => dz * x + 2 * lam * w",
        "derivative-of-the-regulariser-halved": "dz * x + lam * w => dz * x + lam * w / 2",
        "weight-lost-in-the-derivative": "dz * x + lam * w => dz * x + lam",
        "lambda-forgotten": "lam * w => w ;; lam * reg => reg",
        "bias-regularised": "0.5 * w**2 => 0.5 * (w**2 + b**2) ;; dw, dz => dw, dz + lam * b",
        "regulariser-subtracted": "+ lam * w => - lam * w ;; data + lam * reg => data - lam * reg",
    },
    "multiclass_logistic": {
        "sign": "dz = p - t => dz = t - p",
        "targets-forgotten": "dz = p - t => dz = p",
        "true-class-only": "dz = p - t => dz = (p - t) * t",
        "derivative-twice": "dz = p - t => dz = (p - t) * p * (1 - p)",
        "softmax-skipped": "dz = p - t => dz = -t / p",
        "no-minus": "loss = -np.log(p).dot(t) => loss = np.log(p).dot(t)",
        "all-classes": "np.log(p).dot(t) => np.log(p).sum()",
        "binary-for-every-class": "loss = -np.log(p).dot(t) => loss = -(np.log(p) * t + np.log(1 - p) * (1 - t)).sum()",
        "divided-by-k": "-np.log(p).dot(t) => -np.log(p).dot(t) / len(t)",
        "logarithm-to-base-2": "np.log(p) => np.log2(p)",
        "logistic-for-softmax": "np.exp(z) / np.exp(z).sum() => np.exp(z) / (1 + np.exp(z))",
        "no-bias": "np.dot(W, x) + b => np.dot(W, x)",
        "transposed": "dz[:, None] * x[None, :] => x[:, None] * dz[None, :]",
        "input-forgotten": "dz[:, None] * x[None, :] => dz[:, None] * np.ones((1, len(x)))",
        "bias-gradient-summed": "x[None, :], dz => x[None, :], dz.sum()",
    },
}
