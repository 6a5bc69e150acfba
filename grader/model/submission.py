"""One thing that somebody handed in, and what is known of the handing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol


class Content(Protocol):
    """Bytes that can be read when they are needed. Equal contents lie in the same place."""

    def __hash__(self) -> int:
        """What names the place."""

    def read(self) -> bytes:
        """All of them. Raises Unreadable, saying why, if that cannot be done."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of the handing in.

    at: when; without a time zone if the source names none. late: what the system that took it says, None if it says
    nothing. ids: what else the student is known by. attempt_of: the same for all attempts at one thing, empty if the
    source knows of none; attempt counts them. best_of: that again if the best of the attempts is to count. group: of
    several people who hand in together, and section: of the class, if either is known.
    """

    at: datetime | None = None
    late: bool | None = None
    ids: tuple[str, ...] = ()
    attempt_of: str = ""
    attempt: int = 0
    best_of: str = ""
    group: str = ""
    section: str = ""


NOTHING_KNOWN = Receipt()


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that somebody handed in. name: its path relative to what was given, unique within a run.

    path is where it lies, for people; for a file in an archive it goes on below the archive's own path. kind: ".ipynb"
    or ".py", if its name does not say so. helpers: what lies beside it when it runs, by path relative to it.
    """

    name: str
    student: str
    path: Path
    content: Content
    receipt: Receipt = NOTHING_KNOWN
    kind: str = ""
    helpers: Mapping[str, Content] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """How its bytes are to be read: as a notebook or as Python."""
        return self.kind or self.path.suffix.lower()

    def read(self) -> bytes:
        """The file's bytes. Raises Unreadable if it is too large, a link, or cannot be read."""
        return self.content.read()
