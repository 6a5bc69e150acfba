"""What is found out about a wrong answer, and what it is found out from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np

from ..judging.comparison import as_array, compare
from ..judging.tolerance import Tolerance, path_of, tolerance_of
from ..model import Arguments, ExpectedCase, Outcome, Returned
from ..model.values import argument_name, magnitude, numbers

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise
    from ..assignment.vocabulary import Mistake

DUST = 1e-13  # what rounding leaves, relative to the inputs

Path = tuple[Any, ...]
Spot = tuple[int, Path]
Array = np.ndarray[Any, Any]


class Probe(Protocol):
    """Further calls of the student's function, within a budget."""

    def __call__(self, args: Arguments, seed: int = 0) -> Outcome | None:
        """What comes back; None if the budget is used up."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What explains every answer: a short name, what to tell the student, and what to ask them.

    convention: it is another lecture's way; earns: its own share of the points, where it has one. mistakes: the
    banked ones that it consists of.
    """

    name: str
    says: str
    asks: str = ""
    convention: bool = False
    earns: float = 0.0
    mistakes: tuple[Mistake, ...] = ()

    def only(self, where: str) -> Diagnosis:
        """The same, confined to where the rest is right."""
        return replace(self, says=f"{self.says} This is so only {where}; the rest is right.") if where else self

    def share(self, convention_earns: float) -> float:
        """The share of the points that the answer still gets, where a convention earns so much."""
        return self.earns or (convention_earns if self.convention else 0.0)


def of_mistakes(mistakes: Sequence[Mistake]) -> Diagnosis:
    """One banked mistake, or two at once."""
    said = " ".join(dict.fromkeys(mistake.says for mistake in mistakes))
    return Diagnosis(
        name=" + ".join(mistake.name for mistake in mistakes),
        says=f"Two slips together: {said}" if len(mistakes) > 1 else said,
        asks=" ".join(dict.fromkeys(mistake.asks for mistake in mistakes)),
        convention=all(mistake.earns > 0 for mistake in mistakes),
        earns=min(mistake.earns for mistake in mistakes),
        mistakes=tuple(mistakes),
    )


def _swept(value: object, dust: float) -> object:
    """What rounding has left of an exact 0, as 0: its digits are those of one way of computing it."""
    if isinstance(value, dict):
        return {key: _swept(part, dust) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_swept(part, dust) for part in value)
    if isinstance(value, float | np.floating | np.ndarray) and np.asarray(value).dtype.kind == "f":
        return np.where(np.abs(value) < dust, 0.0, value)
    return value


class Misaligned(Exception):
    """An answer whose lists or dicts are not built like the expected ones."""


