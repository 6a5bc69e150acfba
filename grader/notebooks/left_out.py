"""What a notebook holds and extraction leaves out: where, of which kind, and why."""

from dataclasses import dataclass
from enum import StrEnum


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
    """A line of a cell, or the cell from that line on, that is left out, and why."""

    line: int
    kind: LeftOutKind
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """The same with the place of its cell; `cell` is its number as in Jupyter, `index` its place in the file."""

    cell: int
    index: int
    line: int
    kind: LeftOutKind
    reason: str
