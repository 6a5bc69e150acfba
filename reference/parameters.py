"""All of a network's parameters as one vector (DSC 140B lecture 20, Parameter Vectors)."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from reference.shapes import Array, Layers, Parameters, check_layers


def pack(W: Layers, b: Layers) -> Array:
    """(W^(1) row by row, b^(1), W^(2) row by row, b^(2), …) as one vector.

    W: L matrices; b: L arrays of any shape. Raises ValueError where a layer lacks one of the two.
    """
    check_layers(W=W, b=b)
    return np.concatenate([part.ravel() for layer in zip(W, b, strict=True) for part in layer])


def unpack(vector: Array, shapes: Sequence[tuple[int, int]]) -> Parameters:
    """The way back: shapes are the (rows, columns) of the W's, whose columns are the layer's nodes.

    Returns (W, b), W[l] shaped as shapes[l] and b[l] (columns,). Raises ValueError for a vector of another length.
    """
    sizes = [size for rows, cols in shapes for size in (rows * cols, cols)]
    if vector.size != sum(sizes):
        raise ValueError(
            f"{len(shapes)} layers of shapes {list(shapes)} have {sum(sizes)} parameters, not {vector.size}"
        )
    parts = np.split(vector, list(accumulate(sizes))[:-1])
    return [w.reshape(shape) for w, shape in zip(parts[::2], shapes, strict=True)], parts[1::2]
