"""Mistakes with parameter vectors, each a wrong version of steps of the reference."""

import numpy as np

from grader.assignment import Mistake
from reference.parameters import pack, unpack


def weights_then_biases(vector, shapes):
    sizes = [rows * cols for rows, cols in shapes] + [cols for _, cols in shapes]
    parts = np.split(vector, np.cumsum(sizes)[:-1])
    return [w.reshape(shape) for w, shape in zip(parts, shapes, strict=False)], parts[len(shapes) :]


def read_column_by_column(vector, shapes):
    W, b = unpack(vector, shapes)
    return [w.ravel().reshape(w.shape, order="F") for w in W], b


def biases_before_weights(vector, shapes):
    sizes = [size for rows, cols in shapes for size in (cols, rows * cols)]
    parts = np.split(vector, np.cumsum(sizes)[:-1])
    return [w.reshape(shape) for w, shape in zip(parts[1::2], shapes, strict=True)], parts[::2]


PACKED_BY_COLUMNS = Mistake(
    "column-by-column",
    "Your function writes the weight matrices column by column; DSC 140B goes row by row.",
    "Which entry follows W_11 in DSC 140B's parameter vector?",
    {pack: lambda W, b: pack([w.ravel(order="F") for w in W], b)},
)

PACKED_WEIGHTS_FIRST = Mistake(
    "all-weights-first",
    "Your function writes all the weights and then all the biases; DSC 140B finishes one layer before the next.",
    "What follows the last weight of layer 1?",
    {pack: lambda W, b: np.concatenate([part.ravel() for part in [*W, *b]])},
)

PACKED_BIASES_FIRST = Mistake(
    "biases-before-weights",
    "Your function writes each layer's biases before its weights.",
    "Which number comes first in DSC 140B's parameter vector?",
    {pack: lambda W, b: pack(b, W)},
)

PACKED_NO_BIASES = Mistake(
    "biases-forgotten",
    "Your vector holds the weights alone.",
    "How many parameters does a layer of n nodes have besides its weights?",
    {pack: lambda W, b: np.concatenate([w.ravel() for w in W])},
)

UNPACKED_BY_COLUMNS = Mistake(
    "column-by-column",
    "Your function fills the weight matrices column by column; DSC 140B goes row by row.",
    "Where does the second number of the vector belong?",
    {unpack: read_column_by_column},
)

UNPACKED_WEIGHTS_FIRST = Mistake(
    "all-weights-first",
    "Your function takes all the weights from the front of the vector; DSC 140B finishes one layer before the next.",
    "What follows the last weight of layer 1 in the vector?",
    {unpack: weights_then_biases},
)

UNPACKED_BIASES_FIRST = Mistake(
    "biases-before-weights",
    "Your function reads each layer's biases before its weights.",
    "Which number comes first in DSC 140B's parameter vector?",
    {unpack: biases_before_weights},
)

PACK = (PACKED_BY_COLUMNS, PACKED_WEIGHTS_FIRST, PACKED_BIASES_FIRST, PACKED_NO_BIASES)
UNPACK = (UNPACKED_BY_COLUMNS, UNPACKED_WEIGHTS_FIRST, UNPACKED_BIASES_FIRST)
