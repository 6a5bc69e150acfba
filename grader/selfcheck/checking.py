"""A student's own notebook on the public cases: which sheet it is checked on, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from ..assignment.sheet import Sheet
from ..grading import Grader
from ..model import Grade, GraderError, Submission, SubmissionStatus
from ..sandbox import Runner
from ..submissions.discovery import own
from .choosing import choose, sheet


def submission_of(path: Path) -> Submission:
    """The notebook or .py file at this path. Raises GraderError where there is none."""
    if path.is_dir():
        raise GraderError(f"{path}: this is a folder; check takes one notebook, `grader grade` takes folders")
    return own(path)


def sheet_for(submission: Submission, named: str = "", only: str = "", seed: int | None = None) -> Sheet:
    """The cases of the assignment that is named, else of the one that the notebook points to.

    Raises GraderError where that cannot be told, or where the notebook cannot be read.
    """
    if not named:
        folder = submission.path.parent
        named = choose(folder, named_in(submission.path), lambda: names_in(submission), only)
    return sheet(named, only, seed)


def named_in(path: Path) -> str:
    """The assignment that a notebook's metadata name; empty where they name none, or where it is no notebook."""
    try:
        name = json.loads(path.read_bytes())["metadata"]["grader"]["assignment"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return name if isinstance(name, str) else ""


def names_in(submission: Submission) -> Collection[str]:
    """The names that a notebook binds, without running any of it. Raises GraderError where it is no notebook."""
    from ..notebooks import Unreadable, extract, read_cells  # noqa: PLC0415 - most notebooks name their assignment

    try:
        return extract(read_cells(submission.read(), submission.path.suffix)).found
    except Unreadable as error:
        raise GraderError(f"{submission.path}: {error}") from error


def grade(submission: Submission, on: Sheet, runner: Runner, only: str = "") -> Grade:
    """The notebook's grade on a sheet. Raises GraderError where it is no notebook."""
    graded = Grader(on, runner).grade(submission, only)
    if graded.status is SubmissionStatus.UNREADABLE:
        raise GraderError(f"{submission.path}: {graded.problem}")
    return graded
