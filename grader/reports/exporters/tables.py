"""`grades.csv` and `exercises.csv`: what a gradebook or a spreadsheet reads."""

from __future__ import annotations

import re

import pandas as pd

from ...feedback.escaping import plain
from ..frames import Frames
from ..options import Choices

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SPLIT_FORMULA = re.compile(r"(?<=[;\t\n|])(?=[=+\-@])")  # where another separator than ours starts a cell
LATER = ["path", "seconds", "printed", "source", "diagnosis"]


def grades(tables: Frames, choices: Choices) -> str:
    """A row per submission."""
    return text(tables.submissions)


def exercises(tables: Frames, choices: Choices) -> str:
    """A row per submission and exercise."""
    return text(tables.exercises)


def cases(tables: Frames, choices: Choices) -> str:
    """A row per submission, exercise and case."""
    return text(tables.cases)


def text(table: pd.DataFrame) -> str:
    """A table as CSV in which no cell is a formula or holds control characters.

    Without what differs from machine to machine and from run to run, and without source code.
    """
    safe = table.drop(columns=LATER, errors="ignore").apply(lambda column: column.map(defused))
    return str(safe.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def defused(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it; everything else as it is."""
    if not isinstance(value, str):
        return value
    safe = SPLIT_FORMULA.sub("'", plain(value, keep="\n"))
    return f"'{safe}" if value.startswith(FORMULA) or value.lstrip().startswith(FORMULA) else safe
