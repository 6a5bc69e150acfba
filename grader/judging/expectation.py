"""Expected values laid out once for all submissions, so that right answers are told by a few operations.

Most answers are right, and built of the same kinds of numbers as the expected ones. They are told by comparing one row
of floats and one of whole numbers. Whatever is not told so is for `comparison`, which looks at each part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from .tolerance import Array, Path, Tolerance, step_at, step_to, unwrapped

FLOAT, WHOLE = np.dtype(float), np.dtype(np.int64)
NO_FLOATS, NO_WHOLES = np.empty(0), np.empty(0, WHOLE)  # so that there is a row without any, too
LARGEST = 2**63


class Expectation:
    """Expected values as their forms, their numbers in two rows, and how far an answer may be from each float."""

    def __init__(self, answers: Iterable[tuple[object, object]], tolerance: Tolerance, is_named: bool = False) -> None:
        """Lay them out.

        answers: pairs of an expected value and the inputs that it belongs to. is_named: the parts of a list have names.
        """
        self._tolerance, self._is_named = tolerance, is_named
        self._forms: list[object] = []
        floats, bounds, wholes = [NO_FLOATS], [NO_FLOATS], [NO_WHOLES]
        for value, inputs in answers:
            own: list[Array] = []
            self._forms.append(self._expected_form(value, own, wholes))
            floats += own
            bounds += [np.broadcast_to(tolerance.bounds(part, inputs), part.shape) for part in own]
        self._floats, self._bounds = np.concatenate(floats, axis=None), np.concatenate(bounds, axis=None)
        self._wholes = np.concatenate(wholes, axis=None)

    @np.errstate(invalid="ignore", over="ignore")
    def is_met(self, values: list[object]) -> bool:
        """Whether answers have the same forms, and numbers that are close enough.

        Those that do not meet it may yet be right: with infinity where that is expected, or of another dtype.
        """
        floats: list[Any] = [NO_FLOATS]
        wholes: list[Any] = [NO_WHOLES]
        if _form(values, floats, wholes) != self._forms:
            return False
        off = np.abs(np.concatenate(floats, axis=None) - self._floats)
        return bool((off <= self._bounds).all()) and np.array_equal(np.concatenate(wholes, axis=None), self._wholes)

    def _expected_form(self, value: object, floats: list[Array], wholes: list[Array], path: Path = ()) -> object:
        """The form that an answer must have: floats as the judge takes them, but for the parts that are discrete."""
        value = unwrapped(value)
        if isinstance(value, Mapping):
            forms = [self._expected_form(part, floats, wholes, (*path, step_to(key))) for key, part in value.items()]
            return list(value), forms
        if isinstance(value, list | tuple):
            steps = [step_at(value, i, self._is_named and not path) for i in range(len(value))]
            pairs = zip(value, steps, strict=True)
            return [self._expected_form(part, floats, wholes, (*path, step)) for part, step in pairs]
        array = np.asarray(value)
        if path in self._tolerance.discrete:
            if array.dtype.kind in "bi":
                wholes.append(array.astype(WHOLE))
                return "whole", array.shape
            return object()  # equal to nothing else
        if array.dtype.kind in "biuf":
            floats.append(array.astype(float))
            return array.shape
        return value if value is None or isinstance(value, str) else object()


def _form(value: Any, floats: list[Any], wholes: list[Any]) -> object:
    """How a value is built: equal for values that differ in nothing but numbers, which are added to the rows."""
    kind = type(value)
    if kind is float or kind is np.float64:
        floats.append(value)
        return ()
    if kind is np.ndarray:
        if value.dtype == FLOAT:
            floats.append(value)
            return value.shape
        if value.dtype.kind in "bi":
            wholes.append(value)
            return "whole", value.shape
    if kind is list or kind is tuple:
        return [_form(part, floats, wholes) for part in value]
    if kind is dict:
        return list(value), [_form(part, floats, wholes) for part in value.values()]
    if (kind is int and -LARGEST <= value < LARGEST) or kind in (bool, np.bool_, np.int64):
        wholes.append(value)
        return "whole", ()
    return value if kind is str or value is None else object()  # equal to nothing else
