"""One thing that somebody handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .content import Content, OnDisk


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of the handing in.

    at: when; without a time zone where the source names none. late: what the system that took it says, None where it
    says nothing. ids: what else the student is known by. group: the same for everything that was handed in together.
    attempt_of: the same for all attempts at one thing, empty where the source knows of none; attempt counts them.
    best_of: that again where the best of the attempts is to count.
    """

    at: datetime | None = None
    late: bool | None = None
    ids: tuple[str, ...] = ()
    group: str = ""
    attempt_of: str = ""
    attempt: int = 0
    best_of: str = ""


NOTHING_KNOWN = Receipt()


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that somebody handed in. name: its path relative to what was given, unique within a run.

    path is where it lies, for people; in an archive, below the archive's own path. content is None for that file.
    """

    name: str
    student: str
    path: Path
    content: Content | None = None
    receipt: Receipt = NOTHING_KNOWN

    def read(self) -> bytes:
        """The file's bytes. Raises Unreadable where it is too large, a link out of its folder, or cannot be read."""
        return (self.content or OnDisk(self.path)).read()
