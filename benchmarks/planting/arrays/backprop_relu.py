"""The ReLU network with matrix products, and where each banked mistake is planted."""

import numpy as np


def linear_gradient(x):
    return np.concatenate([[1.0], x])


def risk_gradient(w, X, y):
    A = np.c_[np.ones(len(X)), X]
    error = A @ w - y
    return 2 * A.T @ error / len(y)


def pack(W, b):
    return np.concatenate([np.r_[w.flatten(), c] for w, c in zip(W, b)])


def unpack(vector, shapes):
    W, b, at = [], [], 0
    for rows, columns in shapes:
        W.append(vector[at : at + rows * columns].reshape(rows, columns))
        at += rows * columns
        b.append(vector[at : at + columns])
        at += columns
    return W, b


def evaluate(W, b, x):
    z, a = [], []
    for w, c in zip(W, b):
        z.append(x @ w + c)
        x = z[-1].clip(0)
        a.append(x)
    a[-1] = z[-1]
    return z, a, z[-1][0]


def output_gradients(W, b, x):
    a, on = [x], []
    for w, c in zip(W, b):
        z = a[-1] @ w + c
        on.append(1.0 * (z > 0))
        a.append(z * on[-1])
    d = np.ones(1)
    gW, gb = [], []
    for k in range(len(W))[::-1]:
        gW.insert(0, np.outer(a[k], d))
        gb.insert(0, d)
        if k:
            d = W[k] @ d * on[k - 1]
    return gW, gb


def worked_example():
    W = [np.array([[2.0, -3.0], [2.0, 1.0]]), np.array([[2.0, 1.0], [0.0, 1.0]]), np.array([[3.0], [-2.0]])]
    x = np.array([2.0, 1.0])
    b = [0, 0, 0]
    H = np.maximum(np.maximum(x @ W[0], 0) @ W[1], 0) @ W[2]
    return H[0], output_gradients(W, b, x)[0]


