"""What a run changed of scores that stood before: for whom, and why. `changes.csv` keeps them all, run after run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from ..feedback.escaping import csv_lines
from ..feedback.words import extended, set_by_hand
from ..model import Grade, SubmissionStatus
from .adjustments import raw
from .record.permissions import file_mode
from .record.results import unwritable
from .record.serialization import NoGrade, from_text

FILE = "changes.csv"
NOT_COUNTED = "it no longer counts"


@dataclass(frozen=True, slots=True)
class Change:
    """A score, or an exercise's points, before and after, with the reason; exercise is empty for the whole score."""

    run: str
    submission: str
    student: str
    exercise: str
    before: str
    after: str
    why: str


class Log:
    """Collects a run's changes into the file, and counts the submissions concerned.

    What another version of the grader wrote, and this one cannot read, is not compared.
    """

    def __init__(self, folder: Path, run: str) -> None:
        """run: what names it in the file, the time when it ended."""
        self._path, self._run = folder / FILE, run
        self.submissions = 0

    def compare(self, before: bytes, after: bytes) -> None:
        """Write down what differs between two lines of one submission. Raises Halted if there is no room for it."""
        with suppress(NoGrade):
            self._write(list(between(from_text(before), from_text(after), self._run)))

    def left_out(self, line: bytes) -> None:
        """Write down that a submission does not count any more. Raises Halted if there is no room for it."""
        with suppress(NoGrade):
            grade = from_text(line)
            self._write([Change(self._run, grade.submission, grade.student, "", _score(grade), "", NOT_COUNTED)])

    def _write(self, changes: list[Change]) -> None:
        if not changes:
            return
        self.submissions += 1
        size = self._path.stat().st_size if self._path.exists() else 0
        header = [] if size else [[field.name for field in fields(Change)]]
        try:
            self._path.touch(mode=file_mode(self._path.parent))
            with self._path.open("a", encoding="utf-8", newline="") as file:
                file.write(csv_lines([*header, *map(astuple, changes)]))
        except OSError as error:
            with suppress(OSError):
                os.truncate(self._path, size)
            raise unwritable(self._path, error) from error


def between(before: Grade, after: Grade, run: str = "") -> Iterator[Change]:
    """The whole score first, then each exercise whose points are others."""
    why = reason(before, after)
    if _score(before) != _score(after):
        yield Change(run, after.submission, after.student, "", _score(before), _score(after), why)
    earlier = _points(before)
    for name, points in _points(after).items():
        if points != earlier.get(name, ""):
            yield Change(run, after.submission, after.student, name, earlier.get(name, ""), points, why)


def reason(before: Grade, after: Grade) -> str:
    """Why a result may be another: everything that it depends on and that differs."""
    was, now = before.record, after.record
    found = [said for name, said in DEPENDS.items() if getattr(was, name) != getattr(now, name)]
    if (was.seed, was.grader, was.numpy) == (now.seed, now.grader, now.numpy) and was.sheet != now.sheet:
        found.append("the assignment changed")
    if not found and raw(before) != raw(after):
        was_fault = raw(before).status is SubmissionStatus.GRADER_FAULT
        found.append("it was graded again after a fault of the grader's own" if was_fault else "it was graded again")
    if before.extended != after.extended:
        found.append(extended(after.extended) if after.extended else "it is not due later any more")
    elif (before.late and before.late.lost) != (after.late and after.late.lost):
        found.append("what its late days cost changed")
    return "; ".join([*found, *_by_hand(before, after)])


DEPENDS = {
    "content": "the submission changed",
    "seed": "the cases were drawn from another seed",
    "grader": "the grader's version changed",
    "numpy": "NumPy's version changed",
}


def _by_hand(before: Grade, after: Grade) -> Iterator[str]:
    """What a person set, or does not set any longer."""
    earlier, later = _overrides(before), _overrides(after)
    for name in later:
        was, now = earlier.get(name, ""), later[name]
        if now and now != was:
            yield now
        elif was and not now:
            yield f"no longer: {was}"


def _overrides(grade: Grade) -> dict[str, str]:
    """What a person set, in words, by exercise; by the empty name for the whole score."""
    said = {one.exercise: set_by_hand(one.override, one.max_points) if one.override else "" for one in grade.exercises}
    return said | {"": set_by_hand(grade.override) if grade.override else ""}


def _score(grade: Grade) -> str:
    return "" if grade.status is SubmissionStatus.GRADER_FAULT else f"{round(grade.score, 4):g}"


def _points(grade: Grade) -> dict[str, str]:
    is_fault = grade.status is SubmissionStatus.GRADER_FAULT
    return {one.exercise: "" if is_fault else f"{round(one.points, 4):g}" for one in grade.exercises}
