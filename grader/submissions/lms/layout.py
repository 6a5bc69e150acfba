"""What a layout of downloads knows: whose a file is, and which attempt at what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Protocol

from ...model import Receipt
from ..files import Entry


@dataclass(frozen=True, slots=True)
class Owner:
    """Who handed a file in. hand_in: the same for everything that was handed in together, by the system's own account.

    also: who else, if several did it together. assignment: what for, if that is said. is_plain: no system says so; it
    is taken from where the file lies.
    """

    student: str
    receipt: Receipt
    hand_in: str = ""
    also: tuple[str, ...] = ()
    assignment: str = ""
    is_plain: bool = False


NOT_HANDED_IN = Owner("", Receipt())
"""The owner of what lies in a download without being anybody's."""

Claim = Callable[[Entry], Owner | None]


class Layout(Protocol):
    """How one system lays its downloads out. A module with such a function is one."""

    def claim(self, path: Path, found: Sequence[Entry]) -> Claim | None:
        """What tells the owner of each file, or None if this is not a download of that system."""


def part_like(pattern: re.Pattern[str], entry: Entry) -> re.Match[str] | None:
    """The first folder that the file lies in whose name is like the pattern, or else its own."""
    return next(filter(None, map(pattern.fullmatch, entry.parts)), None)


def common_beginning(names: Iterable[str], end: str) -> str:
    """What all names begin with, up to the last sign of that kind in it."""
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    common = "".join(signs[0] for signs in alike)
    return common[: common.rfind(end) + 1]


class Series:
    """Attempts that each replace the one before as a whole, whatever their files are called."""

    def __init__(self, handed_in: Iterable[tuple[str, datetime | None, str]]) -> None:
        """Take who, when and which file."""
        self._last: defaultdict[str, list[str]] = defaultdict(list)
        newest: dict[str, tuple[int, datetime]] = {}
        for who, at, file in handed_in:
            place = _preferred(file), at or datetime.min
            if place > newest.get(who, (-1, datetime.min)):
                newest[who] = place
                self._last[who].clear()
            if place == newest[who]:
                self._last[who].append(file)

    def work(self, who: str, file: str) -> str:
        """What is the same for all attempts at one thing: a name that is not in the last attempt became its first."""
        last = self._last[who]
        return f"{who} {file if file in last else min(last)}"


def _preferred(file: str) -> int:
    """What is graded where several are there: a notebook, else a script, else whatever it is."""
    return {".ipynb": 2, ".py": 1}.get(PurePosixPath(file).suffix.lower(), 0)
