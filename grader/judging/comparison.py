"""A returned value against the expected one: the first stage that fails, and in which part.

Stages are type, shape, dtype, finiteness and values, in this order over all parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..model.outcomes import Opaque
from ..model.verdicts import Difference, Entries, Figures, Keys, Kinds, Lengths, Shapes, Stage
from .tolerance import is_near, scale_of, wrong_entries

Array = np.ndarray[Any, Any]
ORDER = list(Stage)
MOST_KEYS, LONGEST_KEY = 5, 100


def compare(
    expected: object, got: object, *, tolerance: float, inputs: object = (), names: tuple[str, ...] = ()
) -> Difference | None:
    """None where `got` is `expected` within the tolerance, else the difference of the earliest stage.

    tolerance is relative (no unit); inputs are the case's arguments; names are those of a tuple's parts.
    """
    differences = list(_Comparison(tolerance, inputs).differences(expected, got, "", names))
    if not differences:
        return None
    first = min(differences, key=lambda difference: ORDER.index(difference.stage))
    others = tuple(other.part for other in differences if other.part and other is not first)
    return replace(first, others=others)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What stays the same while a value is compared part by part."""

    tolerance: float
    inputs: object

    def differences(
        self, expected: object, got: object, part: str, names: tuple[str, ...] = ()
    ) -> Iterator[Difference]:
        if isinstance(expected, Mapping):
            yield from self.of_dicts(expected, got, part)
        elif isinstance(expected, list | tuple):
            yield from self.of_sequences(expected, got, part, names)
        elif isinstance(expected, str) or expected is None:
            if type(got) is not type(expected) or got != expected:
                stage = Stage.VALUES if isinstance(got, str) else Stage.TYPE
                yield Difference(stage, part, Kinds(described(got), repr(expected)))
        else:
            found = self.of_arrays(np.asarray(expected), got)
            if found:
                yield Difference(found[0], part or "".join(names[:1]), found[1])

    def of_dicts(self, expected: Mapping[Any, object], got: object, part: str) -> Iterator[Difference]:
        if not isinstance(got, Mapping):
            yield Difference(Stage.TYPE, part, Kinds(described(got), "a dict"))
            return
        keys = Keys(_written(expected, got), _written(got, expected))
        if keys.missing or keys.extra:
            yield Difference(Stage.TYPE, part, keys)
        for key in expected:
            if key in got:
                name = key if isinstance(key, str) and not part else f"{part or 'result'}[{key!r}]"
                yield from self.differences(expected[key], got[key], name)

    def of_sequences(
        self, expected: list[Any] | tuple[Any, ...], got: object, part: str, names: tuple[str, ...]
    ) -> Iterator[Difference]:
        if isinstance(got, np.ndarray) and got.ndim:
            got = list(got)
        if not isinstance(got, list | tuple):
            whole = f"{len(expected)} values ({', '.join(names)})" if names else f"a list of {len(expected)}"
            yield Difference(Stage.TYPE, part, Kinds(described(got), whole))
        elif len(got) != len(expected):
            yield Difference(Stage.SHAPE, part, Lengths(len(got), len(expected), names))
        else:
            for i, (one, other) in enumerate(zip(expected, got, strict=True)):
                name = names[i] if i < len(names) else f"{part or 'result'}[{i}]"
                yield from self.differences(one, other, name)

    def of_arrays(self, expected: Array, got: object) -> tuple[Stage, Figures] | None:
        """A list of numbers is taken for the array that it makes; everything else must be one."""
        array = as_array(got)
        if array is None:
            stage = Stage.DTYPE if isinstance(got, Opaque) and got.shape == expected.shape else Stage.TYPE
            return stage, Kinds(described(got), described(expected), nothing=got is None)
        if array.shape != expected.shape:
            return Stage.SHAPE, Shapes(array.shape, expected.shape)
        if is_near(expected, array, self.tolerance):
            return None
        return _of_finiteness(expected, array) or self.of_values(expected, array)

    def of_values(self, expected: Array, got: Array) -> tuple[Stage, Figures] | None:
        wrong = wrong_entries(expected, got, self.tolerance, self.inputs)
        if not wrong.any():
            return None
        with np.errstate(invalid="ignore", over="ignore"):
            off = np.abs(got.astype(float) - expected.astype(float))[wrong].max()
            relative = off / scale_of(expected, self.inputs)
        first = _first(wrong)
        count = int(wrong.sum())
        return Stage.VALUES, Entries(
            _number(got[first]), _number(expected[first]), first, count, wrong.size, f"{off:.3g}", f"{relative:.2g}"
        )


def _of_finiteness(expected: Array, got: Array) -> tuple[Stage, Figures] | None:
    odd = ~(np.isfinite(got) & np.isfinite(expected))
    unlike = odd & (got != expected) & ~(np.isnan(got) & np.isnan(expected))
    if not unlike.any():
        return None
    first = _first(unlike)
    entries = Entries(_number(got[first]), _number(expected[first]), first, int(unlike.sum()), unlike.size)
    return Stage.FINITENESS, entries


def _written(keys: Mapping[Any, object], other: Mapping[Any, object]) -> tuple[str, ...]:
    """The keys that the other has not, as Python writes them."""
    return tuple(repr(key)[:LONGEST_KEY] for key in keys if key not in other)[:MOST_KEYS]


def as_array(value: object) -> Array | None:
    """The value as a numeric or boolean array, None where it is none."""
    if type(value) is np.ndarray:
        return value if value.dtype.kind in "biuf" else None
    if isinstance(value, bool | int | float | np.generic | np.ndarray):
        return _numeric(value)
    if isinstance(value, list | tuple) and all(as_array(part) is not None for part in value):
        return _numeric(value)
    return None


def described(value: object) -> str:
    """A value's kind in words, as a message needs it."""
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return (
            f"an array of dtype {value.type_name}"
            if value.shape is not None
            else f"an object of type {value.type_name}"
        )
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | int | float | np.generic | np.ndarray):
        return "a number"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return (
        f"a {type(value).__name__} of {len(value)}" if isinstance(value, list | tuple | dict) else type(value).__name__
    )


def _numeric(value: object) -> Array | None:
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" else None


def _first(mask: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0])


def _number(value: float) -> str:
    return f"{value + 0.0:.7g}"  # + 0 turns -0 into 0
