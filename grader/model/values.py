"""What students' functions take and return: numbers, text, arrays, and lists, tuples, sets and dicts of them."""

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
    if isinstance(one, np.ndarray | np.generic) and type(one) is type(other):
        one, other = np.asarray(one), np.asarray(other)
        alike = one.shape == other.shape and one.dtype == other.dtype
        if alike and one.dtype == object:
            return all(map(same, one.ravel(), other.ravel()))
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
    parts = value.values() if isinstance(value, Mapping) else parts_of(value)
    if parts is not None:
        for part in parts:
            yield from numbers(part)
    elif isinstance(value, int | float | np.number | np.ndarray):
        array = np.asarray(value)
        if array.dtype.kind in "biuf":
            yield array.astype(float)


def magnitude(value: object) -> float:
    """The largest absolute finite number within a value, 0 where there is none."""
    return max((float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in numbers(value)), default=0.0)


def parts_of(value: object) -> list[object] | None:
    """What a value holds, keys included; None if it is no container but a number, a text or an array of them."""
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, np.ndarray) and value.dtype == object:
        return list(value.ravel())
    return list(value) if isinstance(value, list | tuple | set | frozenset) else None


def size(value: object) -> int:
    """How many entries, parts and characters a value has; an empty dimension of an array counts as one."""
    parts = parts_of(value)
    if isinstance(value, np.ndarray) and not parts:
        characters = value.itemsize // np.dtype("U1").itemsize if value.dtype.kind == "U" else 1
        return max(characters, 1) * (value.size or prod(max(length, 1) for length in value.shape))
    if parts is not None:
        return 1 + sum(map(size, parts))
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
    parts = parts_of(value)
    if isinstance(value, np.ndarray) and parts is None:
        whole = int(np.abs(value.astype(float)).max(initial=0)) if value.dtype.kind in "iu" else 0
        return Extent(max(value.shape, default=0), whole, value.ndim)
    if isinstance(value, int | np.integer):
        return Extent(0, abs(int(value)))
    if parts is not None:
        extents = [extent(part) for part in parts]
        longest = max((each.length for each in extents), default=0)
        deepest = max((each.dimensions for each in extents), default=0)
        return Extent(max(longest, len(parts)), max((each.whole for each in extents), default=0), deepest + 1)
    return Extent(len(value) if isinstance(value, str) else 0, 0)
