"""A student's own notebook on the public cases: which sheet it is checked on, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..assignment.catalogue import shipped
from ..assignment.sheet import Sheet
from ..assignment.vocabulary import Limits
from ..grading import Grader
from ..model import Grade, GraderError, Place, Submission, SubmissionStatus, Unreadable
from ..sandbox import Job, Runner, Session
from ..sandbox.host.answers import Listing
from ..sandbox.host.basic import BasicRunner
from ..submissions.discovery import own
from .choosing import choose, sheet
from .public import SUFFIX


def submission_of(path: Path) -> Submission:
    """The notebook or .py file at this path. Raises GraderError if there is none."""
    if path.is_dir():
        raise GraderError(f"{path}: this is a folder; name one notebook or .py file (`grader grade` takes folders)")
    return own(path)


def sheet_for(submission: Submission, named: str = "", only: str = "", seed: int | None = None) -> Sheet:
    """The cases of the assignment that is named, else of the one that the notebook points to.

    Raises GraderError if that cannot be told, if the notebook cannot be read, or if a seed is given without a name.
    """
    if seed is not None and not named:
        raise GraderError(
            "with a seed, name the assignment (-a): a notebook, which a student writes, could choose an easier one"
        )
    beside = submission.path.parent / f"{named}{SUFFIX}"
    if named and named not in shipped() and not Path(named).exists() and beside.is_file():
        named = str(beside)  # a course's own assignment, of which a student has the public data alone
    if not named:
        folder = submission.path.parent
        named = choose(folder, named_in(submission.path), lambda: names_in(submission), only)
    return sheet(named, only, seed)


def named_in(path: Path) -> str:
    """The assignment that a notebook's metadata name; empty if they name none, or if it is no notebook."""
    try:
        name = json.loads(path.read_bytes())["metadata"]["grader"]["assignment"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return name if isinstance(name, str) else ""


def names_in(submission: Submission) -> Collection[str]:
    """The names that a notebook binds, without running any of it. Raises GraderError if it is no notebook."""
    from ..notebooks import Unreadable, extract, read_cells  # noqa: PLC0415 - most notebooks name their assignment

    try:
        return extract(read_cells(submission.read(), submission.path.suffix)).found
    except Unreadable as error:
        raise GraderError(f"{submission.path}: {error}") from error


def grade(submission: Submission, on: Sheet, runner: Runner, only: str = "") -> Grade:
    """The notebook's grade on a sheet. Raises GraderError if it is no notebook."""
    graded = Grader(on, runner).grade(submission, only)
    if graded.status is SubmissionStatus.UNREADABLE:
        raise GraderError(f"{submission.path}: {graded.problem}")
    return graded


@dataclass(frozen=True, slots=True)
class Extracted:
    """What of a notebook would be graded.

    listing: the names that it binds, what is left out and why, and which modules are missing, as JSON has it for
    scripts. source: the definitions as Python.
    """

    listing: dict[str, Any]
    source: str


def extracted(submission: Submission) -> Extracted:
    """What of a notebook would be graded, read in a process of its own. Raises GraderError if it is no notebook."""
    try:
        job = Job(submission.read(), submission.path.suffix, {}, Limits())
        with Session(BasicRunner().start(job), job) as session:
            told = session.listing()
    except Unreadable as error:
        raise GraderError(f"{submission.path}: {error}") from error
    return Extracted(_as_object(told), told.source)


def _as_object(told: Listing) -> dict[str, Any]:
    """What was told, in the shape that scripts rely on."""
    found = [
        {
            "name": name,
            "kind": bound.kind,
            "cell": bound.place.cell,
            "line": bound.place.line,
            "end_line": told.ends[name],
            "index": told.indexes[name],
            "stub": bound.stub,
        }
        for name, bound in told.opened.found.items()
    ]
    skipped = [
        {"cell": left.cell, "line": left.line, "index": index, "kind": str(left.kind), "reason": left.reason}
        for left, index in zip(told.opened.left_out, told.skipped_indexes, strict=True)
    ]
    return {
        "assignment": told.opened.assignment,
        "found": found,
        "skipped": skipped,
        "missing_modules": _modules(told.opened.missing_modules),
        "star_imports": _modules(told.star_imports),
    }


def _modules(placed: Sequence[tuple[str, Place]]) -> list[dict[str, Any]]:
    return [{"name": name, "cell": place.cell, "line": place.line} for name, place in placed]
