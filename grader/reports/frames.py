"""Grades as tidy tables, for statistics and for formats that are tables, and open to instructors, too.

from grader.reports import read

tables = read("graded")
tables.exercises.groupby("exercise")["points"].mean()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..feedback.words import message, message_of, remark, sentence
from ..model import Counterexample, ExerciseGrade, Grade, LeftOut, Status, SubmissionStatus, Verdict

SUBMISSIONS = ["submission", "student", "assignment", "score", "max_score", "percent", "status"]
FURTHER = ["message", "missing_modules", "seconds", "path"]
EXERCISES = [
    *("submission", "student", "exercise", "status", "points", "max_points", "cases_passed", "cases_total"),
    *("mistake", "message", "question", "cell", "line", "notes"),
    *("diagnosis", "printed", "source", "seconds"),
]
CASES = ["submission", "student", "exercise", "case", "passed", "stage", "part", "message", "fixed", "weight"]
EXAMPLES = ["submission", "student", "exercise", "role", "name", "got", "expected", "differs"]
LEFT_OUT = ["submission", "student", "cell", "line", "reason"]


@dataclass(frozen=True, slots=True)
class Frames:
    """submissions: a row each, with a column of points per exercise; the others: rows per submission.

    exercises: a row per submission and exercise. cases: a row per case of it. examples: if an exercise has a
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


def frames(grades: Iterable[Grade]) -> Frames:
    """The grades as tables, in the order of submissions' names and of the assignment's exercises."""
    ordered = sorted(grades, key=lambda grade: grade.submission)
    exercises = pd.DataFrame(list(_exercise_rows(ordered)), columns=EXERCISES)
    columns = [*SUBMISSIONS, *map(column, _names(ordered)), *FURTHER]
    return Frames(
        pd.DataFrame([submission_row(grade) | _points(grade) for grade in ordered], columns=columns).astype(
            {"score": float, "percent": float}
        ),
        exercises.astype({"points": float, "cell": "Int64", "line": "Int64"}),
        pd.DataFrame(list(_case_rows(ordered)), columns=CASES),
        pd.DataFrame(list(_example_rows(ordered)), columns=EXAMPLES),
        pd.DataFrame(list(_left_out_rows(ordered)), columns=LEFT_OUT),
    )


def column(exercise: str) -> str:
    """The column of submissions that holds an exercise's points; usually just its name."""
    return f"{exercise}_points" if exercise in (*SUBMISSIONS, *FURTHER) else exercise


def submission_row(grade: Grade) -> dict[str, Any]:
    """What is known of a submission as a whole."""
    is_fault = grade.status is SubmissionStatus.GRADER_FAULT
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
    }


def exercise_row(exercise: ExerciseGrade) -> dict[str, Any]:
    """What is known of an exercise, but for its cases."""
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
    }


def case_row(verdict: Verdict) -> dict[str, Any]:
    """What one case came to."""
    return {
        "case": verdict.case,
        "passed": verdict.passed,
        "stage": verdict.stage.value if verdict.stage else "",
        "part": verdict.part,
        "message": sentence(verdict.cause) if verdict.cause else "",
        "fixed": verdict.fixed,
        "weight": verdict.weight,
    }


def example_rows(example: Counterexample) -> Iterator[dict[str, Any]]:
    """A counterexample: its inputs, then the parts of the answer, then what happened instead of one."""
    for name, value in example.inputs:
        yield {"role": "input", "name": name, "got": value, "expected": "", "differs": False}
    for part in example.parts:
        yield {
            "role": "part",
            "name": part.name,
            "got": part.got,
            "expected": part.expected,
            "differs": part.differs,
        }
    if example.failure:
        yield {"role": "failure", "name": "", "got": example.failure, "expected": "", "differs": True}


def left_out_row(left: LeftOut) -> dict[str, Any]:
    """A place in the notebook that was not run."""
    return {"cell": left.cell, "line": left.line, "reason": left.reason}


def _names(grades: Sequence[Grade]) -> list[str]:
    """The exercises in the assignment's order; every graded submission has them all."""
    return list(dict.fromkeys(exercise.exercise for grade in grades for exercise in grade.exercises))


def _points(grade: Grade) -> dict[str, float]:
    if grade.status is SubmissionStatus.GRADER_FAULT:
        return {}
    return {column(exercise.exercise): round(exercise.points, 4) for exercise in grade.exercises}


def _exercise_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for exercise in grade.exercises:
            yield {"submission": grade.submission, "student": grade.student} | exercise_row(exercise)


def _case_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for exercise in grade.exercises:
            whose = {"submission": grade.submission, "student": grade.student, "exercise": exercise.exercise}
            yield from (whose | case_row(verdict) for verdict in exercise.verdicts)


def _example_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for exercise in grade.exercises:
            whose = {"submission": grade.submission, "student": grade.student, "exercise": exercise.exercise}
            if exercise.counterexample:
                yield from (whose | row for row in example_rows(exercise.counterexample))


def _left_out_rows(grades: Sequence[Grade]) -> Iterator[dict[str, Any]]:
    for grade in grades:
        for left in grade.left_out:
            yield {"submission": grade.submission, "student": grade.student} | left_out_row(left)
