"""How far a number may be from the expected one. Everything that asks whether numbers are right asks here.

A tolerance is relative to a scale: the largest entry of the expected array unless the declaration says otherwise, or
where all are exactly zero, the largest number among the inputs. An array of float32 is held to what float32 can hold.

A part is discrete if the reference answers it with whole numbers or truth values in every case. Discrete parts have no
tolerance: True is 1, and a float counts if it is within a few units in the last place of the whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.values import magnitude

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise

Array = np.ndarray[Any, Any]
Path = tuple[object, ...]
EACH = "*"  # in a path: whichever entry of a list, of a set, or of a dict whose keys are no names
SINGLE = 1e-5  # what some operations in float32 leave of an entry, relative to the largest
LAST_PLACES = 4  # how many units in the last place a float may be from a whole number
EXACT_FLOATS = 2**53  # up to here float64 has every whole number


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How the answers of one exercise are measured; relative has no unit.

    scale: what it is relative to. discrete: the paths of the parts that are compared exactly.
    """

    relative: float
    scale: str = "array"
    discrete: frozenset[Path] = frozenset()

    def bounds(self, expected: Array, inputs: object) -> float | Array:
        """How far each entry of an array may be off."""
        if self.scale == "absolute":
            return self.relative
        if self.scale == "array":
            return self.relative * scale_of(expected, inputs)
        sizes = np.abs(expected)
        if self.scale == "row" and expected.ndim > 1:
            sizes = sizes.max(axis=tuple(range(1, expected.ndim)), keepdims=True, initial=0.0)
        # A zero has no size of its own: it is measured by the smallest of the others.
        known = sizes[np.isfinite(sizes) & (sizes > 0)]
        least = float(known.min()) if known.size else scale_of(expected, inputs)
        return np.broadcast_to(self.relative * np.where(sizes > 0, sizes, least), expected.shape)

    def wrong_entries(self, expected: Array, got: Array, inputs: object = (), path: Path | None = None) -> Array:
        """Which entries of an array of the same shape are not right; NaN is right where it is expected.

        Both arrays are as they came, since the dtype says how exact the entries can be. path: of the part that they
        are, None if it is not known.
        """
        if path in self.discrete:
            return wrong_exactly(expected, got)
        right, came = in_floats(expected), in_floats(got)
        with np.errstate(invalid="ignore", over="ignore"):
            near = np.abs(came - right) <= self._fair(got).bounds(right, inputs)
        wrong: Array = ~(near | (came == right) | (np.isnan(came) & np.isnan(right)))
        return wrong

    def is_near(self, expected: Array, got: Array) -> bool:
        """Whether all is finite and within the expected array's own scale, as most answers are: told in few passes."""
        if self.scale != "array":
            return False
        right = in_floats(expected)
        with np.errstate(invalid="ignore", over="ignore"):
            bound = self._fair(got).relative * np.abs(right).max(initial=0.0)
            return bool(np.abs(in_floats(got) - right).max(initial=0.0) <= bound < np.inf)

    def _fair(self, got: Array) -> Tolerance:
        """What an array of this dtype can be held to."""
        is_single = got.dtype in (np.float32, np.complex64)
        return replace(self, relative=max(self.relative, SINGLE)) if is_single else self


def tolerance_of(exercise: Exercise, answers: Iterable[object]) -> Tolerance:
    """How an exercise's answers are measured; answers: the reference's, in every case that there is."""
    kinds: dict[Path, bool] = {}
    for answer in answers:
        for path, leaf in _leaves(answer, bool(exercise.returns)):
            kinds[path] = kinds.get(path, True) and _is_whole(leaf)
    exact = exercise.exact
    named = {exercise.returns.index(name) for name in exact} if isinstance(exact, tuple) else set()
    discrete = (path for path, is_whole in kinds.items() if is_whole or exact is True or (path and path[0] in named))
    return Tolerance(exercise.tolerance, exercise.scale, frozenset() if exact is False else frozenset(discrete))


