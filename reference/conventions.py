"""The lectures' weight layouts, as data, and the conversion between them.

`reference.network` computes with W[to, from] and biases (n,). A gradient lies as its parameters do, so `read` and
`write` convert both.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from reference.shapes import Array, Layers, Parameters, columns


@dataclass(frozen=True, slots=True)
class Convention:
    """How a lecture lays out a layer's weights and biases."""

    lecture: str
    weights: Literal["to, from", "from, to"]
    biases: Literal["vector", "column", "first weight"]


CS6910 = Convention("CS6910 lecture 4, 4.1", "to, from", "vector")
DSC140B = Convention("DSC 140B lecture 20, part 2", "from, to", "vector")
ITCS6156 = Convention("ITCS 6156, Neural Network Model", "to, from", "column")
YEHOSHUA = Convention("Yehoshua, the forward pass", "to, from", "first weight")
CSC321 = Convention("CSC321 lecture 6, slides 16 and 17", "to, from", "vector")


def read(W: Layers, b: Layers, convention: Convention) -> Parameters:
    """Parameters or gradients of a lecture → W (n, n_prev) with W[to, from], and b (n,).

    Where the bias is the weight of a constant first input, W is (n, 1 + n_prev) and b is not looked at.
    """
    W = [_turned(W_k, convention) for W_k in W]
    if convention.biases == "first weight":
        return [W_k[:, 1:] for W_k in W], [W_k[:, 0] for W_k in W]
    return W, [b_k.reshape(-1) for b_k in b]


def write(W: Layers, b: Layers, convention: Convention) -> Parameters:
    """The way back: W (n, n_prev) with W[to, from] and b (n,) → the lecture's; b is [] where biases are weights."""
    if convention.biases == "first weight":
        return [_turned(np.column_stack([b_k, W_k]), convention) for W_k, b_k in zip(W, b, strict=True)], []
    W = [_turned(W_k, convention) for W_k in W]
    return W, [columns(b_k) if convention.biases == "column" else b_k for b_k in b]


def _turned(W: Array, convention: Convention) -> Array:
    return W.T if convention.weights == "from, to" else W
