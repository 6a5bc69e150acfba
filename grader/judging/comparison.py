"""A returned value against the expected one: the first stage that fails, and in which part.

Stages are type, shape, dtype, finiteness and values, in this order over all parts. A Python number, a NumPy scalar and
an array without axes are one thing, and so are a list and a tuple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..model.cases import Arguments
from ..model.differences import Broken, Difference, Entries, Figures, Keys, Kinds, Lengths, Members, Shapes, Stage
from ..model.outcomes import Opaque
from .tolerance import Array, Path, Tolerance, in_floats, scale_of, step_at, step_to, unwrapped

ORDER = list(Stage)
MOST_KEYS, LONGEST_KEY = 5, 100
LONGEST_NUMBER = 40  # characters


def compare(
    expected: object, got: object, tolerance: Tolerance, *, inputs: object = (), names: tuple[str, ...] = ()
) -> Difference | None:
    """None if `got` is `expected` within the tolerance, else the difference of the earliest stage.

    inputs are the case's arguments; names are those of a tuple's parts.
    """
    differences = list(_Comparison(tolerance, inputs).differences(expected, got, _Part(names=names)))
    if not differences:
        return None
    first = min(differences, key=lambda difference: ORDER.index(difference.stage))
    others = tuple(other.part for other in differences if other.part and other is not first)
    return replace(first, others=others)


def broken(holds: Callable[..., object], value: object, inputs: Arguments) -> Broken | None:
    """What of a property does not hold; an answer that the property cannot even look at does not hold either."""
    try:
        says = str(inputs.given_to(holds, value) or "")
    except Exception as error:
        return Broken(error=type(error).__name__)
    return Broken(says) if says else None


@dataclass(frozen=True, slots=True)
class _Part:
    """Where in a value one is: as people are told, and as the tolerance knows it; names: those of its parts."""

    label: str = ""
    path: Path = ()
    names: tuple[str, ...] = ()

    def at(self, i: int, parts: list[Any] | tuple[Any, ...]) -> _Part:
        label = self.names[i] if i < len(self.names) else f"{self.label or 'result'}[{i}]"
        return _Part(label, (*self.path, step_at(parts, i, bool(self.names))))

    def to(self, key: object) -> _Part:
        is_name = isinstance(key, str) and not self.label
        label = str(key) if is_name else f"{self.label or 'result'}[{unwrapped_key(key)!r}]"
        return _Part(label, (*self.path, step_to(key)))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What stays the same while a value is compared part by part."""

    tolerance: Tolerance
    inputs: object

    def differences(self, expected: object, got: object, part: _Part) -> Iterator[Difference]:
        expected = unwrapped(expected)
        if isinstance(expected, Mapping):
            yield from self.of_dicts(expected, got, part)
        elif isinstance(expected, list | tuple):
            yield from self.of_sequences(expected, unwrapped(got), part)
        elif isinstance(expected, set | frozenset):
            yield from self.of_sets(expected, got, part)
        elif (array := as_numbers(expected)) is not None:
            found = self.of_arrays(array, got, part.path)
            if found:
                yield Difference(found[0], part.label or "".join(part.names[:1]), found[1])
        else:
            yield from _of_texts(expected, unwrapped(got), part)

    def of_dicts(self, expected: Mapping[Any, object], got: object, part: _Part) -> Iterator[Difference]:
        if not isinstance(got, Mapping):
            yield Difference(Stage.TYPE, part.label, Kinds(described(got), "a dict"))
            return
        keys = Keys(_written(expected, got), _written(got, expected))
        if keys.missing or keys.extra:
            yield Difference(Stage.TYPE, part.label, keys)
        for key in expected:
            if key in got:
                yield from self.differences(expected[key], got[key], part.to(key))

    def of_sequences(self, expected: list[Any] | tuple[Any, ...], got: object, part: _Part) -> Iterator[Difference]:
        if isinstance(got, np.ndarray) and got.ndim:
            got = list(got)
        if not isinstance(got, list | tuple):
            names = part.names
            whole = f"{len(expected)} values ({', '.join(names)})" if names else f"a list of {len(expected)}"
            yield Difference(Stage.TYPE, part.label, Kinds(described(got), whole))
        elif len(got) != len(expected):
            yield Difference(Stage.SHAPE, part.label, Lengths(len(got), len(expected), part.names))
        else:
            for i, (one, other) in enumerate(zip(expected, got, strict=True)):
                yield from self.differences(one, other, part.at(i, expected))

    def of_sets(self, expected: set[Any] | frozenset[Any], got: object, part: _Part) -> Iterator[Difference]:
        """Numbers that are near each other are the same member; everything else is in both or it is not."""
        if not isinstance(got, set | frozenset):
            yield Difference(Stage.TYPE, part.label, Kinds(described(got), "a set"))
            return
        right, came = (as_numbers(sorted(one)) if _are_real(one) else None for one in (expected, got))
        if right is not None and came is not None and right.shape == came.shape:
            found = self.of_arrays(right, came, part.at(0, []).path)
            if found is None:
                return
        missing, extra = _written(expected, got), _written(got, expected)
        if missing or extra:
            yield Difference(Stage.VALUES, part.label, Members(missing, extra))

    def of_arrays(self, expected: Array, got: object, path: Path) -> tuple[Stage, Figures] | None:
        """A list of numbers is taken for the array that it makes; everything else must be one."""
        array = as_numbers(got)
        if array is None:
            stage = Stage.DTYPE if isinstance(got, Opaque) and got.shape == expected.shape else Stage.TYPE
            return stage, Kinds(described(got), described(expected), nothing=got is None)
        if array.shape != expected.shape:
            return Stage.SHAPE, Shapes(array.shape, expected.shape)
        is_exact = path in self.tolerance.discrete
        if not is_exact and self.tolerance.is_near(expected, array):
            return None
        return _of_finiteness(expected, array) or self.of_values(expected, array, path)

    def of_values(self, expected: Array, got: Array, path: Path) -> tuple[Stage, Figures] | None:
        wrong = self.tolerance.wrong_entries(expected, got, self.inputs, path)
        if not wrong.any():
            return None
        first, count = _first(wrong), int(wrong.sum())
        if path in self.tolerance.discrete:
            numbers = _exact(got[first]), _exact(expected[first])
            return Stage.VALUES, Entries(*numbers, first, count, wrong.size)
        right, came = in_floats(expected), in_floats(got)
        with np.errstate(invalid="ignore", over="ignore"):
            off = np.abs(came - right)[wrong].max()
            relative = off / scale_of(right, self.inputs)
        numbers = _number(came[first]), _number(right[first])
        return Stage.VALUES, Entries(*numbers, first, count, wrong.size, f"{off:.3g}", f"{relative:.2g}")


