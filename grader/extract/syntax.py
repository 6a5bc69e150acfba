"""Python's own verdict on a cell: its statements, or where and why it does not parse."""

import __future__

import ast
import re
import sys
from collections.abc import Iterator
from types import CodeType
from typing import NamedTuple

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


class Statement(NamedTuple):
    """A top-level statement, its code, and the compiler's flags where it stands."""

    node: ast.stmt
    code: CodeType
    flags: int


def parse(source: str, flags: int, language: str, file: str) -> list[Statement]:
    """The statements of a cell that Python would run, each compiled by itself.

    flags: the compiler's, with what `from __future__` has set so far; language: as recorded, for a hint.
    Raises Unparsable, also for what only the compiler sees, such as `return` outside a function.
    """
    try:
        tree: ast.Module = compile(source, file, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        return _compiled(tree, flags, file, source)
    except SyntaxError as error:
        line = error.lineno or 1
        raise Unparsable(line, f"does not parse: {error.msg}{_hint(source, line, language)}") from None
    except (RecursionError, MemoryError):
        raise Unparsable(1, "does not parse: nested too deeply") from None
    except ValueError as error:
        raise Unparsable(1, f"does not parse: {error}") from None


def _compiled(tree: ast.Module, flags: int, file: str, source: str) -> list[Statement]:
    """Each statement with its code.

    Only a `global` and a `from __future__` can be wrong for what stands above them, and only the compiler of the whole
    cell says which of several errors comes first.
    """
    try:
        statements = list(_each(tree, flags, file))
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        _code(tree.body, flags, file)
        raise
    if "global" in source or any(map(_is_future, tree.body)):
        _code(tree.body, flags, file)
    return statements


def _each(tree: ast.Module, flags: int, file: str) -> Iterator[Statement]:
    for statement in tree.body:
        for node in _single_imports(statement):
            yield Statement(node, _code([node], flags, file), flags)
            flags |= future_flag(node)


def _single_imports(statement: ast.stmt) -> list[ast.stmt]:
    """`import a, b` as two statements: a missing b costs only what needs b."""
    if not isinstance(statement, ast.Import | ast.ImportFrom) or len(statement.names) == 1:
        return [statement]
    if isinstance(statement, ast.Import):
        return [ast.copy_location(ast.Import([alias]), statement) for alias in statement.names]
    return [
        ast.copy_location(ast.ImportFrom(statement.module, [alias], statement.level), statement)
        for alias in statement.names
    ]


def _code(statements: list[ast.stmt], flags: int, file: str) -> CodeType:
    code: CodeType = compile(ast.Module(statements, []), file, "exec", flags, dont_inherit=True)
    return code


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__" and not node.level


def future_flag(node: ast.stmt) -> int:
    """What a statement that imports one name sets for the compiler from there on."""
    return getattr(__future__, node.names[0].name).compiler_flag if _is_future(node) else 0  # type: ignore[attr-defined]


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
