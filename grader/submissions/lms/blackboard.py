"""Blackboard: all files side by side, `<column>_<user>_attempt_<date>_<file>`, and a .txt about each attempt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from ...model import Receipt, Unreadable
from ..files import Entry
from .layout import Claim, Owner, Series, common_beginning

NAME = re.compile(r"(?P<front>.+_.+)_attempt_(?P<at>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))")
PERSON = re.compile(r"\s*Name: *(?P<name>.+) \((?P<user>[^()\n]+)\)")


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by its name, and who that is by the text that lies beside it."""
    named = [(entry, match) for entry in found if (match := NAME.fullmatch(entry.parts[-1]))]
    if not named:
        return None
    people = {match["front"]: person for entry, match in named if match["about"] and (person := _person(entry))}
    users = _users({match["front"] for _, match in named}) | {front: user for front, (_, user) in people.items()}
    series = Series((match["front"], _time(match), match["file"] or "") for _, match in named)

    def owner(entry: Entry) -> Owner | None:
        match = NAME.fullmatch(entry.parts[-1])
        if match is None:
            return None
        user = users[match["front"]]
        return Owner(
            people.get(match["front"], (user, user))[0],
            Receipt(
                at=_time(match),
                ids=(user,),
                attempt_of=f"blackboard {series.work(match['front'], match['file'] or '')}",
            ),
            hand_in=match["front"],
        )

    return owner


def _person(about: Entry) -> tuple[str, str] | None:
    """Full name and user name from the text about an attempt."""
    try:
        match = PERSON.match(about.content.read().decode("utf-8-sig", "replace"))
    except Unreadable:
        return None
    return (match["name"].strip(), match["user"]) if match else None


def _users(fronts: Iterable[str]) -> dict[str, str]:
    """User names, which may hold a `_` as the column's name may: what is the same in all is the column's."""
    listed = list(fronts)
    column = common_beginning(listed, "_") if len(listed) > 1 else ""
    return {front: front.removeprefix(column) if column else front.rpartition("_")[2] for front in listed}


def _time(match: re.Match[str]) -> datetime | None:
    """When it was handed in; Blackboard names no time zone."""
    try:
        return datetime.strptime(match["at"], "%Y-%m-%d-%H-%M-%S")
    except ValueError:
        return None
