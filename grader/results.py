"""`results.jsonl`: the whole record of a run, a line per submission, written as the grades come.

A line that was cut off, or that a later one of the same submission replaces, is passed over when reading, so a run
that is killed at any moment leaves a file to go on from. It names the secret seed: only its owner can read it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from .model import (
    ComparedPart,
    Counterexample,
    ExerciseGrade,
    Grade,
    GraderError,
    LeftOut,
    Place,
    Stage,
    Status,
    SubmissionStatus,
    Verdict,
)

FILE = "results.jsonl"
OWNER_ONLY = 0o600


class Results:
    """The file in a folder of results, open for adding grades to it."""

    def __init__(self, folder: Path) -> None:
        """Open it, and make it where there is none. Raises GraderError where the folder cannot be written to."""
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
        except OSError as error:
            raise GraderError(f"{folder}: results cannot be written there: {error.strerror}") from error
        self._file = os.fdopen(descriptor, "a", encoding="utf-8")
        _end_line(self._path, self._file)

    def __enter__(self) -> Results:
        """Use it in a with statement."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the file; what was added stays."""
        self._file.close()

    def add(self, grade: Grade) -> None:
        """Write one grade's line so that it outlives this process."""
        self._file.write(line(grade))
        self._file.flush()


def read(folder: Path) -> list[Grade]:
    """The last record of each submission, in the file's order; empty where there is no file."""
    path = folder / FILE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        return list({grade.submission: grade for grade in _grades(lines)}.values())


def rewrite(folder: Path, grades: Iterable[Grade]) -> None:
    """Replace the file by one line per grade, atomically."""
    temporary = folder / f".{FILE}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(map(line, grades))
    temporary.replace(folder / FILE)


def line(grade: Grade) -> str:
    """A grade as one line of JSON."""
    return json.dumps(asdict(grade)) + "\n"


def _end_line(path: Path, file: Any) -> None:
    """A line that was cut off must not swallow the next one."""
    with path.open("rb") as written:
        written.seek(0, os.SEEK_END)
        if written.tell() == 0:
            return
        written.seek(-1, os.SEEK_END)
        if written.read(1) != b"\n":
            file.write("\n")


def _grades(lines: Iterable[str]) -> Iterator[Grade]:
    for text in lines:
        try:
            yield _grade(json.loads(text))
        except (ValueError, KeyError, TypeError):
            continue


def _grade(fields: dict[str, Any]) -> Grade:
    fields["status"] = SubmissionStatus(fields["status"])
    fields["exercises"] = tuple(_exercise(exercise) for exercise in fields["exercises"])
    fields["left_out"] = tuple(LeftOut(**left_out) for left_out in fields["left_out"])
    fields["missing_modules"] = tuple(fields["missing_modules"])
    return Grade(**fields)


def _exercise(fields: dict[str, Any]) -> ExerciseGrade:
    fields["status"] = Status(fields["status"])
    fields["place"] = Place(**fields["place"]) if fields["place"] else None
    fields["verdicts"] = tuple(_verdict(verdict) for verdict in fields["verdicts"])
    fields["notes"] = tuple(fields["notes"])
    fields["followed"] = tuple(fields.get("followed", ()))
    fields["counterexample"] = _counterexample(fields.get("counterexample"))
    return ExerciseGrade(**fields)


def _counterexample(fields: dict[str, Any] | None) -> Counterexample | None:
    """Absent from records of older versions."""
    if not fields:
        return None
    inputs = tuple((str(name), str(text)) for name, text in fields["inputs"])
    return Counterexample(inputs, tuple(ComparedPart(**part) for part in fields["parts"]), fields["failure"])


def _verdict(fields: dict[str, Any]) -> Verdict:
    fields["stage"] = Stage(fields["stage"]) if fields["stage"] else None
    fields["notes"] = tuple(fields["notes"])
    return Verdict(**fields)
