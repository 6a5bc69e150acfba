"""A downloaded gradebook with grades filled in: whose row is whose, and what a person has to look at."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..feedback import wording
from ..submissions.csv_file import CsvFile
from .records import Paper

PATHS = (re.compile(r"_(\d+)_\d+_[^/]*$"), re.compile(r"_(\d+)_assignsubmission_"))
NUMBER = re.compile(r"\d{1,9}([.,]\d{0,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filled:
    """The gradebook with grades, and what a person should know."""

    content: bytes
    notices: tuple[str, ...]


def key(name: str) -> str:
    """Letters and digits alone, so that names compare as people read them."""
    return "".join(
        char for char in unicodedata.normalize("NFKC", name).casefold() if unicodedata.category(char)[0] in "LMN"
    )


def names_of(name: str) -> list[str]:
    """The ways in which a name may be written: as it is, first name first, and an address without its host."""
    last, comma, first = name.partition(",")
    written = [name, f"{first} {last}"] if comma else [name]
    local, at, _ = name.partition("@")
    return [key(each) for each in [*written, *([local] if at else [])] if key(each)]


class People:
    """Finds the one submission that belongs to a row of a gradebook."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        """Index those by the student's name or id, and by the number that the download put into the file's name."""
        self._found: dict[tuple[str, str], list[Paper]] = defaultdict(list)
        for paper in papers:
            for name in names_of(paper.student):
                self._found["name", name].append(paper)
            for pattern in PATHS:
                if match := pattern.search(paper.submission):
                    self._found["number", match[1]].append(paper)

    def of(self, number: str, names: Sequence[str]) -> list[Paper]:
        """The submissions found by the strongest of these that finds any: number first, then names in order."""
        keys = [("number", number.strip()), *(("name", each) for name in names for each in names_of(name))]
        return next((self._found[each] for each in keys if each[1] and each in self._found), [])


def fill_in(book: CsvFile, matches: Mapping[int, list[Paper]], column: int, most: Mapping[int, float]) -> Filled:
    """Write scores into a column: one submission a row, and one row a submission, or it is left to a person.

    matches: the submissions found for each row. most: the points that the gradebook gives for the column, per row;
    scores are scaled to them.
    """
    taken = [paper.submission for found in matches.values() for paper in found]
    clear = {
        row: found[0] for row, found in matches.items() if len(found) == 1 and taken.count(found[0].submission) == 1
    }
    scored = {row: paper for row, paper in clear.items() if paper.score is not None}
    values = {(row, column): _points(paper, most.get(row)) for row, paper in scored.items()}
    notices = [f"column {book.header[column]!r}: {len(values)} of {len(matches)} people have a grade now"]
    notices += _left(book, matches, scored, taken)
    if any(top and top != scored[row].max_score for row, top in most.items() if row in scored):
        notices.append("scores are scaled to the points that the gradebook gives")
    return Filled(book.with_cells(values), tuple(notices))


def _points(paper: Paper, most: float | None) -> str:
    assert paper.score is not None
    return wording.points(paper.score * most / paper.max_score if most and paper.max_score else paper.score)


def _left(
    book: CsvFile, matches: Mapping[int, list[Paper]], scored: Mapping[int, Paper], taken: list[str]
) -> Iterable[str]:
    """Rows that were found, but left as they are, and why."""
    for row, found in matches.items():
        if row in scored or not found:
            continue
        who = book.cell(row, 0)
        if len(found) > 1:
            fitting = ", ".join(paper.submission for paper in found)
            yield f"{who}: left as it is, {len(found)} submissions fit: {fitting}"
        elif taken.count(found[0].submission) > 1:
            yield f"{who}: left as it is, {found[0].submission} fits other rows, too"
        else:
            yield f"{who}: left as it is, the grader itself failed on {found[0].submission}"


def number(text: str) -> float | None:
    """A number with a point or a comma in it, not below 0; None if it is none."""
    return float(text.strip().replace(",", ".")) if NUMBER.fullmatch(text.strip()) else None
