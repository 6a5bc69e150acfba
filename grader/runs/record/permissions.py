"""Who may read results: their owner alone, unless the folder that they are written to was opened to others before."""

from __future__ import annotations

import stat
from pathlib import Path

OWNER_ONLY = 0o600
RECORD = "results.jsonl"


def file_mode(folder: Path) -> int:
    """The mode of a file in a folder: for its owner, and for reading by those who may read the folder."""
    return OWNER_ONLY | _readers(folder) & 0o044


def make_folder(path: Path) -> None:
    """Make a folder, if it is not there, for its owner alone; one within a folder of results is as open as that.

    Raises OSError if that fails.
    """
    if path.is_dir():
        return
    parent = path.parent
    make_folder(parent)
    path.mkdir(mode=0o700, exist_ok=True)
    if (parent / RECORD).exists():
        path.chmod(0o700 | _readers(parent) & 0o055)


def _readers(folder: Path) -> int:
    """The bits of those who may read the folder; a folder like /tmp, where everybody has files, opens none of them."""
    mode = folder.stat().st_mode
    return 0 if mode & stat.S_ISVTX else stat.S_IMODE(mode)
