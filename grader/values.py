"""What students' functions take and return: numbers, text, arrays, and lists, tuples and dicts of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan

import numpy as np


def same(one: object, other: object) -> bool:
    """Whether two values are the same in structure, shape, dtype and every entry; NaN is the same as NaN."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        alike = one.shape == other.shape and one.dtype == other.dtype
        return alike and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float) and isnan(one):
        return isnan(other)
    return type(one) is type(other) and one == other


def numbers(value: object) -> Iterator[np.ndarray]:
    """Every number and numeric array within a value, as float64 arrays."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, int | float | np.number | np.ndarray):
        array = np.asarray(value)
        if array.dtype.kind in "biuf":
            yield array.astype(float)


def magnitude(value: object) -> float:
    """The largest absolute finite number within a value, 0 where there is none."""
    return max((float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in numbers(value)), default=0.0)