def scale_of(expected: Array, inputs: object) -> float:
    """What a difference from an array is relative to: its largest number or, if all are zero, that of the inputs."""
    return magnitude(expected) or magnitude(inputs) or 1.0


def wrong_exactly(expected: Array, got: Array) -> Array:
    """Which entries are not the same number, whole numbers of any size among them, but for a float's last places."""
    wrong: Array
    if got.dtype.kind in "fc" or expected.dtype.kind in "fc":
        wrong = _wrong_floats(expected, got)
    elif all(np.can_cast(array.dtype, np.int64) for array in (expected, got)):
        wrong = expected.astype(np.int64) != got.astype(np.int64)
    else:
        wrong = np.asarray(expected.astype(object) != got.astype(object), dtype=bool)
    return wrong


def _wrong_floats(expected: Array, got: Array) -> Array:
    right, came = in_floats(expected), in_floats(got)
    precision = got.dtype if got.dtype.kind == "f" else np.dtype(float)
    with np.errstate(all="ignore"):
        allowed = LAST_PLACES * np.spacing(np.abs(right).astype(precision)).astype(float)
        near = np.asarray(np.abs(came - right) <= allowed)
    # Beyond 2**53 a float64 stands for several whole numbers, so these are compared as whole numbers.
    for i in np.argwhere(np.abs(right) >= EXACT_FLOATS) if expected.dtype.kind in "iuO" else ():
        index = tuple(i)
        number = came[index]
        near[index] = bool(np.isfinite(number)) and abs(int(number.real) - int(expected[index])) <= allowed[index]
    wrong: Array = ~(near | (came == right) | (np.isnan(came) & np.isnan(right)))
    return wrong


def in_floats(array: Array) -> Array:
    """An array of numbers as float64, or complex128; a whole number that is too large for one is infinite."""
    if array.dtype.kind == "c":
        return array.astype(complex)
    try:
        return array.astype(float)
    except OverflowError:
        return np.array([_in_float(number) for number in array.ravel()], float).reshape(array.shape)


def _in_float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return np.inf if number > 0 else -np.inf


def unwrapped(value: object) -> object:
    """A value without what NumPy wraps around it: texts as str, arrays of texts and of objects as lists."""
    if isinstance(value, np.ndarray):
        return value.tolist() if value.dtype.kind in "UO" else value
    return str(value) if isinstance(value, np.str_) else value


def step_at(parts: list[Any] | tuple[Any, ...], position: int, is_named: bool = False) -> object:
    """The step of a path to a part: the parts of a tuple are things of their own, those of a list are all alike."""
    return position if is_named or isinstance(parts, tuple) else EACH


def step_to(key: object) -> object:
    """The step of a path to an entry of a dict."""
    return key if isinstance(key, str) else EACH


def path_of(value: Any, steps: Iterable[Any], names: Sequence[str] = ()) -> Path:
    """The path of a part of a value that is reached by names of parts, positions and keys."""
    path: list[object] = []
    for step in steps:
        value = unwrapped(value)
        if isinstance(value, Mapping):
            path.append(step_to(step))
            value = value[step]
        else:
            position = names.index(step) if not path and step in names else step
            path.append(step_at(value, position, bool(names) and not path))
            value = value[position]
    return tuple(path)


def _leaves(value: object, is_named: bool = False, path: Path = ()) -> Iterator[tuple[Path, object]]:
    value = unwrapped(value)
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, False, (*path, step_to(key)))
    elif isinstance(value, list | tuple):
        for i, part in enumerate(value):
            yield from _leaves(part, False, (*path, step_at(value, i, is_named)))
    elif isinstance(value, set | frozenset):
        for part in value:
            yield from _leaves(part, False, (*path, EACH))
    else:
        yield path, value


def _is_whole(value: object) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "biu"
    return isinstance(value, int)
