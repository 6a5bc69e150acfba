"""Canvas: the gradebook that the instructor downloaded, with one column filled in, and feedback files to upload.

Canvas takes a zip of files under the names that it gave them ("Upload submissions") and attaches each to the comments
of its student, under the name that the student had given it. So only a file of the same kind can be given back: the
notebook with feedback in it.
"""

from __future__ import annotations

import re
from pathlib import Path

from ...feedback.card import SubmissionReport
from ...model import GraderError, SubmissionStatus
from ...submissions.csv_file import CsvFile
from ...submissions.lms.canvas import ANONYMOUS, NAMED
from ...submissions.names import key
from ..exporter import Archive, ClassResults, NoFile, ReportOptions
from ..gradebook import Filled, FilledGradebook, People, fill_in, number
from .notebook import annotated

EXCUSED = "EX"
WITH_ID = re.compile(r"(.*?)\s*\((\d+)\)\s*$", re.DOTALL)


def fill(results: ClassResults, options: ReportOptions) -> Filled:
    """The downloaded file with the scores in the assignment's column. Raises GraderError if it has none."""
    book = CsvFile(options.gradebook)
    header = book.header
    if "Student" not in header[0]:
        raise GraderError("this is not a gradebook from Canvas: its first column is not called Student")
    column = _column(header, options.column, next((grade.assignment for grade in results.grades), ""))
    most = next((number(book.cell(row, column)) for row in range(1, len(book)) if _is_points(book, row)), None)
    people = People(results.grades)
    identity = [i for i, name in enumerate(header) if name in ("SIS User ID", "SIS Login ID", "Integration ID")]
    place = header.index("ID") if "ID" in header else 1
    matches = {
        row: people.of([book.cell(row, i) for i in (place, *identity, 0)])
        for row in range(1, len(book))
        if _is_person(book, row, place) and book.cell(row, column).strip().upper() != EXCUSED
    }
    return fill_in(book, matches, column, dict.fromkeys(matches, most) if most else {})


def _column(header: list[str], named: str, assignment: str) -> int:
    """The column named, or the assignment's: by its heading, its title, a part of that, or the only one there is."""
    wanted = named or assignment
    titles = {i: found[1] for i, name in enumerate(header) if (found := WITH_ID.match(name))}
    ways = (
        [i for i in titles if header[i] == wanted],
        [i for i, title in titles.items() if key(title) == key(wanted)],
        [i for i, title in titles.items() if key(wanted) in key(title)],
        [] if named else list(titles),
    )
    fitting = next(filter(None, ways), [])
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(repr(header[i]) for i in titles) or "none"
    raise GraderError(f"which column takes the grades? Name it with --column; the gradebook has: {listed}")


def _is_points(book: CsvFile, row: int) -> bool:
    return book.cell(row, 0).strip().startswith("Points Possible")


def _is_person(book: CsvFile, row: int, place: int) -> bool:
    return bool(book.cell(row, place).strip()) and not _is_points(book, row)


def feedback(report: SubmissionReport) -> dict[str, str]:
    """The file that was handed in, with feedback in it, under its name in the download."""
    if report.grade.status is SubmissionStatus.GRADER_FAULT:
        raise NoFile("no file for Canvas, because the grader itself failed")
    name = Path(report.grade.record.path).name
    match = ANONYMOUS.fullmatch(name) or NAMED.fullmatch(name)
    if not match or not match["number"] or match["user"] not in report.grade.record.ids:
        raise NoFile("no file for Canvas, because it does not come from a download of Canvas")
    return {name: annotated(report)}


EXPORTERS = (
    Archive("canvas-feedback", "canvas-feedback.zip", feedback),
    FilledGradebook("canvas", "canvas.csv", fill),
)
