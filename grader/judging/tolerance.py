"""What answers are held against: expected values, laid out once for all submissions.

Most answers are right, and built of float64 numbers like the expected ones. They are told by a few operations on one
row of numbers. Whatever is not told so is for the judge, which looks at each part and has the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ..model.values import magnitude

Array = np.ndarray[Any, Any]
FLOAT = np.dtype(float)
NO_FLOATS = np.empty(0)  # so that there is a row without any, too


def scale_of(array: Array, inputs: object) -> float:
    """What a difference from an array is relative to: its largest number or, where all are zero, that of the inputs."""
    return magnitude(array) or magnitude(inputs) or 1.0


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
    if kind is float or (kind is np.ndarray and value.dtype == FLOAT):
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
