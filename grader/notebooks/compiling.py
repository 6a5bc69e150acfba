"""The statements of a cell, each with its code."""

import __future__

import ast
from collections.abc import Iterator
from types import CodeType
from typing import NamedTuple

REFUSALS = (SyntaxError, RecursionError, MemoryError, ValueError)
"""What the compiler raises for a source that it does not take."""


class Statement(NamedTuple):
    """A top-level statement, its code, and the compiler's flags where it stands."""

    node: ast.stmt
    code: CodeType
    flags: int


def whole(source: str, flags: int, file: str) -> list[Statement]:
    """The statements of a source. Raises one of REFUSALS where it has an error.

    Only a `global` and a `from __future__` can be wrong for what stands above them, and only the compiler of the whole
    cell says which of several errors comes first.
    """
    tree = parsed(source, flags, file)
    try:
        statements = list(each(tree, flags, file))
    except REFUSALS:
        _code(tree.body, flags, file)
        raise
    if "global" in source or any(map(is_future, tree.body)):
        _code(tree.body, flags, file)
    return statements


def parsed(source: str, flags: int, file: str) -> ast.Module:
    """The tree of a source."""
    tree: ast.Module = compile(source, file, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    return tree


def each(tree: ast.Module, flags: int, file: str) -> Iterator[Statement]:
    """The statements of a tree, compiled one by one."""
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


def is_future(node: ast.stmt) -> bool:
    """Whether the statement is a `from __future__ import`."""
    return isinstance(node, ast.ImportFrom) and node.module == "__future__" and not node.level


def future_flag(node: ast.stmt) -> int:
    """What a statement that imports one name sets for the compiler from there on."""
    return getattr(__future__, node.names[0].name).compiler_flag if is_future(node) else 0  # type: ignore[attr-defined]
