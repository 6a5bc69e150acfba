"""A cell's Python → its top-level statements, each compiled on its own."""

import __future__

import ast
import dis
import re
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
    """The statements of a source. Raises one of REFUSALS if the compiler does not take it."""
    tree = _parsed(source, flags, file)
    try:
        statements = list(_each(tree, flags, file))
    except REFUSALS:
        # Only the compiler of the whole cell says which of several errors comes first.
        _code(tree.body, flags, file)
        raise
    # A `global` or `from __future__` may be wrong because of what stands above it, which one statement does not show.
    if "global" in source or any(map(_is_future, tree.body)):
        _code(tree.body, flags, file)
    return statements


def _parsed(source: str, flags: int, file: str) -> ast.Module:
    tree: ast.Module = compile(source, file, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    return tree


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


# Most of a notebook is plain functions, and making a tree of each costs as much as compiling it. So a cell is cut at
# its functions, which are compiled from their text. A source that is a program by itself ends between two statements,
# so pieces that all compile are, one after another, the statements of the whole. If a cut falls into a string, a
# bracket or a block, one of the two sides does not compile, and the cell is taken as a whole; so is a cell with an
# error.
_FUNCTION = re.compile(r"^def ([A-Za-z_]\w*)\(.*(?:\n(?:[ \t#].*)?)*+", re.MULTILINE)
"""A function without decorators, and the indented lines, empty lines and comments below its first."""
_UNCLEAR = re.compile(r"global|[\0\f]")
"""What concerns several statements, and what could start a statement in the middle of a line."""
_CODE = re.compile(r"^[ \t]*[^ \t\n#]", re.MULTILINE)
_BELOW = re.compile(r"(?:\n[ \t]*(?:#[^\n'\"]*)?)*+\Z")
_IDLE = frozenset(dis.opmap.get(name, 0) for name in ("RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"))
"""The instructions of a body that only passes or returns None."""
_DOES_SOMETHING: list[ast.stmt] = [ast.Break()]
_NO_ARGUMENTS = ast.arguments([], [], None, [], [], None, [])


def in_pieces(source: str, flags: int, file: str) -> list[Statement]:
    """The statements of a cell with plain functions in it; an empty list if the whole must be seen, see `whole`.

    A plain function's node holds its name and its place only, and says that it is no stub.
    """
    if "def " not in source or _UNCLEAR.search(source):
        return []
    try:
        return list(_statements(source, flags, file))
    except REFUSALS:
        return []


def _statements(source: str, flags: int, file: str) -> Iterator[Statement]:
    end = 0
    for match in _FUNCTION.finditer(source):
        yield from _by_tree(_piece(source, end, match.start()), flags, file)
        end = match.end()
        piece = _piece(source, match.start(), end)
        plain = _plain(match, piece, flags, file)
        yield from [plain] if plain else _by_tree(piece, flags, file)
    yield from _by_tree(_piece(source, end, len(source)), flags, file)


def _piece(source: str, start: int, end: int) -> str:
    """A part of the source, with its line numbers."""
    return "\n" * source.count("\n", 0, start) + source[start:end]


def _by_tree(piece: str, flags: int, file: str) -> Iterator[Statement]:
    if not _CODE.search(piece):
        return
    tree = _parsed(piece, flags, file)
    if any(map(_is_future, tree.body)):
        raise SyntaxError("changes what comes after it")
    yield from _each(tree, flags, file)


def _plain(match: re.Match[str], piece: str, flags: int, file: str) -> Statement | None:
    """The function; None if it may be a stub, or if its end is not clear without a tree."""
    text = match[0].rstrip(" \t\n")
    if "#" in text:
        text = _BELOW.sub("", text, count=1)
    last = text.rpartition("\n")[2].rstrip(" \t")
    if "#" in last or ";" in last or last.endswith("\\"):
        return None
    code: CodeType = compile(piece, file, "exec", flags, dont_inherit=True)
    body = next(part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == match[1])
    if "NotImplementedError" in body.co_names or _IDLE.issuperset(body.co_code[::2]):
        return None
    node = ast.FunctionDef(name=match[1], args=_NO_ARGUMENTS, body=_DOES_SOMETHING, decorator_list=[])
    node.lineno, node.col_offset = match.string.count("\n", 0, match.start()) + 1, 0
    node.end_lineno, node.end_col_offset = node.lineno + text.count("\n"), len(last.encode())
    return Statement(node, code, flags)
