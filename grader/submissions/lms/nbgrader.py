"""nbgrader: `submitted/<student>/<assignment>/<notebook>`, with `timestamp.txt` beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...model import Receipt, Unreadable
from ..files import Entry
from .layout import NOT_HANDED_IN, Claim, Owner

SUBMITTED, TIMESTAMP = "submitted", "timestamp.txt"
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(\S*)")


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by the folder below `submitted`; what lies beside that folder was not handed in."""
    given = path.name == SUBMITTED
    if not given and not any(SUBMITTED in entry.parts[:-3] for entry in found):
        return None
    times = {entry.parts[:-1]: _read_time(entry) for entry in found if entry.parts[-1] == TIMESTAMP}

    def owner(entry: Entry) -> Owner | None:
        below = entry.parts if given else _below(entry.parts)
        if len(below) < 3:
            return NOT_HANDED_IN
        group = entry.parts[: len(entry.parts) - len(below) + 2]
        receipt = Receipt(at=times.get(group) or entry.modified)
        return Owner(below[0], receipt, hand_in="/".join(group), assignment=below[1])

    return owner


def _below(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[parts.index(SUBMITTED) + 1 :] if SUBMITTED in parts else ()


def _read_time(entry: Entry) -> datetime | None:
    try:
        return time_of(entry.content.read().decode("utf-8", "replace").strip())
    except Unreadable:
        return None


def time_of(text: str) -> datetime | None:
    """The time that nbgrader writes: date, time, and a zone by name; None where it is none."""
    match = TIME.match(text)
    if match is None:
        return None
    try:
        zone = ZoneInfo(match[3]) if match[3] else UTC
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    return datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=zone)
