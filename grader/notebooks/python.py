"""One cell's source, IPython's additions and all → its Python statements."""

import re
from contextlib import suppress
from dataclasses import dataclass

from .compiling import Statement
from .left_out import LeftOutKind, Note
from .magics import RUNS_ITS_BODY, CellMagic, cell_magic, dedent, without_line_magics
from .syntax import Unparsable, parse

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
    """What a cell holds; a cell that is Python as it stands is never touched.

    Raises Unparsable where it is not Python without its magics either.
    """
    notes: list[Note] = []
    while magic := cell_magic(source):
        notes.append(Note(magic.line, LeftOutKind.CELL_MAGIC, f"%%{magic.name} cell"))
        if magic.name not in RUNS_ITS_BODY:
            return Python([], source, notes, _written(magic))
        source = magic.body
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
