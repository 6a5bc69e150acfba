"""Moodle: a folder `Full Name_<participant>_assignsubmission_file_` for each, or its name before the file's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .entries import Entry
from .layout import Claim, Owner
from .submission import Receipt

PART = re.compile(r"(?P<student>.+)_(?P<participant>\d+)_assignsubmission_(?P<kind>[a-z]+)(_.*)?")


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by the folder that it lies in."""
    return _owner if any(map(_owner, found)) else None


def _owner(entry: Entry) -> Owner | None:
    match = next(filter(None, map(PART.fullmatch, entry.parts)), None)
    if match is None:
        return None
    participant = match["participant"]
    ids = (participant, f"Participant {participant}")
    return Owner(match["student"], Receipt(at=entry.modified, ids=ids, group=f"moodle {participant}"))
