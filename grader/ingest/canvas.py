"""Canvas: all files side by side, `lastnamefirstname[_LATE]_<user>_<submission>_<file>`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from .entries import Entry
from .layout import Claim, Owner
from .submission import Receipt

NAME = re.compile(r"(?P<student>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)")
AGAIN = re.compile(r"(?P<stem>.+)-(?P<attempt>\d+)")  # hw-1.ipynb is what came after hw.ipynb


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by its name."""
    handed_in = {(match["user"], match["file"]) for entry in found if (match := NAME.fullmatch(entry.parts[-1]))}

    def owner(entry: Entry) -> Owner | None:
        match = NAME.fullmatch(entry.parts[-1])
        if match is None:
            return None
        attempt, base = _attempt(match["file"], {file for user, file in handed_in if user == match["user"]})
        return Owner(
            match["student"],
            Receipt(
                at=entry.modified,
                late=match["late"] is not None,
                ids=(match["user"],),
                group=f"canvas {match['user']}",
                attempt_of=f"canvas {match['user']} {base}",
                attempt=attempt,
            ),
        )

    return owner if handed_in else None


def _attempt(file: str, others: set[str]) -> tuple[int, str]:
    """Which attempt it is at which file; a number at the end counts only where the file without it is there, too."""
    path = PurePosixPath(file)
    match = AGAIN.fullmatch(path.stem)
    if match and f"{match['stem']}{path.suffix}" in others:
        return int(match["attempt"]), f"{match['stem']}{path.suffix}"
    return 0, file
