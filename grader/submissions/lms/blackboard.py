"""Blackboard: all files side by side, `<column>_<user>_attempt_<date>_<file>`, and a .txt about each attempt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from .. import times
from ..files import Entry
from .layout import Download, Owner, Owners, Series, common_beginning, owner, text_of

TITLE = "Blackboard"
# The first mark counts: what follows it is the file's name, which the student chose.
NAME = re.compile(
    r"(?P<front>.+?_.+?)_attempt_(?P<at>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))", re.DOTALL | re.ASCII
)
PERSON = re.compile(r"\s*Name: *(?P<name>[^\n]+) \((?P<user>[^()\n]+)\)[^\S\n]*(?:\n|\Z)")


def written(download: Download) -> Collection[str]:
    """Files that begin with a column, a user and the time of an attempt."""
    return [name for name in download.files if NAME.fullmatch(name)]


def owners(download: Download) -> Owners:
    """By the file's name, and who that is by the text beside it, whose name a student cannot give to a file."""
    named = {name: match for name in download.files if (match := NAME.fullmatch(name))}
    people = {
        match["front"]: person
        for name, match in named.items()
        if match["about"] and (person := PERSON.match(text_of(download.files[name])))
    }
    told = {front: person["user"] for front, person in people.items()}
    users = _users({match["front"] for match in named.values()}, told)
    series = Series((match["front"], _time(match), match["file"] or "") for match in named.values())

    def owner_of(entry: Entry) -> Owner | None:
        match = named.get(entry.parts[0])
        if match is None:
            return None
        front = match["front"]
        student = people[front]["name"].strip() if front in people else users[front]
        file = match["file"] or ""
        work = series.work(front, file)
        hand_in = f"{front} {match['at']}"
        known = {"at": _time(match), "attempt_of": f"blackboard {work}"}
        return owner(student, hand_in, file or entry.parts[0], users[front], **known)

    return owner_of


def _users(fronts: Iterable[str], told: dict[str, str]) -> dict[str, str]:
    """User names, which may hold a `_` as the column's name may: what is the same in all is the column's."""
    listed = list(fronts)
    known = {front.removesuffix(f"_{user}") for front, user in told.items() if front.endswith(f"_{user}")}
    column = f"{known.pop()}_" if len(known) == 1 else common_beginning(listed, "_") if len(listed) > 1 else ""
    return {front: told.get(front) or _without(front, column) for front in listed}


def _without(front: str, column: str) -> str:
    return front.removeprefix(column) if column and front.startswith(column) else front.rpartition("_")[2]


def _time(match: re.Match[str]) -> datetime | None:
    """When it was handed in; Blackboard names no time zone."""
    return times.stamp(match["at"])
