"""Outcomes become verdicts, and verdicts points, a status and one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..assignment import Exercise
from ..diagnosis import Diagnosis
from ..diagnosis.found import called
from ..judge import compare
from ..model import (
    Counterexample,
    Crashed,
    ExerciseGrade,
    ExpectedCase,
    Missing,
    Outcome,
    Raised,
    Returned,
    Stage,
    Status,
    TimedOut,
    Verdict,
)
from ..properties import Property


@dataclass(frozen=True)
class Attempt:
    """What came of every case of an exercise; parameters: the student's names of the arguments."""

    exercise: Exercise
    cases: Sequence[ExpectedCase]
    outcomes: Sequence[Outcome]
    parameters: tuple[str, ...] = ()

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What each case came to."""
        judged = zip(self.cases, self.outcomes, strict=True)
        return tuple(verdict(self.exercise, expected, outcome, self.parameters) for expected, outcome in judged)

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
                return f"Not run: the notebook's {limit:g} s were used up before."
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


def _reason(failed: Verdict, outcome: Outcome) -> str:
    """Why a case failed, and which; where there is nothing to call, it is not about the case."""
    return failed.message if isinstance(outcome, Missing) else f"On the case “{failed.case}”: {failed.message}"


def exercise_grade(attempt: Attempt, finding: Finding) -> ExerciseGrade:
    """Verdicts and what was found out, added up to points, a status and one message."""
    exercise, verdicts, diagnosis = attempt.exercise, attempt.verdicts, finding.diagnosis
    share = max(attempt.share, finding.earns)
    first = next((i for i, verdict in enumerate(verdicts) if not verdict.passed), None)
    message = "" if first is None else _reason(verdicts[first], attempt.outcomes[first])
    notes = (*finding.notes, *(note for verdict in verdicts for note in verdict.notes))
    return ExerciseGrade(
        exercise=exercise.name,
        status=_status(share, attempt.outcomes if first is None else attempt.outcomes[first:]),
        points=exercise.points * share,
        max_points=exercise.points,
        cases_passed=sum(verdict.passed for verdict in verdicts),
        cases_total=len(verdicts),
        mistake=diagnosis.name if diagnosis else "",
        message=f"{diagnosis.says} {message}".strip() if diagnosis else message,
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
