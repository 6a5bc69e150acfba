"""Brightspace (D2L): `<number>-<number> - First Last - Oct 4, 2025 926 PM`, as a folder or before the file's name."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from .. import times
from ..files import Entry
from .layout import Download, Owner, Owners, Series, below, owner

TITLE = "Brightspace"
TOP = re.compile(
    r"(?P<number>\d{1,18}-\d{1,18}) - (?:(?P<id>\w*\d\w*) - )?(?P<name>.+?) ?- "
    r"(?P<when>\w{1,12}\.? \w{1,12}\.?, \d{4} \d{3,4}(?: [AaPp][Mm])?)(?: - (?P<file>.+))?",
    re.DOTALL,
)
LISTING = "index.html"


def written(download: Download) -> Collection[str]:
    """Folders or files that begin with two numbers, a name and a time, and the page that lists them."""
    found = [top for top in download.tops if TOP.fullmatch(top)]
    return [*found, LISTING] if found else ()


def owners(download: Download) -> Owners:
    """By the name at the top; two people of one name have different numbers."""
    found = {top: match for top in download.tops if (match := TOP.fullmatch(top))}
    series = Series(
        (_who(match), _time(match), _file(entry, match)) for top, match in found.items() for entry in download.tops[top]
    )

    def owner_of(entry: Entry) -> Owner | None:
        match = found.get(entry.parts[0])
        if match is None:
            return None
        file = _file(entry, match)
        hand_in = f"{_who(match)} {match['when']}"
        known = {"at": _time(match), "attempt_of": f"brightspace {series.work(_who(match), file)}"}
        return owner(match["name"], hand_in, file, match["id"] or "", **known)

    return owner_of


def _who(match: re.Match[str]) -> str:
    return f"{match['number']} {match['name']}"


def _file(entry: Entry, match: re.Match[str]) -> str:
    return match["file"] or below(entry) or entry.parts[0]


def _time(match: re.Match[str]) -> datetime | None:
    return times.words(match["when"])
