"""Tables as they are: CSV for gradebooks and spreadsheets, Parquet for those who go on with other tools."""

from __future__ import annotations

import io

import pandas as pd

from ...feedback.escaping import csv_cell
from ...model import GraderError
from ..exporter import ClassFile
from ..frames import Frames
from ..options import Choices

LATER = ["path", "seconds", "printed", "source", "diagnosis", "by_hand", "guarded", "lack"]


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


def parquet(tables: Frames, choices: Choices) -> bytes:
    """A row per submission and exercise. Raises GraderError if pyarrow, which it needs, is not installed."""
    file = io.BytesIO()
    try:
        tables.exercises.to_parquet(file, index=False)
    except ImportError as error:
        raise GraderError("parquet needs pyarrow, which is not installed here: pip install pyarrow") from error
    return file.getvalue()


EXPORTERS = (
    ClassFile("csv", "grades.csv", grades),
    ClassFile("exercises", "exercises.csv", exercises),
    ClassFile("cases", "cases.csv", cases),
    ClassFile("parquet", "exercises.parquet", parquet),
)
