"""What counts besides the code: days that it came late, and scores that a person set.

Both are worked out anew whenever a run ends, from the grade as the cases gave it, which stays in the record as `raw`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ..assignment.vocabulary import Deadline
from ..course import deadlines
from ..course.deadlines import Due, Extension
from ..model import ExerciseGrade, Extended, Grade, Late, Raw, RawExercise, SetByHand, Status, SubmissionStatus
from .extensions import holds
from .overrides import Override
from .record.serialization import from_text, to_line, tree_of

RAW = b'"raw": {'  # within a text of the line its quotes would be escaped


@dataclass(frozen=True, slots=True)
class Adjustments:
    """The rules of one run. only: the submissions that they are about; None for all of them."""

    deadline: Deadline | None = None
    overrides: tuple[Override, ...] = ()
    extensions: tuple[Extension, ...] = ()
    only: Collection[str] | None = None

    def __call__(self, text: bytes) -> bytes:
        """A line of the record as it counts under these rules; the same bytes if they change nothing."""
        if not (self.deadline or self.overrides or RAW in text):
            return text
        tree = tree_of(text)
        if self.only is not None and tree["submission"] not in self.only:
            return text
        if tree["record"].get("raw") or self.deadline or self._of(tree["submission"], tree["student"]):
            return to_line(self.adjusted(from_text(text))).text.encode()
        return text

    def adjusted(self, grade: Grade) -> Grade:
        """The grade under these rules, whatever rules it was under before."""
        before = raw(grade)
        by_hand = self._of(grade.submission, grade.student)
        after = self._in_time(_with_exercises(before, by_hand))
        after = _with_score(after, [override for override in by_hand if not override.exercise])
        if after == before:
            return before
        return replace(after, record=replace(after.record, raw=_kept(before)))

    def _of(self, submission: str, student: str) -> list[Override]:
        return [override for override in self.overrides if override.names(submission, student)]

    def _in_time(self, grade: Grade) -> Grade:
        """The grade without what its days late cost, by the time when it was due for whoever handed it in."""
        if self.deadline is None or grade.status is not SubmissionStatus.GRADED:
            return grade
        due = deadlines.due(self.deadline, [one for one in self.extensions if holds(one, grade)])
        at = datetime.fromisoformat(grade.record.handed_in) if grade.record.handed_in else None
        days = deadlines.days_late(self.deadline, due, at, grade.record.late)
        return _penalised(_extended(grade, due), (days, self.deadline.cost(days)))


def raw(grade: Grade) -> Grade:
    """The grade as the cases gave it."""
    kept = grade.record.raw
    if kept is None:
        return grade
    earned = {one.exercise: one for one in kept.exercises}
    exercises = tuple(
        replace(one, status=earned[one.exercise].status, points=earned[one.exercise].points, override=None)
        for one in grade.exercises
    )
    return replace(
        grade,
        status=kept.status,
        score=kept.score,
        problem=kept.problem,
        exercises=exercises,
        late=None,
        extended=None,
        override=None,
        record=replace(grade.record, raw=None),
    )


def _with_exercises(grade: Grade, overrides: Iterable[Override]) -> Grade:
    by_hand = {override.exercise: override for override in overrides if override.exercise}
    if not by_hand:
        return grade
    exercises = tuple(_set_by_hand(exercise, by_hand.get(exercise.exercise)) for exercise in grade.exercises)
    return replace(grade, exercises=exercises, score=sum(exercise.points for exercise in exercises))


def _set_by_hand(exercise: ExerciseGrade, override: Override | None) -> ExerciseGrade:
    if override is None:
        return exercise
    status = Status.PARTIAL if 0 < override.points < exercise.max_points else _all_or_nothing(exercise, override)
    by_hand = SetByHand(override.points, override.reason)
    return replace(exercise, points=override.points, status=status, override=by_hand)


def _all_or_nothing(exercise: ExerciseGrade, override: Override) -> Status:
    if override.points:
        return Status.PASSED
    return Status.WRONG if exercise.status in (Status.PASSED, Status.PARTIAL) else exercise.status


def _extended(grade: Grade, due: Due) -> Grade:
    until = due.at.isoformat(" ", "minutes")
    return replace(grade, extended=Extended(until, due.reason)) if due.is_own else grade


def _penalised(grade: Grade, late: tuple[int, float]) -> Grade:
    days, share = late
    if not days:
        return grade
    lost = round(grade.score * share, 4)
    return replace(grade, score=grade.score - lost, late=Late(days, lost, of=grade.score))


def _with_score(grade: Grade, overrides: list[Override]) -> Grade:
    """A person's word ends a fault of the grader's own, too."""
    for override in overrides:
        problem = "" if grade.status is SubmissionStatus.GRADER_FAULT else grade.problem
        by_hand = SetByHand(override.points, override.reason)
        grade = replace(grade, score=override.points, status=SubmissionStatus.GRADED, problem=problem, override=by_hand)
    return grade


def _kept(grade: Grade) -> Raw:
    exercises = tuple(RawExercise(one.exercise, one.status, one.points) for one in grade.exercises)
    return Raw(grade.status, grade.score, grade.problem, exercises)
