"""GitHub Classroom: a cloned repository for each, in a folder `<assignment>-<login>`.

The time of a clone is not that of handing in, and asking git would run what a hostile repository configures: it is
left unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...model import Receipt
from ..files import Entry
from .layout import Claim, Owner, common_beginning


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by the repository that it lies in."""
    names = [child.name for child in path.iterdir() if (child / ".git").exists()] if path.is_dir() else []
    if not names:
        return None
    prefix = _prefix(path.name, names)

    def owner(entry: Entry) -> Owner | None:
        repository = entry.parts[0]
        if len(entry.parts) < 2 or repository not in names:
            return None
        login = repository.removeprefix(prefix)
        return Owner(login, Receipt(ids=(repository,)), hand_in=repository)

    return owner


def _prefix(folder: str, names: list[str]) -> str:
    """What all names start with: by the folder's own name as the classroom tool makes it, else up to a hyphen."""
    named = folder.removesuffix("-submissions") + "-"
    if folder.endswith("-submissions") and all(name.startswith(named) for name in names):
        return named
    return common_beginning(names, "-") if len(names) > 1 else ""
