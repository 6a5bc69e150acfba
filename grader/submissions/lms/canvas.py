"""Canvas: all files side by side, `<name>[_LATE]_<user>_<file's number>_<file>`, where grading is blind `anon_<id>`.

What was typed in instead of handed in as a file is called `<name>[_LATE]_<user>_text.html`, or `_link.html`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from ...model import Receipt
from ..files import Entry
from .layout import Claim, Owner

FILE = r"(?:(?P<number>\d+)_(?P<file>.+)|(?P<typed>text|link)\.html)"
NAMED = re.compile(rf"(?P<student>.+?)(?P<late>_LATE)?_(?P<user>\d+)_{FILE}")
ANONYMOUS = re.compile(rf"(?P<late>LATE_)?(?P<student>anon_(?P<user>[0-9A-Za-z]+))_{FILE}")
AGAIN = re.compile(r"(?P<stem>.+)-(?P<attempt>\d+)")  # hw-1.ipynb is what came after hw.ipynb


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by its name."""
    named = [match for entry in found if (match := _match(entry))]
    if not _is_canvas(named):
        return None
    handed_in = defaultdict(set)
    for match in named:
        handed_in[match["user"]].add(match["file"] or "")

    def owner(entry: Entry) -> Owner | None:
        match = _match(entry)
        if match is None:
            return None
        attempt, base = _attempt(match["file"] or "", handed_in[match["user"]])
        return Owner(
            match["student"],
            Receipt(
                at=entry.modified,
                late=match["late"] is not None,
                ids=(match["user"],),
                attempt_of=f"canvas {match['user']} {base}",
                attempt=attempt,
            ),
            hand_in=match["user"],
        )

    return owner


def _match(entry: Entry) -> re.Match[str] | None:
    return ANONYMOUS.fullmatch(entry.parts[-1]) or NAMED.fullmatch(entry.parts[-1])


def _is_canvas(named: Iterable[re.Match[str]]) -> bool:
    """Whether a user has one name and a number one user: in `ada_2026_01_hw` and `bob_2026_01_hw` they are none."""
    names: dict[str, str] = {}
    users: dict[str, str] = {}
    for match in named:
        name, user, number = match["student"], match["user"], match["number"] or ""
        if names.setdefault(user, name) != name or (number and users.setdefault(number, user) != user):
            return False
    return bool(names)


def _attempt(file: str, others: set[str]) -> tuple[int, str]:
    """Which attempt it is at which file; a number at the end counts only where the file without it is there, too."""
    path = PurePosixPath(file)
    match = AGAIN.fullmatch(path.stem)
    if match and f"{match['stem']}{path.suffix}" in others:
        return int(match["attempt"]), f"{match['stem']}{path.suffix}"
    return 0, file
