"""An Excel workbook: grades, exercises and mistakes, in which every text is text and never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from ...feedback.escaping import is_formula, plain
from .. import statistics
from ..exporter import ClassFile, ClassResults, ReportOptions
from ..frames import Frames
from .tables import LATER

MOST_CHARACTERS = 32_000  # Excel refuses a cell with 32,768
MOST_WIDE = 60


def workbook(results: ClassResults, options: ReportOptions) -> bytes:
    """The workbook's bytes."""
    tables = results.tables
    book = Workbook(write_only=True)
    _add(book, "Grades", tables.submissions.drop(columns=LATER, errors="ignore"))
    _add(book, "Exercises", tables.exercises.drop(columns=LATER, errors="ignore"))
    _add(book, "Mistakes", _mistakes(tables))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def one_sheet(title: str, table: pd.DataFrame) -> bytes:
    """A workbook of one table."""
    book = Workbook(write_only=True)
    _add(book, title, table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _mistakes(tables: Frames) -> pd.DataFrame:
    rows = [
        (one.exercise, one.mistake, len(one.submissions), one.diagnosis, ", ".join(one.submissions))
        for one in statistics.mistakes(tables)
    ]
    return pd.DataFrame(rows, columns=["exercise", "mistake", "submissions", "what happens", "who"])


def _add(book: Workbook, title: str, table: pd.DataFrame) -> None:
    """A sheet with a head that stays in view and filters."""
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    last = get_column_letter(max(len(table.columns), 1))
    sheet.auto_filter.ref = f"A1:{last}{len(table) + 1}"
    for i, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    sheet.append([_head(sheet, str(name)) for name in table.columns])
    plain_values = table.astype(object).where(table.notna(), None)
    for row in plain_values.itertuples(index=False, name=None):
        sheet.append([_cell(sheet, value) for value in row])


def _widths(table: pd.DataFrame) -> Iterator[int]:
    for name in table.columns:
        longest = table[name].astype(str).str.len().max() if len(table) else 0
        yield min(max(len(str(name)), int(longest)) + 3, MOST_WIDE)


def _head(sheet: WriteOnlyWorksheet, name: str) -> Any:
    cell = WriteOnlyCell(sheet, value=plain(name))
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """Numbers as they are; text that looks like a formula marked as text, now and when somebody edits it."""
    if not isinstance(value, str):
        return value
    text = plain(value[:MOST_CHARACTERS], keep="\n\t")
    if not is_formula(text):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type, cell.quotePrefix = "s", True
    return cell


EXPORTERS = (ClassFile("xlsx", "grades.xlsx", workbook),)
