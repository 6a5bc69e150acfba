"""`grades.csv` and `exercises.csv`: what a gradebook or a spreadsheet reads."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd

from ..text import plain
from .frames import Frames

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(tables: Frames, folder: Path) -> list[Path]:
    """Write both files, each at once or not at all; returns their paths."""
    files = {"grades.csv": tables.submissions, "exercises.csv": tables.exercises}
    return [write_atomically(folder / name, text(table)) for name, table in files.items()]


def text(table: pd.DataFrame) -> str:
    """A table as CSV in which no cell is a formula or holds control characters."""
    safe = table.apply(lambda column: column.map(defused))
    return str(safe.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def defused(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it; everything else as it is."""
    if not isinstance(value, str):
        return value
    safe = plain(value, keep="\n")
    return f"'{safe}" if value.startswith(FORMULA) else safe


def write_atomically(path: Path, content: str) -> Path:
    """Write a file so that a reader sees either the old one or the whole new one."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    return Path(temporary).replace(path)
