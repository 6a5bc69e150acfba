"""Bytes → the cells of a notebook: nbformat 2 to 4.5, or a Python file."""

import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .scripts import script_cells


class Unreadable(Exception):
    """The bytes are not a notebook; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell, unless blank; `number` as in Jupyter's In [n] after running all, `index` from 0 in the file."""

    number: int
    index: int
    source: str


@dataclass(frozen=True, slots=True)
class Text:
    """A cell that is not code, such as Markdown; below: the number of the code cell above it, or 0."""

    below: int
    source: str


@dataclass(frozen=True, slots=True)
class Notebook:
    """The code cells in order, the language as recorded ("python 3.8.5" or ""), the assignment that it names or ""."""

    cells: tuple[Cell, ...]
    texts: tuple[Text, ...] = ()
    language: str = ""
    assignment: str = ""


class LeftOutKind(StrEnum):
    """Why something is left out; what is decided by it is never decided by the words of the reason."""

    RUNS_CODE = "runs_code"
    SHELL = "shell"
    HELP = "help"
    MAGIC = "magic"
    CELL_MAGIC = "cell_magic"
    MAGIC_RESULT = "magic_result"
    SYNTAX = "syntax"


@dataclass(frozen=True, slots=True)
class Note:
    """A line of a cell, or the cell from that line on, that is left out: why, and which names it would have bound."""

    line: int
    kind: LeftOutKind
    reason: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Skipped:
    """The same with the place of its cell; `cell` is its number as in Jupyter, `index` its place in the file."""

    cell: int
    index: int
    line: int
    kind: LeftOutKind
    reason: str
    names: frozenset[str] = frozenset()


def read_cells(data: bytes, suffix: str) -> Notebook:
    """The code cells of a file with that suffix, ".ipynb" or ".py".

    Raises Unreadable if the bytes are not such a file.
    """
    if not data.strip():
        raise Unreadable("The file is empty.")
    if suffix == ".py":
        cells = script_cells(_clean(_decode_python(data)))
        return Notebook(*_numbered((cell.source, cell.is_code) for cell in cells))
    document = _load_json(_decode(data))
    metadata = _mapping(document.get("metadata"))
    if (language := _language(metadata).partition(" ")[0]).lower() in _OTHER_LANGUAGES:
        raise Unreadable(f"The notebook is written in {language}, not in Python.")
    assignment = _mapping(metadata.get("grader")).get("assignment")
    code, texts = _numbered(_sources(document))
    return Notebook(code, texts, _language(metadata), _text(assignment))


def _decode(data: bytes) -> str:
    """Text in the encoding that JSON detects; bytes that do not fit become U+FFFD, since most stand in comments."""
    return data.decode(json.detect_encoding(data), errors="replace")


def _decode_python(data: bytes) -> str:
    """Text in the encoding that the file declares, unless that is unknown or not for text."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding, errors="replace")
    except (SyntaxError, LookupError, UnicodeError):
        return _decode(data)


_STRANGERS = (
    (re.compile(r"\s*<(!doctype|html|\?xml|head|body)", re.I), "The file is a web page, not a notebook."),
    (re.compile(r"PK[\x03\x05]\W"), "The file is a zip archive, not a notebook."),
    (re.compile(r"%PDF-"), "The file is a PDF, not a notebook."),
    (re.compile(r"version https://git-lfs"), "The file is a Git LFS pointer; the notebook itself was not handed in."),
    (
        re.compile(r"[^\n{]+\.ipynb\s*\Z"),
        "The file is a link that names another file; the notebook itself is not there.",
    ),
    (re.compile(r".*^<<<<<<< ", re.S | re.M), "The file holds an unresolved merge conflict (<<<<<<<)."),
)


# A list of what is certainly not Python: a name that is not known here may be a Python kernel by another name.
_OTHER_LANGUAGES = frozenset(
    ("r", "julia", "matlab", "octave", "sas", "stata", "wolfram", "javascript", "typescript", "c", "c++", "c#", "f#")
) | frozenset(("java", "scala", "kotlin", "ruby", "perl", "haskell", "rust", "go", "bash", "sql"))


def _load_json(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text, strict=False)
    except RecursionError:
        raise Unreadable("The file is not a notebook: its JSON is nested too deeply.") from None
    except ValueError as error:
        raise Unreadable(_what_it_is(text, error)) from None
    holder = _mapping(document)
    if not isinstance(holder.get("cells"), list) and not isinstance(holder.get("worksheets"), list):
        raise Unreadable("The file is JSON, but not a notebook: it has no cells.")
    return holder


def _what_it_is(text: str, error: ValueError) -> str:
    for pattern, sentence in _STRANGERS:
        if pattern.match(text):
            return sentence
    if "\0" in text[:1000]:
        return "The file is binary, not a notebook."
    if not isinstance(error, json.JSONDecodeError):
        return f"The file is not a notebook: {error}."
    return f"The file is not a notebook: its JSON breaks off or goes wrong in line {error.lineno} ({error.msg})."


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """One newline for all, and no lone surrogates, which neither the parser nor a terminal takes."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _language(metadata: dict[str, Any]) -> str:
    info, kernel = _mapping(metadata.get("language_info")), _mapping(metadata.get("kernelspec"))
    name = _text(info.get("name")) or _text(kernel.get("language")) or _text(kernel.get("name"))
    return f"{name} {_text(info.get('version'))}".strip()


def _sources(document: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each cell's source, and whether it is code; before nbformat 4 cells lie in worksheets, their code as `input`."""
    sheets = [document, *_items(document.get("worksheets"))]
    for cell in (_mapping(cell) for sheet in sheets for cell in _items(_mapping(sheet).get("cells"))):
        yield _source(cell.get("source", cell.get("input"))), cell.get("cell_type") == "code"


def _source(value: object) -> str:
    return _clean(
        "".join(part for part in _items(value) if isinstance(part, str)) if isinstance(value, list) else _text(value)
    )


def _numbered(sources: Iterable[tuple[str, bool]]) -> tuple[tuple[Cell, ...], tuple[Text, ...]]:
    """Code and texts; Jupyter passes over a code cell of nothing but space without counting it."""
    code, texts = list[Cell](), list[Text]()
    for index, (source, is_code) in enumerate(sources):
        if is_code and source.strip():
            code.append(Cell(len(code) + 1, index, source))
        elif not is_code:
            texts.append(Text(len(code), source))
    return tuple(code), tuple(texts)