PLANTS = {
    "linear_gradient": {
        "no-bias-entry": "np.concatenate([[1.0], x]) => 1.0 * x",
        "zero-for-bias": "[1.0] => [0.0]",
        "bias-last": "[[1.0], x] => [x, [1.0]]",
    },
    "risk_gradient": {
        "no-1/n": " / len(y) => ",
        "1/n-twice": "/ len(y) => / len(y) ** 2",
        "divided-by-d+1": "/ len(y) => / len(w)",
        "half-squared-loss": "2 * A.T => A.T",
        "y-minus-H": "A @ w - y => y - A @ w",
        "loss-for-its-derivative": "2 * A.T @ error => A.T @ error**2",
        "targets-forgotten": "A @ w - y => A @ w",
        "prediction-without-bias": "A @ w - y => X @ w[1:] - y",
        "no-bias-entry": "2 * A.T => 2 * X.T",
        "zero-for-bias": "2 * A.T => 2 * np.c_[np.zeros(len(X)), X].T",
        "bias-last": "np.c_[np.ones(len(X)), X] => np.c_[X, np.ones(len(X))]",
    },
    "pack": {
        "column-by-column": "w.flatten() => w.T.flatten()",
        "all-weights-first": "np.concatenate([np.r_[w.flatten(), c] for w, c in zip(W, b)])"
        " => np.concatenate([w.flatten() for w in W] + list(b))",
        "biases-before-weights": "np.r_[w.flatten(), c] => np.r_[c, w.flatten()]",
        "biases-forgotten": "np.r_[w.flatten(), c] => w.flatten()",
    },
    "unpack": {
        "column-by-column": ".reshape(rows, columns) => .reshape(columns, rows).T",
        "all-weights-first": "        b.append(vector[at : at + columns])\n        at += columns\n => "
        "    for rows, columns in shapes:\n        b.append(vector[at : at + columns])\n        at += columns\n",
        "biases-before-weights": "        W.append(vector[at : at + rows * columns].reshape(rows, columns))\n"
        "        at += rows * columns\n =>  ;;         at += columns\n =>         at += columns\n"
        "        W.append(vector[at : at + rows * columns].reshape(rows, columns))\n        at += rows * columns\n",
    },
    "evaluate": {
        "relu-at-output": "    a[-1] = z[-1]\n =>  ;; z[-1][0] => a[-1][0]",
        "no-relu": "z[-1].clip(0) => z[-1]",
        "sigmoid-for-relu": "z[-1].clip(0) => 1 / (1 + np.exp(-z[-1]))",
        "no-bias": "x @ w + c => x @ w",
        "x-in-the-list": "z, a = [], [] => z, a = [], [x]",
        "a-for-z": "return z, => return a,",
    },
    "output_gradients": {
        "g'-forgotten": "W[k] @ d * on[k - 1] => W[k] @ d",
        "g-for-g'": "W[k] @ d * on[k - 1] => W[k] @ d * a[k]",
        "sigmoid-derivative": "W[k] @ d * on[k - 1] => W[k] @ d * a[k] * (1 - a[k])",
        "g'-upside-down": "W[k] @ d * on[k - 1] => W[k] @ d * (1 - on[k - 1])",
        "relu-at-output": "d = np.ones(1) => d = on[-1]",
        "starts-from-H": "d = np.ones(1) => d = z",
        "transposed": "np.outer(a[k], d) => np.outer(d, a[k])",
        "layer-off-by-one": "    gW, gb = [], [] =>     a[-1] = z\n    gW, gb = [], [] ;; np.outer(a[k], d) => np.outer(a[k + 1], d)",
        "z-for-a": "a, on = [x], [] => a, on, zs = [x], [], [x] ;; on.append => zs.append(z)\n        on.append ;; np.outer(a[k], d) => np.outer(zs[k], d)",
        "no-bias": "a[-1] @ w + c => a[-1] @ w",
        "no-relu": "1.0 * (z > 0) => np.ones(len(z))",
        "bias-gradient-1": "gb.insert(0, d) => gb.insert(0, np.ones(len(d)))",
        "bias-gradient-0": "gb.insert(0, d) => gb.insert(0, np.zeros(len(d)))",
        "bias-gradient-without-g'": "gb.insert(0, d) => gb.insert(0, W[k + 1] @ e if k < len(W) - 1 else d) ;; d = W[k] => e = d\n            d = W[k]",
    },
    "worked_example": {
        "from-and-to-swapped": "a[-1] @ w + c => w @ a[-1] if len(w) == 2 and w.shape[1] == 2 else a[-1] @ w ;; W[k] @ d * on => (d @ W[k] if W[k].shape == (2, 2) else W[k] @ d) * on ;; np.outer(a[k], d) => (np.outer(d, a[k]) if W[k].shape == (2, 2) else np.outer(a[k], d)) ;; x @ W[0] => W[0] @ x ;; np.maximum(W[0] @ x, 0) @ W[1] => W[1] @ np.maximum(W[0] @ x, 0)",
        "g'-forgotten": "W[k] @ d * on[k - 1] => W[k] @ d",
        "g-for-g'": "W[k] @ d * on[k - 1] => W[k] @ d * a[k]",
        "g'-upside-down": "W[k] @ d * on[k - 1] => W[k] @ d * (1 - on[k - 1])",
        "transposed": "np.outer(a[k], d) => np.outer(d, a[k])",
        "layer-off-by-one": "np.outer(a[k], d) => np.outer(a[k + 1], d)",
        "z-for-a": "a, on = [x], [] => a, on, zs = [x], [], [x] ;; on.append => zs.append(z)\n        on.append ;; np.outer(a[k], d) => np.outer(zs[k], d)",
        "no-relu": "a.append(z * on[-1]) => a.append(z) ;; np.maximum(np.maximum(x @ W[0], 0) @ W[1], 0) => (x @ W[0]) @ W[1]",
    },
}
