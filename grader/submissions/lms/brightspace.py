"""Brightspace (D2L): `<number>-<number> - First Last - Oct 4, 2025 926 PM`, as a folder or before the file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ...model import Receipt
from ..files import Entry
from .layout import Claim, Owner, Series, part_like

WHEN = r"(?P<one>\w+)\.? (?P<two>\w+)\.?, (?P<year>\d{4}) (?P<clock>\d{3,4})(?: (?P<half>[AaPp][Mm]))?"
NAME = re.compile(rf"(?P<number>\d+-\d+) - (?:(?P<id>\w*\d\w*) - )?(?P<student>.+?) ?- {WHEN}(?: - (?P<file>.+))?")


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by the folder that it lies in, or by its own name."""
    named = [(entry, match) for entry in found if (match := part_like(NAME, entry))]
    if not named:
        return None
    series = Series((_who(match), _time(match), _file(entry, match)) for entry, match in named)

    def owner(entry: Entry) -> Owner | None:
        match = part_like(NAME, entry)
        if match is None:
            return None
        return Owner(
            match["student"],
            Receipt(
                at=_time(match) or entry.modified,
                ids=(match["id"],) if match["id"] else (),
                attempt_of=f"brightspace {series.work(_who(match), _file(entry, match))}",
            ),
            hand_in=_who(match),
        )

    return owner


def _who(match: re.Match[str]) -> str:
    """Two people of one name have different numbers."""
    return f"{match['number']} {match['student']}"


def _file(entry: Entry, match: re.Match[str]) -> str:
    return match["file"] or entry.parts[-1]


def _time(match: re.Match[str]) -> datetime | None:
    """When it was handed in, day or month first; no time zone is named. None where the month is not English."""
    day, month = sorted((match["one"], match["two"]), key=lambda word: not word.isdigit())
    half = f" {match['half']}" if match["half"] else ""
    text = f"{day} {month[:3]} {match['year']} {match['clock']:0>4}{half}"
    try:
        return datetime.strptime(text, "%d %b %Y %I%M %p" if half else "%d %b %Y %H%M")
    except ValueError:
        return None
