"""Moodle: `Full Name_<participant>_assignsubmission_file`, a folder for each or before the file's name.

Where grading is blind all are called Participant, and those who are in no group have a folder without a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from ...model import Receipt
from ..files import Entry
from .layout import Claim, Owner, part_like

PART = re.compile(r"(?P<student>.+?)(?:_(?P<participant>\d+))?_assignsubmission_(?P<kind>[a-z0-9]+)(?:_.*)?")


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by the folder that it lies in."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for match in filter(None, (part_like(PART, entry) for entry in found)):
        numbers[match["student"]].add(match["participant"] or "")
    if not numbers:
        return None

    def owner(entry: Entry) -> Owner | None:
        match = part_like(PART, entry)
        if match is None:
            return None
        name, participant = match["student"], match["participant"] or ""
        is_shared = len(numbers[name]) > 1 and participant
        ids = (participant, f"Participant {participant}") if participant else ()
        student = f"{name} {participant}" if is_shared else name
        return Owner(student, Receipt(at=entry.modified, ids=ids), hand_in=participant or name)

    return owner
