"""Scores that a person set, with a reason each, in a CSV file: they hold whatever the cases say, and survive a regrade.

    submission,student,exercise,points,reason
    ,ada,output_gradients,4,"right, by another formula than ours (appeal of 3 May)"
    group/bob.ipynb,,,12,oral examination

Either submission or student names whose; without an exercise the points are the whole score, after all else.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..assignment.declaration import Assignment
from ..model import GraderError

FILE = "overrides.csv"
NEEDED = {"points", "reason"}
KNOWN = {"submission", "student", "exercise", *NEEDED}


@dataclass(frozen=True, slots=True)
class Override:
    """One line of the file: points for an exercise, or for the whole if that is empty."""

    submission: str
    student: str
    exercise: str
    points: float
    reason: str
    line: int = 0

    def names(self, submission: str, student: str) -> bool:
        """Whether it is this submission's."""
        return self.submission in ("", submission) and self.student in ("", student)


def read(path: Path, assignment: Assignment) -> tuple[Override, ...]:
    """All lines of the file. Raises GraderError, naming file and line, if one cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            _refuse_columns(path, {name.strip() for name in rows.fieldnames or ()})
            found = tuple(_override(row, rows.line_num, path, assignment) for row in rows if any(row.values()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GraderError(f"{path}: the overrides cannot be read: {error}") from error
    _refuse_doubles(found, path)
    return found


def _refuse_columns(path: Path, names: set[str]) -> None:
    missing, unknown = sorted(NEEDED - names), sorted(names - KNOWN)
    if missing or not names & {"submission", "student"}:
        raise GraderError(
            f"{path}: it needs the columns submission or student, points and reason; it has: {', '.join(sorted(names))}"
        )
    if unknown:
        raise GraderError(f"{path}: unknown column {unknown[0]!r}; the columns are: {', '.join(sorted(KNOWN))}")


def _override(row: Mapping[str | None, object], line: int, path: Path, assignment: Assignment) -> Override:
    cells = {str(name).strip(): str(value or "").strip() for name, value in row.items()}
    submission, student, exercise = (cells.get(name, "") for name in ("submission", "student", "exercise"))
    where = f"{path}, line {line}"
    if None in row:
        raise GraderError(f"{where}: more cells than columns; put quotes around a text with a comma in it")
    if not submission and not student:
        raise GraderError(f"{where}: whose is it? Fill in submission or student")
    if not cells["reason"]:
        raise GraderError(f"{where}: a reason is needed")
    points = _points(cells["points"], _most(exercise, assignment, where), where)
    return Override(submission, student, exercise, points, cells["reason"], line)


def _most(exercise: str, assignment: Assignment, where: str) -> float:
    """The points that there are for it."""
    points = {one.name: one.points for one in assignment.exercises}
    if exercise and exercise not in points:
        raise GraderError(f"{where}: {assignment.name} has no exercise {exercise!r}; it has: {', '.join(points)}")
    return points[exercise] if exercise else assignment.max_points


def _points(text: str, most: float, where: str) -> float:
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if not 0 <= points <= most:
        raise GraderError(f"{where}: points must be a number from 0 to {most:g}, not {text!r}")
    return points


def _refuse_doubles(found: tuple[Override, ...], path: Path) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for override in found:
        target = (override.submission, override.student, override.exercise)
        if target in seen:
            raise GraderError(f"{path}, line {override.line}: line {seen[target]} sets the same already")
        seen[target] = override.line
