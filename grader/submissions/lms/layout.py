"""What the layout of a download tells: whose a file is, and which attempt at what.

A layout is decided once for a whole download, by the names at its top, which the system itself wrote. What lies deeper
is the students' own and is never read as a layout or as metadata, whatever it is called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from ...model.errors import Unreadable
from ...model.submission import Receipt
from ..files import Entry


@dataclass(frozen=True, slots=True)
class Person:
    """One of those who handed something in together."""

    student: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Owner:
    """Who handed a file in. hand_in: the same for everything that was handed in at once, by the system's own account.

    file: what the student called it, folders of the student's own included. assignment: what for, if that is said.
    """

    people: tuple[Person, ...]
    hand_in: str
    file: str
    assignment: str = ""


Owners = Callable[[Entry], Owner | None]
"""Whose a file is; None for what lies in a download without being anybody's."""


@dataclass(frozen=True)
class Download:
    """The files of a folder or an archive, at whose top a layout can be seen."""

    path: Path
    entries: tuple[Entry, ...]

    @cached_property
    def tops(self) -> dict[str, list[Entry]]:
        """The names at the top, each with the files below it, or with itself."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.parts[0], []).append(entry)
        return found

    @property
    def folders(self) -> list[str]:
        """The names at the top that are folders."""
        return [name for name, within in self.tops.items() if len(within[0].parts) > 1]

    @property
    def files(self) -> dict[str, Entry]:
        """The names at the top that are files."""
        return {name: within[0] for name, within in self.tops.items() if len(within[0].parts) == 1}


class Layout(Protocol):
    """How one system lays its downloads out. A module with these three is one."""

    TITLE: str
    """The system's name, for messages."""

    def written(self, download: Download) -> Collection[str]:
        """Those of the names at the top that are as this system writes them."""

    def owners(self, download: Download) -> Owners:
        """What tells whose each file is, in a download in which this system wrote every name at the top."""


def owner(student: str, hand_in: str, file: str, *ids: str, **known: Any) -> Owner:
    """The owner of what one person handed in; known: the fields of the receipt."""
    return Owner((Person(student, Receipt(ids=tuple(filter(None, ids)), **known)),), hand_in, file)


def below(entry: Entry, depth: int = 1) -> str:
    """A file's path below the folders that the system made."""
    return "/".join(entry.parts[depth:])


def text_of(entry: Entry) -> str:
    """The text of a file that the system wrote; empty if it cannot be read."""
    try:
        return entry.content.read().decode("utf-8-sig", "replace")
    except Unreadable:
        return ""


def common_beginning(names: Iterable[str], end: str) -> str:
    """What all names begin with, up to the last sign of that kind in it."""
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    common = "".join(signs[0] for signs in alike)
    return common[: common.rfind(end) + 1]


When = datetime | int


class Series:
    """Attempts that each replace the one before as a whole, whatever their files are called.

    Takes for each file who handed it in, when or as which attempt (all of one kind), and what it is called.
    """

    def __init__(self, handed_in: Iterable[tuple[str, When | None, str]]) -> None:
        self._last: defaultdict[str, list[str]] = defaultdict(list)
        newest: dict[str, tuple[int, bool, Any]] = {}
        for who, when, file in handed_in:
            place = _preferred(file), when is not None, when
            if who not in newest or place > newest[who]:
                newest[who] = place
                self._last[who].clear()
            if place == newest[who]:
                self._last[who].append(file)

    def work(self, who: str, file: str) -> str:
        """What is the same for all attempts at one thing: a name that is not in the last attempt became its first."""
        last = self._last[who]
        return f"{who} {file if file in last else min(last)}"


def _preferred(file: str) -> int:
    """What is graded if several are there: a notebook, else a script, else whatever it is."""
    return {".ipynb": 2, ".py": 1}.get(PurePosixPath(file).suffix.lower(), 0)
