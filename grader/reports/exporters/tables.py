"""`grades.csv` and `exercises.csv`: what a gradebook or a spreadsheet reads."""

from __future__ import annotations

import pandas as pd

from ...feedback.escaping import csv_cell
from ..frames import Frames
from ..options import Choices

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
    safe = table.drop(columns=LATER, errors="ignore").apply(lambda column: column.map(csv_cell))
    return str(safe.to_csv(index=False, lineterminator="\n", float_format="%.10g"))
