"""Moodle: the offline grading worksheet that the instructor downloaded, filled in, and feedback files to upload.

The worksheet's headings are in the site's language, so the columns are known by what stands in them. The zip ("Upload
multiple feedback files in a zip") has the folders of the downloaded submissions, or the beginnings of their files'
names, by which Moodle knows the participant or the team.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from ...feedback.card import SubmissionReport
from ...model import Grade, GraderError, SubmissionStatus
from ...submissions.csv_file import CsvFile
from ...submissions.lms.moodle import TOP
from ...submissions.names import key
from ..exporter import Archive, ClassResults, NoFile, ReportOptions
from ..gradebook import Filled, FilledGradebook, People, fill_in, number
from ..pages.feedback import page
from .notebook import annotated

PARTICIPANT = re.compile(r"\D*(\d+)\s*$")


def fill(results: ClassResults, options: ReportOptions) -> Filled:
    """The worksheet with the scores in its column of grades. Raises GraderError if it cannot be told which it is."""
    book = CsvFile(options.gradebook)
    rows = [row for row in range(1, len(book)) if PARTICIPANT.match(book.cell(row, 0))]
    if not rows:
        raise GraderError("this is not a grading worksheet from Moodle: its first column names no participants")
    column = _column(book, rows, options.column)
    people = People(results.grades)
    cells = {row: [book.cell(row, i) for i in range(1, column)] for row in rows}
    matches = {row: _found(people, _participant(book, row), cells[row]) for row in rows}
    top = {row: number(book.cell(row, column + 1)) for row in rows}
    return fill_in(book, matches, column, {row: most for row, most in top.items() if most})


def _found(people: People, participant: str, cells: Sequence[str]) -> list[Grade]:
    """Whose row it is. A team's download has the team's number in the participant's place, and a team has no row."""
    words = {key(word) for cell in cells for word in cell.split()}
    found = [grade for grade in people.of([participant]) if _is_of(grade, participant, words)]
    return found or people.of(cells)


def _is_of(grade: Grade, participant: str, words: Collection[str]) -> bool:
    """Whether a grade that has the number also has part of the name, if it has a name at all."""
    names = {key(word) for name in (grade.student, *grade.record.ids) for word in name.split()}
    return grade.student.endswith(participant.rpartition(" ")[2]) or not names.isdisjoint(words)


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


def feedback(report: SubmissionReport) -> dict[str, str]:
    """The page, and the file that was handed in with feedback in it, beside where that file lay in the download."""
    if report.grade.status is SubmissionStatus.GRADER_FAULT:
        raise NoFile("no file for Moodle, because the grader itself failed")
    place = _place(Path(report.grade.record.path), report.grade.record.ids)
    found = {f"{place}feedback.html": page(report)}
    with suppress(NoFile):  # of a file that could not be read
        found[f"{place}feedback{Path(report.grade.record.path).suffix.lower()}"] = annotated(report)
    return found


def _place(path: Path, ids: Collection[str]) -> str:
    """The folder of a participant or team, as Moodle wrote it into the download, or what it began the file's name with.

    The first that fits is Moodle's own: what lies deeper was named by the student.
    """
    for top in path.parts:
        match = TOP.fullmatch(top)
        if match and match["number"] and f"Participant {match['number']}" in ids:
            return top.removesuffix(match["file"]) if match["file"] else f"{top}/"
    raise NoFile("no file for Moodle, because it does not come from a download of Moodle")


EXPORTERS = (
    Archive("moodle-feedback", "moodle-feedback.zip", feedback),
    FilledGradebook("moodle", "moodle.csv", fill),
)
