"""Canvas: all files side by side, `<name>[_LATE]_<user>_<file's number>_<file>`, where grading is blind `anon_<id>`.

What was typed in instead of handed in as a file is called `<name>[_LATE]_<user>_text.html`, or `_link.html`. Canvas
says whether something is late and not when it came: the times in its archives are those of the download.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import PurePosixPath

from ..files import Entry
from .layout import Download, Owner, Owners, owner

TITLE = "Canvas"
FILE = r"(?:(?P<number>\d{1,18})_(?P<file>.+)|(?P<typed>text|link)\.html)"
NAMED = re.compile(rf"(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d{{1,18}})_{FILE}", re.DOTALL)
ANONYMOUS = re.compile(rf"(?P<late>LATE_)?(?P<name>anon_(?P<user>[0-9A-Za-z]+))_{FILE}", re.DOTALL)
AGAIN = re.compile(r"(?P<stem>.+)-(?P<attempt>\d{1,6})", re.DOTALL)  # hw-1.ipynb is what came after hw.ipynb


def written(download: Download) -> Collection[str]:
    """Files that begin with a name and two numbers, of which a user has one name and a file's number one user.

    In `ada_2026_01_hw.ipynb` and `bob_2026_01_hw.ipynb` the numbers are neither.
    """
    found = {name: match for name in download.files if (match := _match(name))}
    names: dict[str, str] = {}
    users: dict[str, str] = {}
    for match in found.values():
        name, user, number = match["name"], match["user"], match["number"]
        if names.setdefault(user, name) != name or (number and users.setdefault(number, user) != user):
            return ()
    return list(found)


def owners(download: Download) -> Owners:
    """By the file's name."""
    handed_in: defaultdict[str, set[str]] = defaultdict(set)
    for match in filter(None, map(_match, download.files)):
        handed_in[match["user"]].add(match["file"] or "")

    def owner_of(entry: Entry) -> Owner | None:
        match = _match(entry.parts[0])
        if match is None:
            return None
        attempt, base = _attempt(match["file"] or "", handed_in[match["user"]])
        return owner(
            match["name"],
            match["user"],
            base or entry.parts[0],
            match["user"],
            late=match["late"] is not None,
            attempt_of=f"canvas {match['user']} {base}",
            attempt=attempt,
        )

    return owner_of


def _match(name: str) -> re.Match[str] | None:
    return ANONYMOUS.fullmatch(name) or NAMED.fullmatch(name)


def _attempt(file: str, others: set[str]) -> tuple[int, str]:
    """Which attempt it is at which file; a number at the end counts only if the file without it is there, too."""
    path = PurePosixPath(file)
    match = AGAIN.fullmatch(path.stem)
    if match and f"{match['stem']}{path.suffix}" in others:
        return int(match["attempt"]), f"{match['stem']}{path.suffix}"
    return 0, file
