"""Mistakes with the cutting of a training set into batches."""

import numpy as np

from grader.assignment import Mistake
from reference.delta_rule import minibatches


def rest_dropped(X, y, size):
    return [batch for batch in minibatches(X, y, size) if len(batch[0]) == size]


def one_slice_more(X, y, size):
    starts = range(0, len(X) // size * size + 1, size)
    return [(X[start : start + size], y[start : start + size]) for start in starts]


def size_as_count(X, y, size):
    return list(zip(np.array_split(X, size), np.array_split(y, size), strict=True))


REST_DROPPED = Mistake(
    "rest-dropped",
    "Your function drops the examples that do not fill a batch.",
    "How many of 11 examples are in batches of 4?",
    {minibatches: rest_dropped},
)

EMPTY_LAST_BATCH = Mistake(
    "empty-last-batch",
    "Where the number of examples is a multiple of the size, your function adds an empty batch.",
    "How many batches of 3 do 12 examples make?",
    {minibatches: one_slice_more},
)

SIZE_AS_COUNT = Mistake(
    "size-as-number-of-batches",
    "Your function makes `size` batches; it should make batches of `size` examples.",
    "What should 12 examples and size 3 give: three batches or four?",
    {minibatches: size_as_count},
)

LABELS_LEFT_OUT = Mistake(
    "labels-left-out",
    "Your batches hold the examples alone; each belongs together with its labels.",
    "What does a step of gradient descent need besides the inputs?",
    {minibatches: lambda X, y, size: [X_batch for X_batch, _ in minibatches(X, y, size)]},
)

LABELS_WHOLE = Mistake(
    "labels-not-cut",
    "Each of your batches carries the labels of all examples.",
    "How many labels belong to a batch of two examples?",
    {minibatches: lambda X, y, size: [(X_batch, y) for X_batch, _ in minibatches(X, y, size)]},
)

MINIBATCHES = (REST_DROPPED, EMPTY_LAST_BATCH, SIZE_AS_COUNT, LABELS_LEFT_OUT, LABELS_WHOLE)
