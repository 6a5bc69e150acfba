"""GitHub: a cloned repository for each, in a folder `<assignment>-<login>`, as classroom tools leave them.

The time of a clone is not that of handing in, and asking git would run what a hostile repository configures: it is
left unknown.
"""

from __future__ import annotations

from collections.abc import Collection

from ..files import Entry
from .layout import Download, Owner, Owners, below, common_beginning, owner

TITLE = "GitHub"


def written(download: Download) -> Collection[str]:
    """Folders that are repositories; an archive of a folder does not show that any more."""
    return [name for name in download.folders if (download.path / name / ".git").exists()]


def owners(download: Download) -> Owners:
    """By the repository that a file lies in."""
    names = set(written(download))
    prefix = _prefix(download.path.name, names)

    def owner_of(entry: Entry) -> Owner | None:
        repository = entry.parts[0]
        if repository not in names:
            return None
        return owner(repository.removeprefix(prefix), repository, below(entry), repository)

    return owner_of


def _prefix(folder: str, names: Collection[str]) -> str:
    """What all names start with: by the folder's own name as the classroom tool makes it, else up to a hyphen."""
    named = folder.removesuffix("-submissions") + "-"
    if folder.endswith("-submissions") and all(name.startswith(named) for name in names):
        return named
    return common_beginning(names, "-") if len(names) > 1 else ""