def _of_texts(expected: object, got: object, part: _Part) -> Iterator[Difference]:
    """Text is the same to the letter, and None is None; of anything else nothing is known that could be the same."""
    is_known = expected is None or isinstance(expected, str)
    if not is_known or type(got) is not type(expected) or got != expected:
        stage = Stage.VALUES if isinstance(got, str) else Stage.TYPE
        yield Difference(stage, part.label, Kinds(described(got), repr(expected) if is_known else described(expected)))


def _of_finiteness(expected: Array, got: Array) -> tuple[Stage, Figures] | None:
    right, came = in_floats(expected), in_floats(got)
    odd = ~(np.isfinite(came) & np.isfinite(right))
    unlike = odd & (came != right) & ~(np.isnan(came) & np.isnan(right))
    if not unlike.any():
        return None
    first = _first(unlike)
    return Stage.FINITENESS, Entries(_number(came[first]), _number(right[first]), first)


def _written(members: Any, other: Any) -> tuple[str, ...]:
    """The keys or members that the other has not, as Python writes them."""
    return tuple(repr(unwrapped_key(one))[:LONGEST_KEY] for one in members if one not in other)[:MOST_KEYS]


def unwrapped_key(key: object) -> object:
    """A key as Python's own value, where NumPy made it."""
    if isinstance(key, tuple):
        return tuple(map(unwrapped_key, key))
    return key.item() if isinstance(key, np.generic) else key


def _are_real(members: set[Any] | frozenset[Any]) -> bool:
    return all(isinstance(one, int | float | np.integer | np.floating | np.bool_) for one in members)


def as_numbers(value: object) -> Array | None:
    """The value as an array of numbers, whole numbers of any size and complex ones among them; None if it is none."""
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind == "O":
            return as_numbers(value.tolist())
        return np.asarray(value) if value.dtype.kind in "biufc" else None
    if isinstance(value, int | float | complex):
        return np.asarray(value)
    if isinstance(value, list | tuple) and all(as_numbers(part) is not None for part in value):
        try:
            array = np.asarray(value)
        except ValueError:  # rows of several lengths
            return None
        return array if array.dtype.kind in "biufcO" else None
    return None


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
        of = {"U": " of texts", "O": " of objects"}.get(value.dtype.kind, "")
        return f"an array{of} of shape {value.shape}"
    if isinstance(value, str):
        return f"the text {str(value)[:40]!r}"
    if isinstance(value, int | float | complex | np.generic | np.ndarray):
        return "a number"
    return (
        f"a {type(value).__name__} of {len(value)}"
        if isinstance(value, list | tuple | dict | set | frozenset)
        else type(value).__name__
    )


def _numeric(value: object) -> Array | None:
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" else None


def _first(mask: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0])


def _number(value: Any) -> str:
    return f"{value + 0.0:.7g}"  # + 0 turns -0 into 0


def _exact(value: Any) -> str:
    """A number with all of its digits, as far as anybody reads them."""
    number = value.item() if isinstance(value, np.generic) else value
    text = repr(number)
    return text if len(text) <= LONGEST_NUMBER else f"{text[:10]}…{text[-5:]} ({len(text)} digits)"
