"""The requests that a zygote answers itself before it forks, for a notebook as a student writes one."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

CELLS = (
    "import math\nfrom typing import Dict, Tuple\nimport numpy as np",
    "import matplotlib.pyplot as plt\n%matplotlib inline",
    "EPS = 1e-12\nrng = np.random.default_rng(0)\nX = rng.normal(size=(3, 4)); Y = X > 0",
    '''
def sigmoid(z):
    """Between 0 and 1."""
    return 1 / (1 + np.exp(-z))
''',
    """
class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, A):
        return sigmoid(self.W @ A + self.b)


def forward(X, params: Dict[str, np.ndarray], depth=2) -> Tuple[np.ndarray, list]:
    A, caches = X, []
    for l in range(1, depth + 1):
        Z = np.dot(params[f"W{l}"], A) + params[f"b{l}"]
        caches.append((A, Z))
        A = np.maximum(Z, 0) if l < depth else sigmoid(Z)
    return A, caches
""",
    """
def backward(A, Y, caches, params):
    m = Y.shape[1]
    grads = {}
    dZ = A - Y
    for l, (A_prev, Z) in reversed(list(enumerate(caches, start=1))):
        grads["dW" + str(l)] = dZ @ A_prev.T / m
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = (params[f"W{l}"].T @ dZ) * (A_prev > 0)
    return grads
""",
    """
def train(X, Y, alpha=0.1, steps=3):
    params = {"W1": np.ones((2, X.shape[0])), "b1": np.zeros((2, 1)), "W2": np.ones((1, 2)), "b2": np.zeros((1, 1))}
    costs = [math.inf]
    for step in range(steps):
        A, caches = forward(X, params)
        for name, grad in backward(A, Y, caches, params).items():
            params[name[1:]] = params[name[1:]] - alpha * grad
        costs.append(float(-np.mean(Y * np.log(A + EPS) + (1 - Y) * np.log(1 - A + EPS))))
    return params, costs[1:]
""",
    "params, costs = train(X, Y[:1])\nplt.plot(costs)\nprint([round(c, 3) for c in costs])",
)


Request = dict[str, Any]


def requests() -> list[Request]:
    """The notebook is opened; each function is loaded, called as it wants to be, and called in a way that fails."""
    square = np.random.rand(64, 64)
    np.linalg.solve(square + np.eye(64), square @ square)
    small, labels = np.random.rand(3, 4), np.ones((1, 4))
    called: dict[str, tuple[Any, ...]] = {
        "sigmoid": (square,),
        "forward": (small, {}, 0),
        "backward": (labels, labels, [], {}),
        "train": (small, labels),
    }
    opening: Request = {"do": "open", "notebook": _notebook(), "suffix": ".ipynb", "names": tuple(called)}
    return [opening, *(request for name, args in called.items() for request in _requests_of(name, args))]


def _requests_of(name: str, args: tuple[Any, ...]) -> list[Request]:
    function: Request = {"name": name, "helpers": (), "seed": 0}
    calls: list[Request] = [{"do": "call", **function, "args": given, "keywords": ()} for given in (args, ())]
    return [{"do": "load", **function}, *calls]


def _notebook() -> np.ndarray[Any, Any]:
    about = {"kernelspec": {"name": "python3"}, "language_info": {"name": "python", "version": "3"}}
    heading = {"cell_type": "markdown", "metadata": {}, "source": ["# Backward propagation"]}
    code = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell.splitlines(True)} for cell in CELLS]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": [heading, *code]})
    return np.frombuffer(text.encode(), "|u1")