@dataclass(frozen=True)
class Evidence:
    """An exercise's cases and what came back on each, at least one of them wrong.

    parameters: the names of the function's arguments, for people.
    """

    exercise: Exercise
    cases: Sequence[ExpectedCase]
    outcomes: Sequence[Outcome]
    parameters: tuple[str, ...] = ()

    @classmethod
    def of(cls, other: Evidence, **further: Any) -> Self:
        """Other evidence, looked at in this class's way."""
        return cls(other.exercise, other.cases, other.outcomes, other.parameters, **further)

    @cached_property
    def returned(self) -> bool:
        """Whether every call came back with a value."""
        return all(isinstance(outcome, Returned) for outcome in self.outcomes)

    @cached_property
    def tolerance(self) -> Tolerance:
        """How the answers are measured."""
        return tolerance_of(self.exercise, [expected.expected for expected in self.cases])

    @cached_property
    def pairs(self) -> Mapping[Spot, tuple[object, object]]:
        """Every array, number or text as expected and as it came; empty where an answer is built otherwise."""
        found: dict[Spot, tuple[object, object]] = {}
        for i, (expected, outcome) in enumerate(zip(self.cases, self.outcomes, strict=True)):
            if not isinstance(outcome, Returned):
                return {}
            try:
                for path, *pair in aligned(expected.expected, outcome.value, self.exercise.returns):
                    found[i, path] = (pair[0], pair[1])
            except Misaligned:
                return {}
        return found

    @cached_property
    def arrays(self) -> Mapping[Spot, tuple[Array, Array]]:
        """`pairs` as arrays of floats, single ones as they came; empty where one of them is not numeric."""
        found = {spot: (as_array(e), as_array(g)) for spot, (e, g) in self.pairs.items()}
        if any(one is None for pair in found.values() for one in pair):
            return {}
        return {
            spot: (e.astype(float), _in_floats(g)) for spot, (e, g) in found.items() if e is not None and g is not None
        }

    @cached_property
    def failing(self) -> frozenset[Spot]:
        """Where what came back is not what was expected."""
        return frozenset(spot for spot, (e, g) in self.pairs.items() if not self.agree(spot[0], e, g))

    @cached_property
    def constant(self) -> bool:
        """Whether the same number stands in every entry of every answer: it could be made of many things."""
        came = [got.ravel() for _, got in self.arrays.values()]
        return bool(came) and len(np.unique(np.round(np.concatenate(came), 12))) == 1

    def value(self, i: int) -> object:
        """What came back on a case; None if nothing did."""
        outcome = self.outcomes[i]
        return outcome.value if isinstance(outcome, Returned) else None

    def agree(self, i: int, answer: object, got: object) -> bool:
        """Whether two answers to a case are the same within the exercise's tolerance."""
        inputs = self.cases[i].case.args
        if compare(answer, got, self.tolerance, inputs=inputs) is None:
            return True
        dust = DUST * (magnitude(inputs) or 1.0)
        if not any(0 < magnitude(part) < dust for part in numbers(answer)):
            return False
        return compare(_swept(answer, dust), _swept(got, dust), self.tolerance, inputs=inputs) is None

    def close(self, spot: Spot, answer: Array, got: Array) -> bool:
        """`agree` for arrays of floats in one spot."""
        if answer.shape != got.shape:
            return False
        i, steps = spot
        expected, names = self.cases[i].expected, self.exercise.returns
        path = path_of(expected, steps, names) if self.tolerance.discrete else None
        return not self.tolerance.wrong_entries(answer, got, self.cases[i].case.args, path).any()

    @cached_property
    def part_names(self) -> tuple[str, ...]:
        """The names of an answer's parts: those that the declaration gives, or the keys of a dict."""
        answers = [expected.expected for expected in self.cases]
        if self.exercise.returns or not all(isinstance(answer, Mapping) for answer in answers):
            return self.exercise.returns
        return tuple(dict.fromkeys(key for answer in answers for key in answer if isinstance(key, str)))  # type: ignore[attr-defined]

    @property
    def positions(self) -> range:
        """Of the arguments that all cases have: those by name count only if all cases give the same ones."""
        given = [expected.case.args for expected in self.cases]
        alike = len({(len(args), args.keywords) for args in given}) == 1
        return range(len(given[0]) if alike else min(args.positional for args in given))

    def called(self, position: int) -> str:
        """An argument's name, for people."""
        return argument_name(position, self.cases[0].case.args.names(self.parameters))


def _in_floats(array: Array) -> Array:
    return array if array.dtype == np.float32 else array.astype(float)


class Squeezed(Evidence):
    """The same evidence, looked at as if dimensions of length 1 made no difference."""

    def agree(self, i: int, answer: object, got: object) -> bool:
        """Whether two answers are the same but for such dimensions."""
        return super().agree(i, _squeezed(answer), _squeezed(got))


def _squeezed(value: object) -> object:
    if isinstance(value, np.ndarray):
        return value.squeeze()
    if isinstance(value, list | tuple):
        array = as_array(value)
        return type(value)(map(_squeezed, value)) if array is None else array.squeeze()
    return value


def pieces(value: object, names: Sequence[str] = (), path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every array, number or text within an answer, and the way to it: names of parts, positions and keys."""
    for path_, part, _ in aligned(value, value, names, path):
        yield path_, part


def aligned(
    expected: object, got: object, names: Sequence[str] = (), path: Path = ()
) -> Iterator[tuple[Path, object, object]]:
    """The pieces of two answers side by side. Raises Misaligned if lists or dicts differ in build."""
    if isinstance(expected, Mapping):
        if not isinstance(got, Mapping) or set(got) != set(expected):
            raise Misaligned
        for key, part in expected.items():
            yield from aligned(part, got[key], (), (*path, key))
    elif isinstance(expected, list | tuple):
        parts = list(got) if isinstance(got, np.ndarray) and got.ndim else got
        if not isinstance(parts, list | tuple) or len(parts) != len(expected):
            raise Misaligned
        for i, part in enumerate(expected):
            yield from aligned(part, parts[i], (), (*path, names[i] if i < len(names) else i))
    else:
        yield path, expected, got


@dataclass(frozen=True, slots=True)
class Theory:
    """A diagnosis that may hold: whether it explains a case's whole answer, and whether one piece of it."""

    diagnosis: Diagnosis
    whole: Callable[[int], bool]
    piece: Callable[[Spot], bool] | None = None
