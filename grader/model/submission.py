"""One thing that somebody handed in, and what is known of the handing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


class Content(Protocol):
    """Bytes that can be read when they are needed."""

    def read(self) -> bytes:
        """All of them. Raises Unreadable, saying why, if that cannot be done."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of the handing in.

    at: when; without a time zone if the source names none. late: what the system that took it says, None if it says
    nothing. ids: what else the student is known by. attempt_of: the same for all attempts at one thing, empty if the
    source knows of none; attempt counts them. best_of: that again if the best of the attempts is to count.
    """

    at: datetime | None = None
    late: bool | None = None
    ids: tuple[str, ...] = ()
    attempt_of: str = ""
    attempt: int = 0
    best_of: str = ""


NOTHING_KNOWN = Receipt()


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that somebody handed in. name: its path relative to what was given, unique within a run.

    path is where it lies, for people; for a file in an archive it goes on below the archive's own path.
    """

    name: str
    student: str
    path: Path
    content: Content
    receipt: Receipt = NOTHING_KNOWN

    def read(self) -> bytes:
        """The file's bytes. Raises Unreadable if it is too large, a link, or cannot be read."""
        return self.content.read()
