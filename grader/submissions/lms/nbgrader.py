"""nbgrader: `submitted/<student>/<assignment>/<notebook>`, with `timestamp.txt` beside it.

What lies beside `submitted` was not handed in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from .. import times
from ..files import Entry
from .layout import Download, Owner, Owners, below, owner, text_of

TITLE = "nbgrader"
SUBMITTED, TIMESTAMP = "submitted", "timestamp.txt"
COURSE = (SUBMITTED, "source", "release", "autograded", "feedback", "solutions")


def written(download: Download) -> Collection[str]:
    """The folders of a course, if `submitted` is among them, or those of the students, if it is what was given."""
    depth = _depth(download)
    if depth is None or not any(len(entry.parts) > depth + 2 for entry in _below(download, depth)):
        return ()
    return COURSE if depth else download.folders


def owners(download: Download) -> Owners:
    """By the folder below `submitted`, and what for by the one below that."""
    depth = _depth(download) or 0
    stamps = {
        entry.parts[:-1]: times.in_utc(times.stamp(text_of(entry)))
        for entry in _below(download, depth)
        if entry.parts[-1] == TIMESTAMP and len(entry.parts) == depth + 3
    }

    def owner_of(entry: Entry) -> Owner | None:
        if len(entry.parts) < depth + 3 or entry.parts[:depth] != (SUBMITTED,) * depth:
            return None
        folder = entry.parts[: depth + 2]
        student, assignment = folder[depth:]
        known = owner(student, "/".join(folder), below(entry, depth + 2), at=stamps.get(folder))
        return replace(known, assignment=assignment)

    return owner_of


def _depth(download: Download) -> int | None:
    """How deep the students' folders lie: below `submitted` at the top, or at the top themselves."""
    if SUBMITTED in download.folders:
        return 1
    return 0 if download.path.name == SUBMITTED else None


def _below(download: Download, depth: int) -> tuple[Entry, ...] | list[Entry]:
    return download.tops[SUBMITTED] if depth else download.entries
