"""Inputs like those of a case, but other ones: other numbers, other signs, other sizes.

What a generator of cases never draws, it cannot show. Inputs made here go a little beyond it, and find what a
weakened generator hides: a layout that only square matrices forgive, a sign that no number has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..model import Arguments


def varied(args: Arguments, rng: np.random.Generator) -> Arguments:
    """The arguments with other numbers in other sizes: the same structure, and sizes that are equal stay equal.

    A size of 1 may be one thing in one argument and another in the next (one example, one output): it changes in some
    arguments only. No number stays exactly what it is, so that none is on a kink.
    """
    sizes = _other_sizes(args, rng) if rng.random() < 0.5 else {}
    numbers = NUMBERS[int(rng.integers(len(NUMBERS)))]
    several = int(rng.integers(2, 5)) if rng.random() < 0.3 else 1
    ones = [{**sizes, 1: several} if rng.random() < 0.5 else sizes for _ in args]
    other = [_varied(arg, own, numbers, rng) for arg, own in zip(args, ones, strict=True)]
    whole = [_other_whole(arg, rng) for arg in other] if rng.random() < 0.3 else other
    return nudged(args.with_values(whole), rng, by=0.05)


def nudged(args: Arguments, rng: np.random.Generator, by: float = 1e-7) -> Arguments:
    """The arguments with every fraction moved a very little: relative to the largest of its array, `by` at most."""
    return args.with_values(_varied(arg, {}, _Nudge(by), rng) for arg in args)


class _Nudge:
    """Zeros among positive numbers stay: ReLU makes them, and nothing that it has switched off is almost on."""

    def __init__(self, by: float) -> None:
        self.by = by

    def __call__(self, array: Any, rng: np.random.Generator) -> Any:
        largest = np.abs(array).max(initial=0.0)
        switched_off = (array == 0) & (largest > 0) & (array.min(initial=0.0) >= 0)
        step = self.by * (largest or 1.0) * rng.uniform(-1, 1, array.shape)
        return np.where(switched_off, array, array + step)


def _as_they_are(array: Any, rng: np.random.Generator) -> Any:
    return array


def _redrawn(array: Any, rng: np.random.Generator) -> Any:
    return rng.normal(size=array.shape) * (np.abs(array).max(initial=0.0) or 1.0)


def _other_signs(array: Any, rng: np.random.Generator) -> Any:
    return np.where(rng.random(array.shape) < 0.5, -array, array)


def _other_scale(array: Any, rng: np.random.Generator) -> Any:
    return array * rng.uniform(0.25, 2.0)


def _mixed_up(array: Any, rng: np.random.Generator) -> Any:
    return rng.permutation(array.ravel()).reshape(array.shape)


def _moved(array: Any, rng: np.random.Generator) -> Any:
    return array * rng.uniform(0.5, 1.5, array.shape)


NUMBERS = (_as_they_are, _redrawn, _other_signs, _other_scale, _mixed_up, _moved)


def _other_sizes(args: Arguments, rng: np.random.Generator) -> dict[int, int]:
    """For every size of a dimension another one; sizes that differ get sizes that differ."""
    present = sorted({size for array in _arrays(args) for size in array.shape if size > 1})
    others = rng.choice(np.arange(2, len(present) + 6), size=len(present), replace=False)
    return dict(zip(present, (int(size) for size in others), strict=True))


def _other_whole(value: object, rng: np.random.Generator) -> object:
    """Another label, size or count: from 0 where it was 0, else from 1."""
    if isinstance(value, int) and not isinstance(value, bool):
        return int(rng.integers(min(value, 1), 2 * abs(value) + 4))
    return [_other_whole(part, rng) for part in value] if isinstance(value, list) else value


def _arrays(value: object) -> Iterator[Any]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping):
        yield from _arrays(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _arrays(part)


def _varied(value: object, sizes: Mapping[int, int], numbers: Any, rng: np.random.Generator) -> object:
    if isinstance(value, np.ndarray):
        return _array(value, sizes, numbers, rng)
    if isinstance(value, float):
        return float(numbers(np.array([value]), rng)[0])
    if isinstance(value, Mapping):
        return {key: _varied(part, sizes, numbers, rng) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_varied(part, sizes, numbers, rng) for part in value)
    return value


def _array(array: Any, sizes: Mapping[int, int], numbers: Any, rng: np.random.Generator) -> Any:
    """Resized by repeating or leaving out entries along each dimension; only fractions get other numbers."""
    for axis, size in enumerate(array.shape):
        if sizes.get(size, size) != size:
            array = np.take(array, rng.integers(size, size=sizes[size]), axis=axis)
    return numbers(array, rng).astype(array.dtype) if array.dtype.kind == "f" else array
