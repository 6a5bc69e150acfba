"""A downloaded gradebook as a CSV file in which single cells are replaced and every other byte stays as it is."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..feedback import wording
from ..model import GraderError
from .records import Paper

PATHS = (re.compile(r"_(\d+)_\d+_[^/]*$"), re.compile(r"_(\d+)_assignsubmission_"))


@dataclass(frozen=True, slots=True)
class Filled:
    """The gradebook with grades, and what a person should know."""

    content: bytes
    notices: tuple[str, ...]


class Gradebook:
    """The cells of a CSV file, each with its place in the text."""

    def __init__(self, content: bytes) -> None:
        """Take the file's bytes, in whatever encoding, with commas, semicolons or tabs."""
        self._encoding, self._mark = _encoding(content)
        self._text = content[len(self._mark) :].decode(self._encoding)
        self.rows = _spans(self._text, _delimiter(self._text))
        if not self.rows:
            raise GraderError("the file to fill in is empty")

    @property
    def header(self) -> list[str]:
        """The cells of the first row."""
        return [self.cell(0, column) for column in range(len(self.rows[0]))]

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, empty where the row is shorter."""
        if column >= len(self.rows[row]):
            return ""
        start, end = self.rows[row][column]
        raw = self._text[start:end]
        return raw[1:-1].replace('""', '"') if _is_quoted(raw) else raw

    def with_cells(self, values: Mapping[tuple[int, int], str]) -> bytes:
        """The file with these cells replaced; they must be numbers or empty."""
        text = self._text
        for row, column in sorted(values, reverse=True):
            start, end = self.rows[row][column]
            text = text[:start] + _like(text[start:end], values[row, column]) + text[end:]
        return self._mark + text.encode(self._encoding)


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


def fill(book: Gradebook, matches: Mapping[int, list[Paper]], column: int, most: Mapping[int, float]) -> Filled:
    """Write scores into a column: one submission a row, and one row a submission, or it is left to a person.

    matches: the submissions found for each row. most: the points that the gradebook gives for the column, per row;
    scores are scaled to them.
    """
    taken = [paper.submission for found in matches.values() for paper in found]
    clear = {
        row: found[0] for row, found in matches.items() if len(found) == 1 and taken.count(found[0].submission) == 1
    }
    scored = {row: paper for row, paper in clear.items() if paper.score is not None}
    values = {(row, column): _points(book, paper, most.get(row)) for row, paper in scored.items()}
    notices = [f"column {book.header[column]!r}: {len(values)} of {len(matches)} people have a grade now"]
    notices += _left(book, matches, scored, taken)
    if any(top and top != scored[row].max_score for row, top in most.items() if row in scored):
        notices.append("scores are scaled to the points that the gradebook gives")
    return Filled(book.with_cells(values), tuple(notices))


def _points(book: Gradebook, paper: Paper, most: float | None) -> str:
    assert paper.score is not None
    return wording.points(paper.score if not most else paper.score * most / paper.max_score)


def _left(
    book: Gradebook, matches: Mapping[int, list[Paper]], scored: Mapping[int, Paper], taken: list[str]
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
    """A number with a point or a comma in it; None where it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _encoding(content: bytes) -> tuple[str, bytes]:
    """(name, byte order mark); bytes that are no UTF-8 are taken one by one, and so come back as they were."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return name, mark
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1", b""
    return "utf-8", b""


def _delimiter(text: str) -> str:
    head = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(",;\t", key=head.count)


def _spans(text: str, delimiter: str) -> list[list[tuple[int, int]]]:
    """Where each cell of each row stands."""
    field = re.compile(rf'("(?:[^"]|"")*"|[^{delimiter}\r\n]*)({delimiter}|\r\n|\r|\n|\Z)')
    rows: list[list[tuple[int, int]]] = []
    row: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        found = field.match(text, place) or _unquoted(text, place, delimiter)
        row.append(found.span(1))
        place = found.end()
        if found[2] != delimiter:
            rows.append(row)
            row = []
    return [*rows, [*row, (place, place)]] if row else rows


def _unquoted(text: str, place: int, delimiter: str) -> re.Match[str]:
    """A cell that begins with a quote and goes on after it is taken as it stands."""
    found = re.compile(rf"([^{delimiter}\r\n]*)({delimiter}|\r\n|\r|\n|\Z)").match(text, place)
    assert found is not None
    return found


def _is_quoted(raw: str) -> bool:
    return len(raw) > 1 and raw[0] == raw[-1] == '"'


def _like(raw: str, value: str) -> str:
    """The value, in quotes where the cell had them."""
    return f'"{value}"' if _is_quoted(raw) else value
