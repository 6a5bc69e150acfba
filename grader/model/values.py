"""What students' functions take and return: numbers, text, arrays, and lists, tuples and dicts of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, prod

import numpy as np

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def argument_name(position: int, parameters: Sequence[str]) -> str:
    """An argument by the student's name for it, else by its place."""
    if position < len(parameters) and parameters[position].isidentifier():
        return f"`{parameters[position]}`"
    return f"the {ORDINALS[position] if position < len(ORDINALS) else f'{position + 1}th'} argument"


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


def size(value: object) -> int:
    """How many entries, parts and characters a value has; an empty dimension of an array counts as one."""
    if isinstance(value, np.ndarray):
        return value.size or prod(max(length, 1) for length in value.shape)
    if isinstance(value, list | tuple):
        return 1 + sum(map(size, value))
    if isinstance(value, Mapping):
        return 1 + sum(map(size, value)) + sum(map(size, value.values()))
    return len(value) if isinstance(value, str) else 1


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a value is: the longest dimension, list or text within it, and the largest whole number.

    dimensions: of the array with the most, a list counting as one.
    """

    length: int = 0
    whole: int = 0
    dimensions: int = 0


def extent(value: object) -> Extent:
    """The extent of a value; true and false count as numbers, and other objects as nothing."""
    if isinstance(value, np.ndarray):
        whole = int(np.abs(value.astype(float)).max(initial=0)) if value.dtype.kind in "iu" else 0
        return Extent(max(value.shape, default=0), whole, value.ndim)
    if isinstance(value, int | np.integer):
        return Extent(0, abs(int(value)))
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        parts = [extent(part) for part in value]
        longest, deepest = (max((p.length for p in parts), default=0), max((p.dimensions for p in parts), default=0))
        return Extent(max(longest, len(value)), max((part.whole for part in parts), default=0), deepest + 1)
    return Extent(len(value) if isinstance(value, str) else 0, 0)
