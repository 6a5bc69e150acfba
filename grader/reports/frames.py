"""Grades as tidy tables: the one step between results and every format, and open to instructors, too.

from grader.reports import read

tables = read("graded")
tables.exercises.groupby("exercise")["points"].mean()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..feedback.secrecy import without_values
from ..feedback.words import lack, message, message_of, remark, sentence, set_by_hand
from ..model import Counterexample, ExerciseGrade, Grade, Missing, Status, SubmissionStatus

SUBMISSIONS = ["submission", "student", "assignment", "score", "max_score", "percent", "status"]
FURTHER = ["message", "missing_modules", "seconds", "path"]
EXERCISES = [
    *("submission", "student", "exercise", "status", "points", "max_points", "cases_passed", "cases_total"),
    *("mistake", "message", "question", "cell", "line", "notes"),
    *("diagnosis", "printed", "source", "seconds", "by_hand"),
]
CASES = [
    *("submission", "student", "exercise", "case", "passed", "stage", "part", "message", "fixed", "weight"),
    *("guarded", "lack"),
]
EXAMPLES = ["submission", "student", "exercise", "role", "name", "got", "expected", "differs"]
LEFT_OUT = ["submission", "student", "cell", "line", "reason", "kind"]


@dataclass(frozen=True, slots=True)
class Frames:
    """submissions: a row each, with a column of points per exercise; the others: rows per submission.

    exercises: a row per submission and exercise. cases: a row per case of it. examples: where an exercise has a
    counterexample, a row per input of it (role "input", its text in got), per part of the answer ("part"), or for what
    happened instead ("failure"). left_out: a row per place in the notebook that was not run. Scores and points are in
    points, percent is 0 to 100, seconds are of wall clock. A score that is not there (a fault of the grader's own) is
    missing, not zero.
    """

    submissions: pd.DataFrame
    exercises: pd.DataFrame
    cases: pd.DataFrame
    examples: pd.DataFrame
    left_out: pd.DataFrame

    @property
    def names(self) -> list[str]:
        """The exercises in the assignment's order."""
        return list(self.exercises["exercise"].unique())

    @property
    def all(self) -> tuple[pd.DataFrame, ...]:
        """Every table, in the order in which they are listed."""
        return self.submissions, self.exercises, self.cases, self.examples, self.left_out

    def only(self, submissions: Iterable[str]) -> Frames:
        """The same tables with the rows of these submissions."""
        wanted = set(submissions)
        return Frames(*(table[table["submission"].isin(wanted)] for table in self.all))


def frames(grades: Sequence[Grade]) -> Frames:
    """The grades as tables, in the order of submissions' names and of the assignment's exercises."""
    ordered = sorted(grades, key=lambda grade: grade.submission)
    exercises = pd.DataFrame(list(_exercise_rows(ordered)), columns=EXERCISES)
    columns = [*SUBMISSIONS, *map(column, _names(ordered)), *FURTHER]
    return Frames(
        pd.DataFrame(list(map(_submission_row, ordered)), columns=columns).astype({"score": float, "percent": float}),
        exercises.astype({"points": float, "cell": "Int64", "line": "Int64"}),
        pd.DataFrame(list(_case_rows(ordered)), columns=CASES),
        pd.DataFrame(list(_example_rows(ordered)), columns=EXAMPLES),
        pd.DataFrame(list(_left_out_rows(ordered)), columns=LEFT_OUT),
    )


def column(exercise: str) -> str:
    """The column of submissions that holds an exercise's points; usually just its name."""
    return f"{exercise}_points" if exercise in (*SUBMISSIONS, *FURTHER) else exercise


def _names(grades: Sequence[Grade]) -> list[str]:
    """The exercises in the assignment's order; every graded submission has them all."""
    return list(dict.fromkeys(exercise.exercise for grade in grades for exercise in grade.exercises))


def _submission_row(grade: Grade) -> dict[str, Any]:
    is_fault = grade.status is SubmissionStatus.GRADER_FAULT
    points = {exercise.exercise: exercise.points for exercise in grade.exercises if not is_fault}
    return {
        "submission": grade.submission,
        "student": grade.student,
        "assignment": grade.assignment,
        "score": None if is_fault else round(grade.score, 4),
        "max_score": grade.max_score,
        "percent": None if is_fault else round(grade.percent, 2),
        "status": grade.status.value,
        "message": message_of(grade),
        "missing_modules": ", ".join(grade.missing_modules),
        "seconds": round(grade.seconds, 4),
        "path": grade.record.path,
    } | {column(name): round(value, 4) for name, value in points.items()}


def _exercise_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for exercise in grade.exercises:
            yield {"submission": grade.submission, "student": grade.student} | _exercise_row(exercise)


def _exercise_row(exercise: ExerciseGrade) -> dict[str, Any]:
    return {
        "exercise": exercise.exercise,
        "status": exercise.status.value,
        "points": None if exercise.status is Status.GRADER_FAULT else round(exercise.points, 4),
        "max_points": exercise.max_points,
        "cases_passed": exercise.cases_passed,
        "cases_total": exercise.cases_total,
        "mistake": exercise.mistake,
        "message": message(exercise),
        "question": exercise.question,
        "cell": exercise.place.cell if exercise.place else None,
        "line": exercise.place.line if exercise.place else None,
        "notes": " ".join(map(remark, exercise.remarks)),
        "diagnosis": exercise.diagnosis,
        "printed": exercise.printed,
        "source": exercise.source,
        "seconds": round(exercise.seconds, 4),
        "by_hand": set_by_hand(exercise.override, exercise.max_points) if exercise.override else "",
    }


def _case_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for exercise in grade.exercises:
            for verdict in exercise.verdicts:
                yield {
                    "submission": grade.submission,
                    "student": grade.student,
                    "exercise": exercise.exercise,
                    "case": verdict.case,
                    "passed": verdict.passed,
                    "stage": verdict.stage.value if verdict.stage else "",
                    "part": verdict.part,
                    "message": sentence(verdict.cause) if verdict.cause else "",
                    "fixed": verdict.fixed,
                    "weight": verdict.weight,
                    "guarded": without_values(verdict.cause) if verdict.cause else "",
                    "lack": lack(verdict.cause) if isinstance(verdict.cause, Missing) else "",
                }


def _example_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for exercise in grade.exercises:
            example = exercise.counterexample
            for line in _example_lines(example) if example else ():
                start = {"submission": grade.submission, "student": grade.student, "exercise": exercise.exercise}
                yield start | dict(zip(EXAMPLES[3:], line, strict=True))


def _example_lines(example: Counterexample) -> Iterator[tuple[str, str, str, str, bool]]:
    for name, value in example.inputs:
        yield "input", name, value, "", False
    for part in example.parts:
        yield "part", part.name, part.got, part.expected, part.differs
    if example.failure:
        yield "failure", "", example.failure, "", True


def _left_out_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for left in grade.left_out:
            yield {
                "submission": grade.submission,
                "student": grade.student,
                "cell": left.cell,
                "line": left.line,
                "reason": left.reason,
                "kind": left.kind.value if left.kind else "",
            }
