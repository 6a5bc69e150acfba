"""How far a number may be from the expected one. Everything that asks whether numbers are right asks here.

A tolerance is relative to a scale: the largest entry of the expected array, or where that is exactly zero, the largest
number among the inputs. An array of float32 is held to what float32 can hold.

Most answers are right, and built of float64 numbers like the expected ones. `Expectation` tells them by a few
operations on one row of numbers, laid out once for all submissions. What it does not tell is for the judge, which
looks at each part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ..model.values import magnitude

Array = np.ndarray[Any, Any]
FLOAT = np.dtype(float)
NO_FLOATS = np.empty(0)  # so that there is a row without any, too
SINGLE = 1e-5  # what some operations in float32 leave of an entry, relative to the largest


def scale_of(expected: Array, inputs: object) -> float:
    """What a difference from an array is relative to: its largest number or, where all are zero, that of the inputs."""
    return magnitude(expected) or magnitude(inputs) or 1.0


def wrong_entries(expected: Array, got: Array, tolerance: float, inputs: object = ()) -> Array:
    """Which entries of an array of the same shape are further off than they may be; NaN is right where it is expected.

    Both arrays are as they came, since the dtype says how exact the entries can be.
    """
    right, came = expected.astype(float), got.astype(float)
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(came - right) <= _relative(got, tolerance) * scale_of(right, inputs)
    wrong: Array = ~(near | (came == right) | (np.isnan(came) & np.isnan(right)))
    return wrong


def is_near(expected: Array, got: Array, tolerance: float) -> bool:
    """Whether all is finite and within the expected array's own scale, as most answers are: told in few passes."""
    right = expected.astype(float)
    with np.errstate(invalid="ignore", over="ignore"):
        bound = _relative(got, tolerance) * np.abs(right).max(initial=0.0)
        return bool(np.abs(got.astype(float) - right).max(initial=0.0) <= bound < np.inf)


def _relative(got: Array, tolerance: float) -> float:
    return max(tolerance, SINGLE) if got.dtype == np.float32 else tolerance


class Expectation:
    """Expected values as their forms, their numbers in one row, and how far an answer may be from each number."""

    def __init__(self, answers: Iterable[tuple[object, object]], tolerance: float) -> None:
        """Lay them out; answers are pairs of an expected value and the inputs that it belongs to."""
        self._forms: list[object] = []
        parts, bounds = [NO_FLOATS], [NO_FLOATS]
        for value, inputs in answers:
            own: list[Array] = []
            self._forms.append(_form(_in_floats(value), own))
            parts += own
            bounds += [np.full(part.shape, tolerance * scale_of(part, inputs)) for part in own]
        self._row, self._bounds = np.concatenate(parts, axis=None), np.concatenate(bounds, axis=None)

    @np.errstate(invalid="ignore", over="ignore")
    def is_met(self, values: list[object]) -> bool:
        """Whether answers have the same forms, and numbers that are close enough.

        Those that do not meet it may yet be right: with infinity where that is expected, or of another dtype.
        """
        parts: list[Any] = [NO_FLOATS]
        if _form(values, parts) != self._forms:
            return False
        off = np.abs(np.concatenate(parts, axis=None) - self._row)
        return bool((off <= self._bounds).all())


def _form(value: Any, parts: list[Any]) -> object:
    """How a value is built: equal for values that differ in nothing but float64 numbers, which are added to parts."""
    kind = type(value)
    if kind is float or kind is np.float64 or (kind is np.ndarray and value.dtype == FLOAT):
        parts.append(value)
        return () if kind is float else value.shape
    if kind is list or kind is tuple:
        return [_form(part, parts) for part in value]
    if kind is dict:
        return list(value), [_form(part, parts) for part in value.values()]
    return value if kind is str or value is None else object()  # equal to nothing else


def _in_floats(value: object) -> object:
    """The value with every number as float64, which is how the judge takes it."""
    if isinstance(value, Mapping):
        return {key: _in_floats(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_in_floats(part) for part in value]
    array = np.asarray(value)
    return array.astype(float) if array.dtype.kind in "biuf" else value
