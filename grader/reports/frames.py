"""Grades as tidy tables: the one step between results and every format, and open to instructors, too.

from pathlib import Path
from grader import results
from grader.reports.frames import frames

tables = frames(results.read(Path("graded")))
tables.exercises.groupby("exercise")["points"].mean()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..model import ExerciseGrade, Grade, SubmissionStatus

SUBMISSIONS = ["submission", "student", "assignment", "score", "max_score", "percent", "status"]
EXERCISES = [
    *("submission", "student", "exercise", "status", "points", "max_points", "cases_passed", "cases_total"),
    *("mistake", "message", "question", "cell", "line", "notes"),
]
CASES = ["submission", "student", "exercise", "case", "passed", "stage", "part", "message"]


@dataclass(frozen=True, slots=True)
class Frames:
    """submissions: a row each, with a column of points per exercise; exercises and cases: a row each per submission.

    A score that is not there (a fault of the grader's own) is missing, not zero.
    """

    submissions: pd.DataFrame
    exercises: pd.DataFrame
    cases: pd.DataFrame


def frames(grades: Sequence[Grade]) -> Frames:
    """The grades as tables, in the order of submissions' names and of the assignment's exercises."""
    ordered = sorted(grades, key=lambda grade: grade.submission)
    exercises = pd.DataFrame(list(_exercise_rows(ordered)), columns=EXERCISES).astype({"cell": "Int64", "line": "Int64"})
    submissions = pd.DataFrame(list(map(_submission_row, ordered)), columns=[*SUBMISSIONS, *_names(ordered), "message"])
    return Frames(submissions, exercises, pd.DataFrame(list(_case_rows(ordered)), columns=CASES))


def _names(grades: Sequence[Grade]) -> list[str]:
    """The exercises in the assignment's order; every graded submission has them all."""
    return list(dict.fromkeys(exercise.exercise for grade in grades for exercise in grade.exercises))


def _submission_row(grade: Grade) -> dict[str, Any]:
    is_fault = grade.status is SubmissionStatus.GRADER_FAULT
    points = {exercise.exercise: exercise.points for exercise in grade.exercises}
    return {
        "submission": grade.submission,
        "student": grade.student,
        "assignment": grade.assignment,
        "score": None if is_fault else round(grade.score, 4),
        "max_score": grade.max_score,
        "percent": None if is_fault else round(grade.percent, 2),
        "status": grade.status.value,
        "message": grade.message,
    } | {name: round(value, 4) for name, value in points.items()}


def _exercise_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for exercise in grade.exercises:
            yield {"submission": grade.submission, "student": grade.student} | _exercise_row(exercise)


def _exercise_row(exercise: ExerciseGrade) -> dict[str, Any]:
    return {
        "exercise": exercise.exercise,
        "status": exercise.status.value,
        "points": round(exercise.points, 4),
        "max_points": exercise.max_points,
        "cases_passed": exercise.cases_passed,
        "cases_total": exercise.cases_total,
        "mistake": exercise.mistake,
        "message": exercise.message,
        "question": exercise.question,
        "cell": exercise.place.cell if exercise.place else None,
        "line": exercise.place.line if exercise.place else None,
        "notes": " ".join(exercise.notes),
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
                    "message": verdict.message,
                }
