"""Tables as they are: CSV for gradebooks and spreadsheets, Parquet for those who go on with other tools."""

from __future__ import annotations

import io

import pandas as pd

from ...feedback.escaping import csv_cell
from ...model import GraderError
from ..exporter import ClassFile, ClassResults, ReportOptions

LATER = ["path", "seconds", "printed", "source", "diagnosis"]


def grades(results: ClassResults, options: ReportOptions) -> str:
    """A row per submission."""
    return text(results.tables.submissions)


def exercises(results: ClassResults, options: ReportOptions) -> str:
    """A row per submission and exercise."""
    return text(results.tables.exercises)


def cases(results: ClassResults, options: ReportOptions) -> str:
    """A row per submission, exercise and case."""
    return text(results.tables.cases)


def text(table: pd.DataFrame) -> str:
    """A table as CSV in which no cell is a formula or holds control characters.

    Without what differs from machine to machine and from run to run, and without source code.
    """
    safe = table.drop(columns=LATER, errors="ignore").apply(lambda column: column.map(csv_cell))
    return str(safe.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def parquet(results: ClassResults, options: ReportOptions) -> bytes:
    """A row per submission and exercise. Raises GraderError if pyarrow, which it needs, is not installed."""
    file = io.BytesIO()
    try:
        results.tables.exercises.to_parquet(file, index=False)
    except ImportError as error:
        raise GraderError("parquet needs pyarrow, which is not installed here: pip install pyarrow") from error
    return file.getvalue()


EXPORTERS = (
    ClassFile("csv", "grades.csv", grades),
    ClassFile("exercises", "exercises.csv", exercises),
    ClassFile("cases", "cases.csv", cases),
    ClassFile("parquet", "exercises.parquet", parquet),
)
