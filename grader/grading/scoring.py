"""Verdicts become points and a status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..assignment.declaration import Exercise
from ..diagnosis import Diagnosis
from ..model import (
    Counterexample,
    Crashed,
    ExerciseGrade,
    ExpectedCase,
    Missing,
    Outcome,
    Raised,
    Status,
    TimedOut,
    Verdict,
)
from .marking import AnswerKey


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
    notes: tuple[str, ...] = ()
    counterexample: Counterexample | None = None


def exercise_grade(attempt: Attempt, finding: Finding) -> ExerciseGrade:
    """Verdicts and what was found out, added up to points and a status."""
    exercise, verdicts, diagnosis = attempt.exercise, attempt.verdicts, finding.diagnosis
    share = max(attempt.share, finding.earns)
    first = next((i for i, verdict in enumerate(verdicts) if not verdict.passed), None)
    notes = (*finding.notes, *(note for verdict in verdicts for note in verdict.notes))
    return ExerciseGrade(
        exercise=exercise.name,
        status=_status(share, attempt.outcomes if first is None else attempt.outcomes[first:]),
        points=exercise.points * share,
        max_points=exercise.points,
        cases_passed=sum(verdict.passed for verdict in verdicts),
        cases_total=len(verdicts),
        mistake=diagnosis.name if diagnosis else "",
        diagnosis=diagnosis.says if diagnosis else "",
        question=diagnosis.asks if diagnosis else "",
        verdicts=verdicts,
        notes=tuple(dict.fromkeys(notes)),
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


def _status(share: float, failing: Sequence[Outcome]) -> Status:
    """Passed or partial by points; otherwise what the first failing case came to."""
    if share == 1.0:
        return Status.PASSED
    if share > 0.0:
        return Status.PARTIAL
    kinds = {Raised: Status.RAISED, TimedOut: Status.TIMED_OUT, Crashed: Status.CRASHED, Missing: Status.MISSING}
    return kinds.get(type(failing[0]), Status.WRONG)
