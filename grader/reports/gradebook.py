"""A downloaded gradebook with grades filled in: whose row is whose, and what a person has to look at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..feedback.words import points
from ..model import Grade, GraderError, SubmissionStatus
from ..submissions.csv_file import CsvFile
from ..submissions.names import key, names_of
from . import files
from .exporter import ClassResults, ReportOptions, Written

NUMBER = re.compile(r"\d{1,9}([.,]\d{0,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filled:
    """The gradebook with grades, and what a person should know."""

    content: bytes
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledGradebook:
    """A format: a downloaded gradebook with the grades filled in."""

    name: str
    usual: str
    fill: Callable[[ClassResults, ReportOptions], Filled]

    def write(self, results: ClassResults, target: Path, options: ReportOptions) -> Written:
        """Write the filled copy; the downloaded file itself stays as it is."""
        if not options.gradebook:
            raise GraderError("this format fills in the gradebook that you downloaded: name it with --fill FILE")
        filled = self.fill(results, options)
        return Written((files.write(target, filled.content),), filled.notices)


class People:
    """Finds the grade of a row's person: by what the system that collected the work calls them, else by their name."""

    def __init__(self, grades: Iterable[Grade]) -> None:
        self._by_id: dict[str, list[Grade]] = defaultdict(list)
        self._by_name: dict[str, list[Grade]] = defaultdict(list)
        for grade in grades:
            for name in {key(each) for each in grade.record.ids}:
                self._by_id[name].append(grade)
            for name in {each for said in (grade.student, *grade.record.ids) for each in names_of(said)}:
                self._by_name[name].append(grade)

    def of(self, known_as: Sequence[str]) -> list[Grade]:
        """Whose these are, strongest first: by the first that is anybody's id, else by the first that is a name."""
        found = [self._by_id.get(key(each), []) for each in known_as]
        found += [self._by_name.get(name, []) for each in known_as for name in names_of(each)]
        return next(filter(None, found), [])


def fill_in(book: CsvFile, matches: Mapping[int, list[Grade]], column: int, most: Mapping[int, float]) -> Filled:
    """Write scores into a column: one grade a row, and one row a grade, or it is left to a person.

    matches: the grades found for each row. most: the points that the gradebook gives for the column, per row; scores
    are scaled to them.
    """
    taken = Counter(grade.submission for found in matches.values() for grade in found)
    clear = {row: found[0] for row, found in matches.items() if len(found) == 1 and taken[found[0].submission] == 1}
    scored = {row: grade for row, grade in clear.items() if grade.status is not SubmissionStatus.GRADER_FAULT}
    values = {(row, column): _points(grade, most.get(row)) for row, grade in scored.items()}
    notices = [f"column {book.header[column]!r}: {len(values)} of {len(matches)} people have a grade now"]
    notices += _left(book, {row: found for row, found in matches.items() if row not in scored}, taken)
    if any(top and top != scored[row].max_score for row, top in most.items() if row in scored):
        notices.append("scores are scaled to the points that the gradebook gives")
    return Filled(book.with_cells(values), tuple(notices))


def number(text: str) -> float | None:
    """A number with a point or a comma in it, not below 0; None if it is none."""
    return float(text.strip().replace(",", ".")) if NUMBER.fullmatch(text.strip()) else None


def _points(grade: Grade, most: float | None) -> str:
    return points(grade.score * most / grade.max_score if most and grade.max_score else grade.score)


def _left(book: CsvFile, matches: Mapping[int, list[Grade]], taken: Mapping[str, int]) -> Iterator[str]:
    """Rows whose person was found, but that are left as they are, and why."""
    for row, found in matches.items():
        who = book.cell(row, 0)
        if len(found) > 1:
            yield f"{who}: left as it is, {len(found)} submissions fit: {', '.join(one.submission for one in found)}"
        elif found and taken[found[0].submission] > 1:
            yield f"{who}: left as it is, {found[0].submission} fits other rows, too"
        elif found:
            yield f"{who}: left as it is, the grader itself failed on {found[0].submission}"
