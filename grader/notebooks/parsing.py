"""One cell's source, IPython's additions and all → its Python statements."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from .magics import RUNS_ITS_BODY, CellMagic, cell_magic, dedent, spelled_as_typed, without_line_magics, without_prompts
from .names_bound import bindings
from .notebook import LeftOutKind, Note
from .statements import REFUSALS, Refused, Statement, canonical, statements

_NO_PYTHON = re.compile(r"\s*[!%?]")
_FILE = re.compile(r"(-a\s+|--append\s+)?[\"']?([\w][\w.-]*)[\"']?")
_DEFINES = re.compile(r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+([^\W\d]\w*)|^([^\W\d]\w*)[ \t]*=(?!=)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Python:
    """The statements, the source that they stand in, what was left out of it, and a file that it writes."""

    statements: list[Statement] = field(default_factory=list)
    source: str = ""
    notes: list[Note] = field(default_factory=list)
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
    """What a cell holds; what of it is not Python, even without its magics, is in the notes.

    flags: the compiler's, with what `from __future__` has set so far; language: as recorded, for a hint.
    """
    notes: list[Note] = []
    source = spelled_as_typed(source)
    while magic := cell_magic(source):
        runs = magic.name in RUNS_ITS_BODY
        names = frozenset() if runs else names_in(magic.body)
        notes.append(Note(magic.line, LeftOutKind.CELL_MAGIC, f"%%{magic.name} cell", names))
        if not runs:
            return Python(source=source, notes=notes, written=_written(magic))
        source = magic.body
    refusal: Exception = SyntaxError("it is empty")
    for candidate, replaced in _readings(source):
        try:
            found = [] if {"", "pass"}.issuperset(candidate.split("\n")) else statements(candidate, flags, file)
        except REFUSALS as error:
            refusal, source = error, candidate
            continue
        refused = [_refused(one, candidate, language) for one in found if isinstance(one, Refused)]
        taken = [one for one in found if isinstance(one, Statement)]
        return Python(taken, candidate, [*notes, *replaced, *refused])
    return Python(source=source, notes=[*notes, _unparsable(refusal, 1, source, names_in(source), language)])


def _readings(source: str) -> Iterator[tuple[str, list[Note]]]:
    """The cell as Python, read in one way after the other, and what is left out for that."""
    # As it stands first: a `%` or `?` of Python's own, at the start of a line, must not be taken for a magic.
    if not _NO_PYTHON.match(source):
        yield source, []
    source = dedent(source)
    for typed in without_prompts(source):
        yield typed, []
        yield without_line_magics(typed)
    yield without_line_magics(source)


def names_in(text: str) -> frozenset[str]:
    """The names that a text which is not read as Python seems to define."""
    return frozenset(canonical(name) for match in _DEFINES.finditer(text) for name in match.groups() if name)


def _written(magic: CellMagic) -> WrittenFile | None:
    match = _FILE.fullmatch(magic.arguments)
    if match is None or magic.name not in ("writefile", "file"):
        return None
    return WrittenFile(match[2], magic.body.lstrip("\n"), appended=bool(match[1]))


def _refused(statement: Refused, source: str, language: str) -> Note:
    names = frozenset(bound.name for bound in bindings(statement.node))
    return _unparsable(statement.error, statement.node.lineno, source, names, language)


def _unparsable(error: Exception, line: int, source: str, names: frozenset[str], language: str) -> Note:
    """What Python says of a cell, or of a statement in that line, with a hint where there is one."""
    said = str(error)
    if isinstance(error, SyntaxError):
        line = error.lineno or line
        said = f"{error.msg}{_hint(source, line, language)}"
    elif isinstance(error, RecursionError | MemoryError):
        said = "nested too deeply"
    return Note(line, LeftOutKind.SYNTAX, f"does not parse: {said}", names)


_PYTHON_2 = re.compile(
    r"^\s*(?:print\s+[^=\s(]|print\s*>>|exec\s+[^=\s(]|raise\s+\w+\s*,|except\s+[\w.]+\s*,\s*\w+\s*:)|`|<>|\b0\d+\b|\b\d+[lL]\b|\bur[\"']"
)
_NEWER = re.compile(
    r"^\s*(?:type\s+\w+.*=|(?:async\s+)?def\s+\w+\s*\[|class\s+\w+\s*\[|except\*?\s+\w+\s*,)|\bt[\"']|\bf[\"']"
)


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
