"""One submission → its grade: every exercise's cases are run, judged and, where they fail, explained."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .assignment import Exercise
from .cases import Sheet
from .diagnosis import Diagnoser, Diagnosis
from .judge import compare
from .model import (
    Crashed,
    ExerciseGrade,
    ExpectedCase,
    Grade,
    GraderFault,
    LeftOut,
    Missing,
    Outcome,
    Place,
    Raised,
    Returned,
    Stage,
    Status,
    SubmissionStatus,
    TimedOut,
    Verdict,
)
from .properties import Property
from .sandbox import Job, Opened, Runner, Session, Unreadable
from .submissions import Submission

MAX_PRINTED = 2_000
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


class Grader:
    """Grades submissions on one sheet with one kind of isolation; may be used by several threads."""

    def __init__(self, sheet: Sheet, runner: Runner) -> None:
        """Take what is asked and where student code runs."""
        self.sheet = sheet
        self._runner = runner
        self._diagnoser = Diagnoser(sheet)

    def grade(self, submission: Submission, only: str = "") -> Grade:
        """The submission's grade, of one exercise where `only` names it. Never raises for what a student handed in."""
        started = time.monotonic()
        try:
            data = submission.read()
            names = tuple(exercise.name for exercise in self._asked(only))
            job = Job(data, submission.path.suffix, self._support(), self.sheet.assignment.limits, names)
            with _Sitting(self._runner, job) as sitting:
                exercises = tuple(self._exercise(exercise, sitting) for exercise in self._asked(only))
                return self._graded(submission, sitting.opened, exercises, time.monotonic() - started)
        except Unreadable as error:
            return self._ungraded(submission, SubmissionStatus.UNREADABLE, str(error))
        except GraderFault as error:
            return self._ungraded(submission, SubmissionStatus.GRADER_FAULT, str(error))

    def _asked(self, only: str) -> list[Exercise]:
        return [exercise for exercise in self.sheet.assignment.exercises if only in ("", exercise.name)]

    def _support(self) -> dict[str, Path]:
        assignment = self.sheet.assignment
        return {name: assignment.folder / name for name in assignment.support}

    def _exercise(self, exercise: Exercise, sitting: _Sitting) -> ExerciseGrade:
        started = time.monotonic()
        cases = self.sheet.cases[exercise.name]
        outcomes = tuple(sitting.outcomes(exercise.name, cases))
        verdicts = tuple(verdict(exercise, case, outcome) for case, outcome in zip(cases, outcomes, strict=True))
        passed = all(verdict.passed for verdict in verdicts)
        diagnosis = None if passed else self._diagnoser.explain(exercise, outcomes)
        return replace(
            exercise_grade(exercise, verdicts, outcomes, diagnosis),
            place=sitting.place(exercise.name),
            source=sitting.opened.sources.get(exercise.name, ""),
            printed=_printed(cases, outcomes),
            seconds=time.monotonic() - started,
        )

    def _graded(
        self, submission: Submission, opened: Opened, exercises: tuple[ExerciseGrade, ...], seconds: float
    ) -> Grade:
        return Grade(
            submission=submission.name,
            student=submission.student,
            assignment=self.sheet.assignment.name,
            status=SubmissionStatus.GRADED,
            score=sum(exercise.points for exercise in exercises),
            max_score=sum(exercise.max_points for exercise in exercises),
            exercises=exercises,
            left_out=tuple(LeftOut(place.cell, place.line, reason) for place, reason in opened.skipped),
            missing_modules=tuple(name for name, _ in opened.missing_modules),
            seconds=seconds,
            record={"isolation": list(self._runner.layers)},
        )

    def _ungraded(self, submission: Submission, status: SubmissionStatus, message: str) -> Grade:
        """No points, and a reason; a fault of the grader's own is for a person to look at."""
        assignment = self.sheet.assignment
        return Grade(
            submission=submission.name,
            student=submission.student,
            assignment=assignment.name,
            status=status,
            score=0.0,
            max_score=assignment.max_points,
            message=message,
            exercises=tuple(self._not_run(exercise, status, message) for exercise in assignment.exercises),
            record={"isolation": list(self._runner.layers)},
        )

    def _not_run(self, exercise: Exercise, status: SubmissionStatus, message: str) -> ExerciseGrade:
        kind = Status.GRADER_FAULT if status is SubmissionStatus.GRADER_FAULT else Status.MISSING
        total = len(self.sheet.cases[exercise.name])
        why = f"Not run: {message.rstrip('.')}."
        return ExerciseGrade(exercise.name, kind, 0.0, exercise.points, 0, total, message=why)


