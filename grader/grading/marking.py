"""Outcomes become verdicts, each by what is expected of its case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..assignment.declaration import Exercise
from ..assignment.properties import Property
from ..assignment.sheet import Sheet
from ..diagnosis.evidence import called
from ..judging.comparison import compare
from ..judging.tolerance import Expectation
from ..model import Broken, Cause, Difference, ExpectedCase, Outcome, Raised, Returned, Stage, Verdict


@dataclass(frozen=True)
class AnswerKey:
    """The cases of an exercise; what depends on them alone is worked out once for all submissions."""

    exercise: Exercise
    cases: Sequence[ExpectedCase]

    def verdicts(self, outcomes: Sequence[Outcome], parameters: tuple[str, ...] = ()) -> tuple[Verdict, ...]:
        """What each case came to; parameters: the student's names of the arguments."""
        if self._is_met(outcomes):
            return self._passed
        judged = zip(self.cases, outcomes, strict=True)
        return tuple(verdict(self.exercise, expected, outcome, parameters) for expected, outcome in judged)

    def _is_met(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether it is seen at once that all is right, and that nothing is to be noted."""
        plain = [outcome.value for outcome in outcomes if isinstance(outcome, Returned) and not outcome.changed]
        return self.exercise.property is None and self._expectation.is_met(plain)

    @cached_property
    def _expectation(self) -> Expectation:
        answers = [(expected.expected, expected.case.args) for expected in self.cases]
        return Expectation(answers, self.exercise.tolerance)

    @cached_property
    def _passed(self) -> tuple[Verdict, ...]:
        return tuple(
            Verdict(expected.case.name, passed=True, fixed=expected.fixed, weight=expected.case.weight)
            for expected in self.cases
        )


class AnswerKeys:
    """The answer keys of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet."""
        self._sheet = sheet
        self._keys: dict[str, AnswerKey] = {}

    def of(self, exercise: Exercise) -> AnswerKey:
        """The exercise's key, whether the sheet has its cases or not."""
        if exercise.name not in self._keys:
            self._keys[exercise.name] = AnswerKey(exercise, self._sheet.of(exercise))
        return self._keys[exercise.name]


def verdict(exercise: Exercise, expected: ExpectedCase, outcome: Outcome, parameters: tuple[str, ...] = ()) -> Verdict:
    """What one case came to."""
    cause = _cause(exercise, expected, outcome)
    return Verdict(
        case=expected.case.name,
        passed=cause is None,
        cause=cause,
        fixed=expected.fixed,
        weight=expected.case.weight,
        notes=tuple(_notes(outcome, parameters)),
    )


def _cause(exercise: Exercise, expected: ExpectedCase, outcome: Outcome) -> Cause | None:
    """Why the case does not pass; what came instead of a value is its own cause, without what it printed."""
    if isinstance(outcome, Raised):
        return replace(outcome, printed="", seconds=0.0)
    if not isinstance(outcome, Returned):
        return outcome
    if exercise.property is not None:
        return _broken(exercise.property, outcome.value, expected)
    return compare(
        expected.expected,
        outcome.value,
        tolerance=exercise.tolerance,
        inputs=expected.case.args,
        names=exercise.returns,
    )


def _broken(holds: Property, value: object, expected: ExpectedCase) -> Difference | None:
    """What of the property does not hold; an answer that the property cannot even look at does not hold either."""
    try:
        broken = Broken(str(holds(value, *expected.case.args) or ""))
    except Exception as error:
        broken = Broken(error=type(error).__name__)
    return Difference(Stage.PROPERTY, "", broken) if broken.says or broken.error else None


def _notes(outcome: Outcome, parameters: tuple[str, ...]) -> Iterator[str]:
    if isinstance(outcome, Returned) and outcome.changed:
        which = " and ".join(called(position, parameters) for position in outcome.changed)
        yield f"It changes {which} in place; a caller may not expect that."
    if isinstance(outcome, Returned) and _singles(outcome.value):
        yield "It returns numbers of single precision (float32), which hold seven digits; float64 holds sixteen."


def _singles(value: object) -> bool:
    """Whether a value holds numbers of single precision."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return any(map(_singles, value))
    return getattr(value, "dtype", None) == np.float32
