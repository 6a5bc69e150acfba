"""The tables' rows as typed values: what a page or a file about one submission is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from .frames import Frames

AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case of one submission; fixed: its inputs are the same under every seed, so they are no secret."""

    case: str
    passed: bool
    stage: str
    part: str
    message: str
    fixed: bool
    guarded: str
    lack: str


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """A line of a counterexample: an input, a part of the answer, or what happened instead (role "failure").

    Entries that differ stand between « and ».
    """

    role: str
    name: str
    got: str
    expected: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ExerciseRecord:
    """One exercise of one submission; points is None where the grader itself failed."""

    exercise: str
    status: str
    points: float | None
    max_points: float
    cases_passed: int
    cases_total: int
    mistake: str
    message: str
    diagnosis: str
    question: str
    cell: int | None
    line: int | None
    notes: str
    printed: str
    source: str
    seconds: float
    by_hand: str
    cases: tuple[CaseRecord, ...] = ()
    example: tuple[ExampleRecord, ...] = ()

    @property
    def failed(self) -> tuple[CaseRecord, ...]:
        """The cases that did not pass."""
        return tuple(case for case in self.cases if not case.passed)


@dataclass(frozen=True, slots=True)
class LeftOutRecord:
    """A place in the notebook that was not run, and why."""

    cell: int
    line: int
    reason: str
    kind: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One submission with all that is known of it; score and percent are None where the grader itself failed."""

    submission: str
    student: str
    assignment: str
    score: float | None
    max_score: float
    percent: float | None
    status: str
    message: str
    missing_modules: str
    seconds: float
    path: str
    exercises: tuple[ExerciseRecord, ...] = ()
    left_out: tuple[LeftOutRecord, ...] = ()


def papers(tables: Frames) -> Iterator[Paper]:
    """Every submission, in the tables' order; some hundred at a time, so that a large class fits into memory."""
    names = tables.submissions["submission"]
    for start in range(0, len(names), AT_A_TIME):
        yield from _papers(tables.only(names[start : start + AT_A_TIME]))


def _papers(tables: Frames) -> Iterator[Paper]:
    cases = _grouped(tables.cases, CaseRecord, ["submission", "exercise"])
    examples = _grouped(tables.examples, ExampleRecord, ["submission", "exercise"])
    exercises = _grouped(tables.exercises, ExerciseRecord, ["submission", "exercise"])
    left_out = _grouped(tables.left_out, LeftOutRecord, ["submission"])
    of_submission: dict[str, list[ExerciseRecord]] = defaultdict(list)
    for (submission, exercise), rows in exercises.items():
        found = tuple(CaseRecord(**row) for row in cases.get((submission, exercise), ()))
        example = tuple(ExampleRecord(**row) for row in examples.get((submission, exercise), ()))
        of_submission[submission] += [ExerciseRecord(**row, cases=found, example=example) for row in rows]
    for row in _rows(tables.submissions, Paper):
        name = row["submission"]
        skipped = tuple(LeftOutRecord(**each) for each in left_out.get((name,), ()))
        yield Paper(**row, exercises=tuple(of_submission[name]), left_out=skipped)


def _grouped(table: pd.DataFrame, kind: type, keys: list[str]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Rows by their keys, in the table's order."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for key, row in zip(zip(*(table[name] for name in keys), strict=True), _rows(table, kind), strict=True):
        groups[key].append(row)
    return groups


def _rows(table: pd.DataFrame, kind: type) -> Iterator[dict[str, Any]]:
    """Each row's columns that the record has, as plain Python values; what is missing is None."""
    names = [field.name for field in fields(kind) if field.name in table]
    plain = table[names].astype(object)
    for row in plain.where(plain.notna(), None).itertuples(index=False, name=None):
        yield dict(zip(names, row, strict=True))
