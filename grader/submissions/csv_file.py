"""A CSV file as a platform or a spreadsheet wrote it: its cells, whatever its encoding and separator are.

Each cell is known by its place in the text, so that some can be replaced while every other byte stays as it is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

from ..model import GraderError

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "surrogateescape"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "surrogatepass"),  # begins as the next one does
    (codecs.BOM_UTF16_LE, "utf-16-le", "surrogatepass"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "surrogatepass"),
)
SEPARATORS = ",;\t"
Span = tuple[int, int]


class CsvFile:
    """The cells of a file by row and column, both from 0. Raises GraderError if it is empty or cannot be decoded."""

    def __init__(self, content: bytes) -> None:
        self._mark, self._encoding, self._errors = _encoding(content)
        try:
            self._text = content[len(self._mark) :].decode(self._encoding, self._errors)
        except UnicodeDecodeError as error:
            raise GraderError(f"the file is damaged: it is not {self._encoding.upper()} throughout") from error
        head = re.split(r"[\r\n]", self._text.lstrip("\r\n"), maxsplit=1)[0]
        self._separator = max(SEPARATORS, key=head.count)
        self._rows = list(_rows(self._text, self._separator))
        if not self._rows:
            raise GraderError("the file is empty")

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every row."""
        return [[self._cell(span) for span in row] for row in self._rows]

    @property
    def header(self) -> list[str]:
        """The cells of the first row."""
        return [self._cell(span) for span in self._rows[0]]

    def __len__(self) -> int:
        """How many rows there are, with the first."""
        return len(self._rows)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, empty if the row is shorter."""
        spans = self._rows[row]
        return self._cell(spans[column]) if column < len(spans) else ""

    def with_cells(self, values: Mapping[tuple[int, int], str]) -> bytes:
        """The file with these cells replaced by numbers or nothing; a row that is too short becomes longer."""
        text = self._text
        for row, column in sorted(values, reverse=True):
            spans = self._rows[row]
            if column < len(spans):
                start, end = spans[column]
                new = f'"{values[row, column]}"' if _is_quoted(text[start:end]) else values[row, column]
            else:
                start = end = spans[-1][1]
                new = self._separator * (column - len(spans) + 1) + values[row, column]
            text = text[:start] + new + text[end:]
        return self._mark + text.encode(self._encoding, self._errors)

    def _cell(self, span: Span) -> str:
        raw = self._text[slice(*span)]
        return raw[1:-1].replace('""', '"') if _is_quoted(raw) else raw


def _encoding(content: bytes) -> tuple[bytes, str, str]:
    """(byte order mark, encoding, how what does not fit it is kept), such that every byte can be written back."""
    for mark, encoding, errors in MARKS:
        if content.startswith(mark):
            return mark, encoding, errors
    for encoding, zeros in (("utf-16-le", content[1:2000:2]), ("utf-16-be", content[:2000:2])):
        if zeros.count(0) > len(zeros) / 2 and len(content) % 2 == 0:
            return b"", encoding, "surrogatepass"
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return b"", encoding, "strict"
    return b"", "latin-1", "strict"


def _rows(text: str, separator: str) -> Iterator[list[Span]]:
    """Where each cell of each row stands."""
    ends = rf"({separator}|\r\n|\r|\n|\Z)"
    quoted = re.compile(rf'("(?:[^"]|"")*"){ends}')
    bare = re.compile(rf"([^{separator}\r\n]*){ends}")  # one that goes on after its closing quote is bare, too
    row: list[Span] = []
    place, end = 0, separator
    while place < len(text):
        found = quoted.match(text, place) or bare.match(text, place)
        assert found is not None
        row.append(found.span(1))
        place, end = found.end(), found[2]
        if end != separator:
            yield row
            row = []
    if row or (text and end == separator):
        yield [*row, (place, place)]


def _is_quoted(raw: str) -> bool:
    return len(raw) > 1 and raw[0] == raw[-1] == '"'
