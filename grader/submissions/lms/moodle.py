"""Moodle: `Full Name_<participant>_assignsubmission_file`, a folder for each or before the file's name.

Where grading is blind all are called Participant. Where teams hand in, their name and number stand there instead, and
those who are in no team have a name without a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from ..files import Entry
from .layout import Download, Owner, Owners, below, owner

TITLE = "Moodle"
# Moodle writes no `_` into a name, so the first mark is its own, whatever a file is called.
TOP = re.compile(
    r"(?P<name>.+?)(?:_(?P<number>\d{1,18}))?_assignsubmission_(?P<kind>[a-z0-9]+)(?:_(?P<file>.*))?", re.DOTALL
)


def written(download: Download) -> Collection[str]:
    """Folders or files that begin with a name and the kind of what was handed in."""
    return [top for top in download.tops if TOP.fullmatch(top)]


def owners(download: Download) -> Owners:
    """By the name at the top; the number tells apart those who have one name."""
    found = {top: match for top in download.tops if (match := TOP.fullmatch(top))}
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for match in found.values():
        numbers[match["name"]].add(match["number"] or "")

    def owner_of(entry: Entry) -> Owner | None:
        match = found.get(entry.parts[0])
        if match is None:
            return None
        name, number = match["name"], match["number"] or ""
        student = f"{name} {number}" if number and len(numbers[name]) > 1 else name
        file = below(entry) or match["file"] or entry.parts[0]
        return owner(student, f"{name} {number}", file, f"Participant {number}" if number else "")

    return owner_of
