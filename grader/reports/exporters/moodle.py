"""Moodle: the offline grading worksheet that the instructor downloaded, with its grades filled in.

Its headings are in the site's language, so the columns are known by what stands in them.
"""

from __future__ import annotations

import re

from ...model import GraderError
from ...submissions.csv_file import CsvFile
from ..exporter import ClassResults, ReportOptions
from ..gradebook import Filled, FilledGradebook, People, fill_in, number

PARTICIPANT = re.compile(r"\D*(\d+)\s*$")


def fill(results: ClassResults, options: ReportOptions) -> Filled:
    """The worksheet with the scores in its column of grades. Raises GraderError if it cannot be told which it is."""
    book = CsvFile(options.gradebook)
    rows = [row for row in range(1, len(book)) if PARTICIPANT.match(book.cell(row, 0))]
    if not rows:
        raise GraderError("this is not a grading worksheet from Moodle: its first column names no participants")
    column = _column(book, rows, options.column)
    people = People(results.grades)
    matches = {
        row: people.of([_participant(book, row), *(book.cell(row, i) for i in range(1, column))]) for row in rows
    }
    top = {row: number(book.cell(row, column + 1)) for row in rows}
    return fill_in(book, matches, column, {row: most for row, most in top.items() if most})


def _participant(book: CsvFile, row: int) -> str:
    """What a download calls the participant, whatever the worksheet's language is."""
    found = PARTICIPANT.match(book.cell(row, 0))
    return f"Participant {found[1]}" if found else ""


def _column(book: CsvFile, rows: list[int], wanted: str) -> int:
    """The column named, or the one of numbers and blanks that stands before the maximum, which is alike in all rows."""
    header = book.header
    for name in filter(None, (wanted, "Grade")):
        if name in header:
            return header.index(name)
    found = [i for i in range(1, len(header) - 1) if _may_be_grade(book, rows, i) and _is_maximum(book, rows, i + 1)]
    if len(found) == 1 and not wanted:
        return found[0]
    listed = ", ".join(map(repr, header))
    raise GraderError(f"which column takes the grades? Name it with --column; the worksheet has: {listed}")


def _may_be_grade(book: CsvFile, rows: list[int], column: int) -> bool:
    values = [book.cell(row, column).strip() for row in rows]
    return all(not value or number(value) is not None for value in values)


def _is_maximum(book: CsvFile, rows: list[int], column: int) -> bool:
    values = {number(book.cell(row, column)) for row in rows}
    return len(values) == 1 and bool(values - {None, 0.0})


EXPORTERS = (FilledGradebook("moodle", "moodle.csv", fill),)
