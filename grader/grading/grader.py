"""Every exercise's cases are run, judged and, where they fail, explained."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

from ..assignment.catalogue import DECLARATION
from ..assignment.declaration import Assignment, Exercise
from ..assignment.sheet import Sheet
from ..diagnosis import Diagnoser
from ..diagnosis.counterexample import Examples
from ..model import (
    ExerciseGrade,
    Grade,
    GraderFault,
    Provenance,
    Raised,
    Returned,
    Status,
    Submission,
    SubmissionStatus,
    Unreadable,
)
from ..sandbox import Job, Opened, Runner
from .explanation import Explainer
from .follow_through import FollowThrough
from .marking import AnswerKeys, Attempt, Finding, exercise_grade
from .references import Bounded, InProcess, References
from .submission_runner import SubmissionRunner

MAX_PRINTED = 2_000


class Grader:
    """Grades submissions on one sheet with one kind of isolation; may be used by several threads."""

    def __init__(self, sheet: Sheet, runner: Runner) -> None:
        """Take what is asked and where student code runs."""
        self.sheet = sheet
        self._runner = runner
        self._keys = AnswerKeys(sheet)
        self._references = _references(sheet.assignment, runner)
        self._diagnoser = Diagnoser(sheet)
        earns = sheet.assignment.convention_earns
        self._explainer = Explainer(self._diagnoser, Examples(sheet.assignment), earns)

    def grade(self, submission: Submission, only: str = "") -> Grade:
        """The submission's grade, of one exercise where `only` names it. Never raises for what a student handed in.

        A fault of the grader's own is tried once more.
        """
        with suppress(GraderFault):
            return self._tried(submission, only, is_last=False)
        try:
            return self._tried(submission, only, is_last=True)
        except GraderFault as error:
            return self._ungraded(submission, SubmissionStatus.GRADER_FAULT, str(error))

    def _tried(self, submission: Submission, only: str, is_last: bool) -> Grade:
        """The grade, or what makes it unreadable, in processes of its own. Raises GraderFault."""
        started = time.monotonic()
        try:
            with SubmissionRunner(self._runner, self._job(submission, is_last)) as running:
                through = FollowThrough(self.sheet, self._keys, running, self._diagnoser, self._references)
                asked = self._asked(only)
                through.attempt_all(asked)
                exercises = tuple(self._exercise(exercise, running, through, is_last) for exercise in asked)
                return self._graded(submission, running.opened, exercises, time.monotonic() - started)
        except Unreadable as error:
            return self._ungraded(submission, SubmissionStatus.UNREADABLE, str(error))

    def _job(self, submission: Submission, is_last_try: bool) -> Job:
        """What is to be run. Raises Unreadable, GraderFault."""
        declared = self.sheet.assignment
        names = tuple(exercise.name for exercise in declared.exercises)
        return Job(
            data=submission.read(),
            suffix=submission.suffix,
            support=self._support(submission),
            limits=declared.limits,
            names=names,
            allowed_imports=declared.allowed_imports,
            is_last_try=is_last_try,
        )

    def _asked(self, only: str) -> list[Exercise]:
        return [exercise for exercise in self.sheet.assignment.exercises if only in ("", exercise.name)]

    def _support(self, submission: Submission) -> dict[str, bytes]:
        """What lies beside it: the student's own files, and over them those that the assignment gives out."""
        assignment = self.sheet.assignment
        own = {name: content.read() for name, content in submission.helpers.items()}
        return own | {name: (assignment.folder / name).read_bytes() for name in assignment.support}

    def _exercise(
        self, exercise: Exercise, running: SubmissionRunner, through: FollowThrough, is_last_try: bool
    ) -> ExerciseGrade:
        started = time.monotonic()
        attempt = through.attempt(exercise)
        if attempt.passed:
            grade = exercise_grade(attempt, Finding())
        else:
            grade = self._explainer.grade(attempt, running, through, is_last_try)
        return replace(
            grade,
            place=running.place(exercise.name),
            source=running.opened.sources.get(exercise.name, ""),
            printed=_printed(attempt),
            seconds=running.seconds[exercise.name] + time.monotonic() - started,
        )

    def _graded(
        self, submission: Submission, opened: Opened, exercises: tuple[ExerciseGrade, ...], seconds: float
    ) -> Grade:
        asks = {exercise.name: exercise.asks for exercise in self.sheet.assignment.exercises}
        return Grade(
            submission=submission.name,
            student=submission.student,
            assignment=self.sheet.assignment.name,
            title=self.sheet.assignment.title,
            status=SubmissionStatus.GRADED,
            score=sum(exercise.points for exercise in exercises),
            max_score=sum(exercise.max_points for exercise in exercises),
            exercises=tuple(replace(each, asks=asks[each.exercise]) for each in exercises),
            left_out=opened.left_out,
            missing_modules=tuple(name for name, _ in opened.missing_modules),
            seconds=seconds,
            record=Provenance(isolation=tuple(self._runner.layers)),
        )

    def _ungraded(self, submission: Submission, status: SubmissionStatus, message: str) -> Grade:
        """No points, and a reason; a fault of the grader's own is for a person to look at."""
        assignment = self.sheet.assignment
        return Grade(
            submission=submission.name,
            student=submission.student,
            assignment=assignment.name,
            title=assignment.title,
            status=status,
            score=0.0,
            max_score=assignment.max_points,
            problem=message,
            exercises=tuple(self._not_run(exercise, status, message) for exercise in assignment.exercises),
            record=Provenance(isolation=tuple(self._runner.layers)),
        )

    def _not_run(self, exercise: Exercise, status: SubmissionStatus, message: str) -> ExerciseGrade:
        kind = Status.GRADER_FAULT if status is SubmissionStatus.GRADER_FAULT else Status.MISSING
        total = len(self.sheet.cases.get(exercise.name, ()))
        return ExerciseGrade(exercise.name, kind, 0.0, exercise.points, 0, total, not_run=message, asks=exercise.asks)


def _references(assignment: Assignment, runner: Runner) -> References:
    """Where strangers' code runs, the reference is bounded, too, once an assignment's folder holds it."""
    is_bounded = runner.is_for_strangers and (assignment.folder / DECLARATION).is_file()
    return Bounded(assignment.folder) if is_bounded else InProcess()


def _printed(attempt: Attempt) -> str:
    """What was printed by the first call that printed, of those whose inputs are no secret: it may hold them."""
    known = (outcome for case, outcome in zip(attempt.cases, attempt.outcomes, strict=True) if case.fixed)
    spoken = (outcome.printed for outcome in known if isinstance(outcome, Returned | Raised))
    return next(filter(None, spoken), "")[:MAX_PRINTED]