class _Sitting:
    """One submission's time in the sandbox: a new session wherever the last one ended, within one time budget."""

    def __init__(self, runner: Runner, job: Job) -> None:
        self._runner, self._job = runner, job
        self._deadline = time.monotonic() + job.limits.submission_seconds
        self._session = self._start()
        self.opened = self._session.opened

    def __enter__(self) -> _Sitting:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def outcomes(self, name: str, cases: tuple[ExpectedCase, ...]) -> Iterator[Outcome]:
        """The outcome of each case; once one has run out of time or taken the process down, the rest share its fate."""
        fate: Outcome | None = None
        for expected in cases:
            outcome = fate or self._call(name, expected.case.args)
            fate = outcome if isinstance(outcome, TimedOut | Crashed | Missing) else None
            yield outcome

    def place(self, name: str) -> Place | None:
        """Where the notebook last binds a name."""
        found = self.opened.found.get(name)
        return found.place if found else None

    def _call(self, name: str, args: tuple[object, ...]) -> Outcome:
        left = self._deadline - time.monotonic()
        if left <= 0:
            return TimedOut(self._job.limits.submission_seconds, whole=True)
        if not self._session.alive:
            self._session = self._start()
        return self._session.call(name, args, min(self._job.limits.case_seconds, left))

    def _start(self) -> Session:
        """A fault of the grader's own is tried once more."""
        try:
            return Session(self._runner.start(self._job), self._job)
        except GraderFault:
            return Session(self._runner.start(self._job), self._job)


def verdict(exercise: Exercise, expected: ExpectedCase, outcome: Outcome) -> Verdict:
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
        notes=tuple(_notes(outcome)),
    )


def _judged(exercise: Exercise, expected: ExpectedCase, outcome: Outcome) -> tuple[Stage | None, str, str]:
    if not isinstance(outcome, Returned):
        return None, "", failure(outcome)
    if exercise.property is not None:
        broken = _broken(exercise.property, outcome.value, expected)
        return (Stage.PROPERTY, "", f"{broken}.") if broken else (None, "", "")
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


def _notes(outcome: Outcome) -> Iterator[str]:
    if isinstance(outcome, Returned) and outcome.changed:
        which = " and ".join(ORDINALS[i] if i < len(ORDINALS) else f"{i + 1}th" for i in outcome.changed)
        yield f"It changes its {which} argument in place; a caller may not expect that."


def _printed(cases: tuple[ExpectedCase, ...], outcomes: tuple[Outcome, ...]) -> str:
    """What was printed by the first call that printed, of those whose inputs are no secret: it may hold them."""
    known = (outcome for case, outcome in zip(cases, outcomes, strict=True) if case.fixed)
    spoken = (outcome.printed for outcome in known if isinstance(outcome, Returned | Raised))
    return next(filter(None, spoken), "")[:MAX_PRINTED]


def exercise_grade(
    exercise: Exercise, verdicts: tuple[Verdict, ...], outcomes: tuple[Outcome, ...], diagnosis: Diagnosis | None
) -> ExerciseGrade:
    """Verdicts and explanation added up to points, a status and one message."""
    share = max(earned_share(exercise, verdicts), diagnosis.earns if diagnosis else 0.0)
    first = next((i for i, verdict in enumerate(verdicts) if not verdict.passed), None)
    message = "" if first is None else f"On the case {verdicts[first].case!r}: {verdicts[first].message}"
    return ExerciseGrade(
        exercise=exercise.name,
        status=_status(share, outcomes if first is None else outcomes[first:]),
        points=exercise.points * share,
        max_points=exercise.points,
        cases_passed=sum(verdict.passed for verdict in verdicts),
        cases_total=len(verdicts),
        mistake=diagnosis.name if diagnosis else "",
        message=f"{diagnosis.says} {message}" if diagnosis else message,
        diagnosis=diagnosis.says if diagnosis else "",
        question=diagnosis.asks if diagnosis else "",
        verdicts=verdicts,
        notes=tuple(dict.fromkeys(note for verdict in verdicts for note in verdict.notes)),
    )


def earned_share(exercise: Exercise, verdicts: tuple[Verdict, ...]) -> float:
    """The share of the points that the cases earn, 0 to 1.

    Cases that are the same under every seed could be answered from a table, so they count only when all the drawn
    ones pass, too; an exercise that has no other cases is excepted.
    """
    drawn_pass = all(verdict.passed for verdict in verdicts if not verdict.fixed)
    earned = sum(verdict.weight for verdict in verdicts if verdict.passed and (drawn_pass or not verdict.fixed))
    share = earned / sum(verdict.weight for verdict in verdicts)
    return 0.0 if exercise.all_or_nothing and share < 1 else share


def _status(share: float, failing: tuple[Outcome, ...]) -> Status:
    """Passed or partial by points; otherwise what the first failing case came to."""
    if share == 1.0:
        return Status.PASSED
    if share > 0.0:
        return Status.PARTIAL
    kinds = {Raised: Status.RAISED, TimedOut: Status.TIMED_OUT, Crashed: Status.CRASHED, Missing: Status.MISSING}
    return kinds.get(type(failing[0]), Status.WRONG)
