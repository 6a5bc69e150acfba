"""Outcomes become verdicts, each by what is expected of its case, and verdicts become points and a status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..judging.comparison import broken, compare
from ..judging.expectation import Expectation
from ..judging.tolerance import Tolerance, tolerance_of
from ..model import (
    ArgumentsChanged,
    Cause,
    Counterexample,
    Crashed,
    Difference,
    ExerciseGrade,
    ExpectedCase,
    Missing,
    Outcome,
    Raised,
    Remark,
    Returned,
    SinglePrecision,
    Stage,
    Status,
    TimedOut,
    Verdict,
)
from ..model.values import argument_name
from ..sandbox import Call

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise
    from ..assignment.sheet import Sheet
    from ..diagnosis import Diagnosis

LONGEST_MESSAGE, LONGEST_NAME = 500, 100  # of an error, as far as anybody reads it
STATUSES = {Raised: Status.RAISED, TimedOut: Status.TIMED_OUT, Crashed: Status.CRASHED, Missing: Status.MISSING}


@dataclass(frozen=True)
class AnswerKey:
    """The cases of an exercise; what depends on them alone is worked out once for all submissions."""

    exercise: Exercise
    cases: Sequence[ExpectedCase]

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The call of each case, which is packed once."""
        return tuple(Call(self.exercise.name, one.case.args, is_secret=not one.fixed) for one in self.cases)

    @cached_property
    def known_first(self) -> tuple[int, ...]:
        """The cases by number in the order in which a function is asked: what it says to known ones may be shown."""
        return tuple(sorted(range(len(self.cases)), key=lambda i: not self.cases[i].fixed))

    def verdicts(self, outcomes: Sequence[Outcome], parameters: tuple[str, ...] = ()) -> tuple[Verdict, ...]:
        """What each case came to; parameters: the student's names of the arguments."""
        if self._is_met(outcomes):
            return self._passed
        judged = zip(self.cases, outcomes, strict=True)
        return tuple(self.verdict(expected, outcome, parameters) for expected, outcome in judged)

    def verdict(self, expected: ExpectedCase, outcome: Outcome, parameters: tuple[str, ...] = ()) -> Verdict:
        """What one case came to."""
        cause = self._cause(expected, outcome)
        return Verdict(
            case=expected.case.name,
            passed=cause is None,
            cause=cause,
            fixed=expected.fixed,
            weight=expected.case.weight,
            remarks=tuple(_remarks(outcome, expected.case.args.names(parameters))),
        )

    def _cause(self, expected: ExpectedCase, outcome: Outcome) -> Cause | None:
        """Why the case does not pass; what came instead of a value is its own cause, without what it printed."""
        if isinstance(outcome, Raised):
            message = (
                outcome.message if len(outcome.message) <= LONGEST_MESSAGE else f"{outcome.message[:LONGEST_MESSAGE]}…"
            )
            return replace(outcome, error=outcome.error[:LONGEST_NAME], message=message, printed="", seconds=0.0)
        if not isinstance(outcome, Returned):
            return outcome
        if self.exercise.property is not None:
            figures = broken(self.exercise.property, outcome.value, expected.case.args)
            return Difference(Stage.PROPERTY, "", figures) if figures else None
        names, args = self.exercise.returns, expected.case.args
        return compare(expected.expected, outcome.value, self.tolerance, inputs=args, names=names)

    @cached_property
    def tolerance(self) -> Tolerance:
        """How the answers are measured."""
        return tolerance_of(self.exercise, [expected.expected for expected in self.cases])

    def _is_met(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether it is seen at once that all is right, and that there is nothing to remark."""
        plain = [outcome.value for outcome in outcomes if isinstance(outcome, Returned) and not outcome.changed]
        return self.exercise.property is None and self._expectation.is_met(plain)

    @cached_property
    def _expectation(self) -> Expectation:
        answers = [(expected.expected, expected.case.args) for expected in self.cases]
        return Expectation(answers, self.tolerance, is_named=bool(self.exercise.returns))

    @cached_property
    def _passed(self) -> tuple[Verdict, ...]:
        return tuple(
            Verdict(expected.case.name, passed=True, fixed=expected.fixed, weight=expected.case.weight)
            for expected in self.cases
        )


class AnswerKeys:
    """The answer keys of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._keys: dict[str, AnswerKey] = {}

    def of(self, exercise: Exercise) -> AnswerKey:
        """The exercise's key, whether the sheet has its cases or not."""
        if exercise.name not in self._keys:
            self._keys[exercise.name] = AnswerKey(exercise, self._sheet.of(exercise))
        return self._keys[exercise.name]


@dataclass(frozen=True)
class Attempt:
    """What came of every case of an exercise; parameters: the student's names of the arguments."""

    key: AnswerKey
    outcomes: Sequence[Outcome]
    parameters: tuple[str, ...] = ()

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What each case came to."""
        return self.key.verdicts(self.outcomes, self.parameters)

    @property
    def exercise(self) -> Exercise:
        """What was asked."""
        return self.key.exercise

    @property
    def cases(self) -> Sequence[ExpectedCase]:
        """What it was called with, and what was expected."""
        return self.key.cases

    @property
    def passed(self) -> bool:
        """Whether every case did."""
        return all(verdict.passed for verdict in self.verdicts)

    @property
    def share(self) -> float:
        """The share of the points that the cases earn, 0 to 1."""
        return earned_share(self.exercise, self.verdicts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out beside the verdicts; earns: the share of the points that the diagnosed answer gets."""

    diagnosis: Diagnosis | None = None
    earns: float = 0.0
    followed: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    counterexample: Counterexample | None = None


def _remarks(outcome: Outcome, names: Sequence[str]) -> Iterator[Remark]:
    if isinstance(outcome, Returned) and outcome.changed:
        yield ArgumentsChanged(tuple(argument_name(position, names) for position in outcome.changed))
    if isinstance(outcome, Returned) and _singles(outcome.value):
        yield SinglePrecision()


def _singles(value: object) -> bool:
    """Whether a value holds numbers of single precision."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return any(map(_singles, value))
    return getattr(value, "dtype", None) == np.float32


def exercise_grade(attempt: Attempt, finding: Finding) -> ExerciseGrade:
    """Verdicts and what was found out, added up to points and a status."""
    exercise, verdicts, diagnosis = attempt.exercise, attempt.verdicts, finding.diagnosis
    share = max(attempt.share, finding.earns)
    remarks = (*finding.remarks, *(remark for verdict in verdicts for remark in verdict.remarks))
    return ExerciseGrade(
        exercise=exercise.name,
        status=_status(share, attempt),
        points=exercise.points * share,
        max_points=exercise.points,
        cases_passed=sum(verdict.passed for verdict in verdicts),
        cases_total=len(verdicts),
        mistake=diagnosis.name if diagnosis else "",
        diagnosis=diagnosis.says if diagnosis else "",
        question=diagnosis.asks if diagnosis else "",
        verdicts=verdicts,
        remarks=tuple(dict.fromkeys(remarks)),
        counterexample=finding.counterexample,
        followed=finding.followed,
    )


def earned_share(exercise: Exercise, verdicts: Sequence[Verdict]) -> float:
    """The share of the points that the cases earn, 0 to 1.

    Cases that are the same under every seed could be answered from a table, so they count only when all the drawn
    ones pass, too; an exercise that has no other cases is excepted.
    """
    drawn_pass = all(verdict.passed for verdict in verdicts if not verdict.fixed)
    earned = sum(verdict.weight for verdict in verdicts if verdict.passed and (drawn_pass or not verdict.fixed))
    share = earned / sum(verdict.weight for verdict in verdicts)
    return 0.0 if exercise.all_or_nothing and share < 1 else share


def _status(share: float, attempt: Attempt) -> Status:
    """Passed or partial by points; otherwise what the first failing case came to."""
    if share == 1.0:
        return Status.PASSED
    if share > 0.0:
        return Status.PARTIAL
    failing = next(
        (out for out, verdict in zip(attempt.outcomes, attempt.verdicts, strict=True) if not verdict.passed),
        attempt.outcomes[0],
    )
    return STATUSES.get(type(failing), Status.WRONG)
