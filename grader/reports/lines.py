"""From a line of a cell to the line of the file, which is where annotations stand."""

from __future__ import annotations

import json
from json import scanner
from pathlib import Path
from typing import Any

from ..model import Place
from ..notebooks import line_in_script

SCANNER: Any = vars(scanner)["py_make_scanner"]  # the one in C asks nobody for its strings
MOST_BYTES = 64 * 2**20


class _Placed(str):
    """A string of the document that knows at which character of it it starts."""

    __slots__ = ("start",)
    start: int


def line_in_file(path: Path, place: Place) -> int | None:
    """The file's line, from 1, that holds this line of that code cell; None if it is not found."""
    try:
        text = path.read_text(encoding="utf-8") if path.stat().st_size <= MOST_BYTES else ""
        find = line_in_script if path.suffix == ".py" else _in_notebook
        return find(text, place.cell, place.line)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None


def _in_notebook(text: str, cell: int, line: int) -> int | None:
    sources = [each["source"] for each in _placed(text)["cells"] if each["cell_type"] == "code"]
    filled = [source for source in sources if "".join(source).strip()]
    source = filled[cell - 1]
    piece: Any = source if isinstance(source, str) else source[line - 1]
    return text.count("\n", 0, piece.start) + 1


def _placed(text: str) -> Any:
    """The document, each string with its place; the decoder in Python asks a function for every string."""
    decoder: Any = json.JSONDecoder()
    original = decoder.parse_string

    def parse_string(document: str, start: int, strict: bool) -> tuple[str, int]:
        value, end = original(document, start, strict)
        placed = _Placed(value)
        placed.start = start
        return placed, end

    decoder.parse_string = parse_string
    decoder.scan_once = SCANNER(decoder)
    return decoder.decode(text)
