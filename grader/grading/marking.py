"""Outcomes become verdicts, each by what is expected of its case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..assignment.declaration import Exercise
from ..assignment.properties import Property
from ..assignment.sheet import Sheet
from ..diagnosis.evidence import called
from ..judging.comparison import compare
from ..judging.tolerance import Expectation
from ..model import Crashed, ExpectedCase, Missing, Outcome, Raised, Returned, Stage, TimedOut, Verdict


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
    stage, part, message = _judged(exercise, expected, outcome)
    return Verdict(
        case=expected.case.name,
        passed=not message,
        message=message,
        stage=stage,
        part=part,
        fixed=expected.fixed,
        weight=expected.case.weight,
        notes=tuple(_notes(outcome, parameters)),
    )


def _judged(exercise: Exercise, expected: ExpectedCase, outcome: Outcome) -> tuple[Stage | None, str, str]:
    if not isinstance(outcome, Returned):
        return None, "", failure(outcome)
    if exercise.property is not None:
        broken = _broken(exercise.property, outcome.value, expected)
        return (Stage.PROPERTY, "", f"{broken[:1].upper()}{broken[1:]}.") if broken else (None, "", "")
    difference = compare(
        expected.expected,
        outcome.value,
        tolerance=exercise.tolerance,
        inputs=expected.case.args,
        names=exercise.returns,
    )
    return (difference.stage, difference.part, difference.message) if difference else (None, "", "")


def _broken(holds: Property, value: object, expected: ExpectedCase) -> str:
    """What of the property does not hold; an answer that the property cannot even look at does not hold either."""
    try:
        return holds(value, *expected.case.args)
    except Exception as error:
        return f"The answer cannot be judged ({type(error).__name__}); is it what the exercise asks for?"


def failure(outcome: Outcome) -> str:
    """An outcome without a value, in a sentence."""
    match outcome:
        case Raised(error, message, place):
            said = f": {message}" if message else ""
            return f"Raises {error}{said}" + (f" ({place})." if place else ".")
        case TimedOut(limit, loading, whole):
            if whole:
                return f"The notebook's {limit:g} s were used up before it had answered."
            what = "Running what it needs" if loading else "The call"
            return f"{what} took longer than {limit:g} s and was stopped."
        case Crashed(reason):
            return f"The process did not survive the call: {reason}."
        case Missing(reason):
            return f"Nothing to grade: {reason}."
    raise TypeError(outcome)


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
