"""One cell's source, IPython's additions and all → its Python statements."""

import re
import sys
from contextlib import suppress
from dataclasses import dataclass

from .magics import RUNS_ITS_BODY, CellMagic, cell_magic, dedent, without_line_magics
from .notebook import LeftOutKind, Note
from .statements import Statement, in_pieces, whole

_NO_PYTHON = re.compile(r"\s*[!%?]")
_FILE = re.compile(r"(-a\s+|--append\s+)?[\"']?([\w][\w.-]*)[\"']?")


@dataclass(frozen=True, slots=True)
class Python:
    """The statements, the source that they stand in, what was left out of it, and a file that it writes."""

    statements: list[Statement]
    source: str
    notes: list[Note]
    written: "WrittenFile | None" = None

    @property
    def has_walrus(self) -> bool:
        """Whether there can be a := in it; looking for one in the statements takes much longer."""
        return ":=" in self.source

    @property
    def has_global(self) -> bool:
        """Whether there can be a `global` in it."""
        return "global" in self.source


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What a %%writefile cell writes to a file beside the notebook."""

    name: str
    text: str
    appended: bool


def python_of(source: str, flags: int, language: str, file: str) -> Python:
    """What a cell holds.

    Raises Unparsable if it is not Python, even without its magics.
    """
    notes: list[Note] = []
    while magic := cell_magic(source):
        notes.append(Note(magic.line, LeftOutKind.CELL_MAGIC, f"%%{magic.name} cell"))
        if magic.name not in RUNS_ITS_BODY:
            return Python([], source, notes, _written(magic))
        source = magic.body
    # Python first: a `%` or `?` of its own, at the start of a line, must not be taken for a magic.
    if not _NO_PYTHON.match(source):
        with suppress(Unparsable):
            return Python(parse(source, flags, language, file), source, notes)
    source, replaced = without_line_magics(dedent(source))
    does_nothing = {"", "pass"}.issuperset(source.split("\n"))
    return Python([] if does_nothing else parse(source, flags, language, file), source, notes + replaced)


def _written(magic: CellMagic) -> WrittenFile | None:
    match = _FILE.fullmatch(magic.arguments)
    if match is None or magic.name not in ("writefile", "file"):
        return None
    return WrittenFile(match[2], magic.body.lstrip("\n"), appended=bool(match[1]))


_PYTHON_2 = re.compile(
    r"^\s*(?:print\s+[^=\s(]|print\s*>>|exec\s+[^=\s(]|raise\s+\w+\s*,|except\s+[\w.]+\s*,\s*\w+\s*:)|`|<>|\b0\d+\b|\b\d+[lL]\b|\bur[\"']"
)
_NEWER = re.compile(
    r"^\s*(?:type\s+\w+.*=|(?:async\s+)?def\s+\w+\s*\[|class\s+\w+\s*\[|except\*?\s+\w+\s*,)|\bt[\"']|\bf[\"']"
)


class Unparsable(Exception):
    """A cell that Python does not take, with the line, counted from 1, and the reason as a phrase."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def parse(source: str, flags: int, language: str, file: str) -> list[Statement]:
    """The statements of a cell that Python would run, each compiled on its own.

    flags: the compiler's, with what `from __future__` has set so far; language: as recorded, for a hint.
    Raises Unparsable, also for what only the compiler refuses, such as `return` outside a function.
    """
    try:
        return in_pieces(source, flags, file) or whole(source, flags, file)
    except SyntaxError as error:
        line = error.lineno or 1
        raise Unparsable(line, f"does not parse: {error.msg}{_hint(source, line, language)}") from None
    except (RecursionError, MemoryError):
        raise Unparsable(1, "does not parse: nested too deeply") from None
    except ValueError as error:
        raise Unparsable(1, f"does not parse: {error}") from None


def _hint(source: str, line: int, language: str) -> str:
    lines = source.split("\n")
    wrong = lines[line - 1] if line <= len(lines) else ""
    recorded = _version(language)
    if recorded > sys.version_info[:2]:
        return f" (written for Python {recorded[0]}.{recorded[1]}, this is {sys.version_info[0]}.{sys.version_info[1]})"
    if _PYTHON_2.search(wrong):
        return " (Python 2)"
    if _NEWER.match(wrong):
        return f" (perhaps newer than this Python {sys.version_info[0]}.{sys.version_info[1]})"
    return " (the notebook is for Python 2)" if recorded[0] == 2 else ""


def _version(language: str) -> tuple[int, int]:
    match = re.match(r"(?:i?python)\s*(\d{1,3})(?:\.(\d{1,3}))?", language)
    return (int(match[1]), int(match[2] or 0)) if match else (0, 0)
