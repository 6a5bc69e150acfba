"""Python's own verdict on a cell: its statements, or where and why it does not parse."""

import re
import sys

from .compiling import Statement, whole
from .pieces import in_pieces

_PYTHON_2 = re.compile(
    r"^\s*(?:print\s+[^=\s(]|print\s*>>|exec\s+[^=\s(]|raise\s+\w+\s*,|except\s+[\w.]+\s*,\s*\w+\s*:)|`|<>|\b0\d+\b|\b\d+[lL]\b|\bur[\"']"
)
_NEWER = re.compile(
    r"^\s*(?:type\s+\w+.*=|(?:async\s+)?def\s+\w+\s*\[|class\s+\w+\s*\[|except\*?\s+\w+\s*,)|\bt[\"']|\bf[\"']"
)


class Unparsable(Exception):
    """A cell that Python does not take, with the line, counted from 1, and the reason as a phrase."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep both for the report."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


def parse(source: str, flags: int, language: str, file: str) -> list[Statement]:
    """The statements of a cell that Python would run, each compiled by itself.

    flags: the compiler's, with what `from __future__` has set so far; language: as recorded, for a hint.
    Raises Unparsable, also for what only the compiler sees, such as `return` outside a function.
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
