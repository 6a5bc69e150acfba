"""A returned value against the expected one: the first stage that fails, and in which part.

Stages are type, shape, dtype, finiteness and values, in this order over all parts. The scale of a part's tolerance
is the largest entry of the expected array, and where that is exactly zero, the largest number among the inputs. An
array of float32 is held to what float32 can hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..model import Opaque, Stage
from .tolerance import scale_of

Array = np.ndarray[Any, Any]
ORDER = list(Stage)
SINGLE = 1e-5  # what some operations in float32 leave of an entry, relative to the largest


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a value that is not as expected."""

    stage: Stage
    part: str
    message: str


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
    others = [f"`{other.part}`" for other in differences if other.part and other is not first]
    also = f" ({_listed(others)} {'differs' if len(others) == 1 else 'differ'} too.)" if others else ""
    return Difference(first.stage, first.part, first.message[:1].upper() + first.message[1:] + also)


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
                yield Difference(stage, part, f"{_the(part)} is {described(got)}, expected {expected!r}.")
        else:
            difference = self.of_arrays(np.asarray(expected), got, part or "".join(names[:1]))
            if difference:
                yield difference

    def of_dicts(self, expected: Mapping[Any, object], got: object, part: str) -> Iterator[Difference]:
        if not isinstance(got, Mapping):
            yield Difference(Stage.TYPE, part, f"{_the(part)} is {described(got)}, expected a dict.")
            return
        missing, extra = [key for key in expected if key not in got], [key for key in got if key not in expected]
        for keys, what in ((missing, "lacks"), (extra, "should not have")):
            if keys:
                listed = _listed([repr(key) for key in keys[:5]])
                yield Difference(Stage.TYPE, part, f"{_the(part)} {what} the key {listed}.")
        for key in expected:
            if key in got:
                yield from self.differences(expected[key], got[key], f"{part or 'result'}[{key!r}]")

    def of_sequences(
        self, expected: list[Any] | tuple[Any, ...], got: object, part: str, names: tuple[str, ...]
    ) -> Iterator[Difference]:
        if isinstance(got, np.ndarray) and got.ndim:
            got = list(got)
        whole = f"{len(expected)} values ({', '.join(names)})" if names else f"a list of {len(expected)}"
        if not isinstance(got, list | tuple):
            yield Difference(Stage.TYPE, part, f"{_the(part)} is {described(got)}, expected {whole}.")
        elif len(got) != len(expected):
            yield Difference(Stage.SHAPE, part, f"{_the(part)} holds {len(got)} values, expected {whole}.")
        else:
            for i, (one, other) in enumerate(zip(expected, got, strict=True)):
                name = names[i] if i < len(names) else f"{part or 'result'}[{i}]"
                yield from self.differences(one, other, name)

    def of_arrays(self, expected: Array, got: object, part: str) -> Difference | None:
        """A list of numbers is taken for the array that it makes; everything else must be one."""
        array = as_array(got)
        if array is None:
            stage = Stage.DTYPE if isinstance(got, Opaque) and got.shape == expected.shape else Stage.TYPE
            return Difference(
                stage, part, f"{_the(part)} is {described(got)}, expected {described(expected)}.{_hint(got)}"
            )
        if array.shape != expected.shape:
            message = f"{_the(part)} has shape {array.shape}, expected {expected.shape}."
            return Difference(Stage.SHAPE, part, message)
        fair = replace(self, tolerance=max(self.tolerance, SINGLE)) if array.dtype == np.float32 else self
        return fair.of_floats(expected.astype(float), array.astype(float), part)

    def of_floats(self, expected: Array, array: Array, part: str) -> Difference | None:
        if self.is_close(expected, array):
            return None
        return self.of_finiteness(expected, array, part) or self.of_values(expected, array, part)

    def is_close(self, expected: Array, got: Array) -> bool:
        """Whether all is finite and within the expected array's own scale, as most answers are: told in few passes."""
        with np.errstate(invalid="ignore", over="ignore"):
            bound = self.tolerance * np.abs(expected).max(initial=0.0)
            return bool(np.abs(got - expected).max(initial=0.0) <= bound < np.inf)

    def of_finiteness(self, expected: Array, got: Array, part: str) -> Difference | None:
        odd = ~(np.isfinite(got) & np.isfinite(expected))
        unlike = odd & (got != expected) & ~(np.isnan(got) & np.isnan(expected))
        if not unlike.any():
            return None
        first = _first(unlike)
        message = f"{_entry(part, first)} is {_number(got[first])}, expected {_number(expected[first])}."
        return Difference(Stage.FINITENESS, part, message)

    def of_values(self, expected: Array, got: Array, part: str) -> Difference | None:
        with np.errstate(invalid="ignore", over="ignore"):
            off = np.where(got == expected, 0.0, np.abs(got - expected))
        off = np.where(np.isnan(got) & np.isnan(expected), 0.0, off)
        scale = scale_of(expected, self.inputs)
        wrong = off > self.tolerance * scale
        if not wrong.any():
            return None
        first, largest = _first(wrong), float(off.max())
        count = f"{int(wrong.sum())} of {wrong.size} entries differ; the first, " if wrong.size > 1 else ""
        return Difference(
            Stage.VALUES,
            part,
            f"{count}{_entry(part, first)} is {_number(got[first])}, expected {_number(expected[first])}"
            f" (largest difference {largest:.3g}, relative {largest / scale:.2g}).",
        )


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


def _hint(got: object) -> str:
    return " Does the function end with a return statement?" if got is None else ""


def _first(mask: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0])


def _entry(part: str, index: tuple[int, ...]) -> str:
    if not index:
        return _the(part)
    place = ", ".join(map(str, index))
    return f"`{part or 'result'}[{place}]`"


def _the(part: str) -> str:
    return f"`{part}`" if part else "the result"


def _number(value: float) -> str:
    return f"{value + 0.0:.7g}"  # + 0 turns -0 into 0


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
