"""A cell's Python → its top-level statements, each compiled on its own as IPython does it."""

import __future__

import ast
import dis
import re
import unicodedata
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


class Refused(NamedTuple):
    """A statement that the parser takes and the compiler does not, such as a `return` outside a function."""

    node: ast.stmt
    error: Exception


def statements(source: str, flags: int, file: str) -> list[Statement | Refused]:
    """The statements of a cell, in order. Raises one of REFUSALS if the cell does not parse."""
    try:
        return list(in_pieces(source, flags, file))
    except REFUSALS:
        return list(one_by_one(source, flags, file))


def canonical(name: str) -> str:
    """A name as Python compares names: `µ` (micro sign) and `μ` (Greek letter) are one."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def one_by_one(source: str, flags: int, file: str) -> Iterator[Statement | Refused]:
    """The statements of a source, by its tree. Raises one of REFUSALS if it does not parse."""
    # IPython parses a cell as a whole and then compiles and runs one statement after the other: `from __future__` may
    # stand anywhere, and a statement that the compiler refuses does not undo those above it.
    tree: ast.Module = compile(source, file, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    for statement in tree.body:
        for node in _single_imports(statement):
            try:
                yield Statement(node, _code(node, flags, file), flags)
                flags |= future_flag(node)
            except REFUSALS as error:
                yield Refused(node, error)


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


def _code(statement: ast.stmt, flags: int, file: str) -> CodeType:
    code: CodeType = compile(ast.Module([statement], []), file, "exec", flags, dont_inherit=True)
    return code


def future_flag(node: ast.stmt) -> int:
    """What a statement that imports one name sets for the compiler from there on."""
    if not isinstance(node, ast.ImportFrom) or node.module != "__future__" or node.level:
        return 0
    return getattr(__future__, node.names[0].name).compiler_flag  # type: ignore[no-any-return]


# Most of a notebook is plain functions, and making a tree of each costs as much as compiling it. So a cell is cut at
# its functions, which are compiled from their text. A source that is a program by itself ends between two statements,
# so pieces that all compile are, one after another, the statements of the whole. If a cut falls into a string, a
# bracket or a block, one of the two sides does not compile, and the cell is taken as a whole; so is a cell with an
# error.
_FUNCTION = re.compile(r"^def ([^\W\d]\w*)\(.*(?:\n(?:[ \t#].*)?)*+", re.MULTILINE)
"""A function without decorators, and the indented lines, empty lines and comments below its first."""
_UNCLEAR = re.compile(r"[\0\f]")
"""What could start a statement in the middle of a line."""
_CODE = re.compile(r"^[ \t]*[^ \t\n#]", re.MULTILINE)
_BELOW = re.compile(r"(?:\n[ \t]*(?:#[^\n'\"]*)?)*+\Z")
_IDLE = frozenset(dis.opmap.get(name, 0) for name in ("RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"))
"""The instructions of a body that only passes or returns None."""
_DOES_SOMETHING: list[ast.stmt] = [ast.Break()]
_NO_ARGUMENTS = ast.arguments([], [], None, [], [], None, [])


def in_pieces(source: str, flags: int, file: str) -> Iterator[Statement]:
    """The statements of a cell that is cut at its plain functions. Raises one of REFUSALS if it cannot be.

    A plain function's node holds its name and its place only, and says that it is no stub.
    """
    if "def " not in source or _UNCLEAR.search(source):
        raise SyntaxError("nothing to cut")
    end = 0
    for match in _FUNCTION.finditer(source):
        for statement in _all_compiled(_piece(source, end, match.start()), flags, file):
            yield statement
            flags |= future_flag(statement.node)
        end = match.end()
        piece = _piece(source, match.start(), end)
        plain = _plain(match, piece, flags, file)
        yield from [plain] if plain else _all_compiled(piece, flags, file)
    yield from _all_compiled(_piece(source, end, len(source)), flags, file)


def _piece(source: str, start: int, end: int) -> str:
    """A part of the source, with its line numbers."""
    return "\n" * source.count("\n", 0, start) + source[start:end]


def _all_compiled(piece: str, flags: int, file: str) -> Iterator[Statement]:
    if not _CODE.search(piece):
        return
    for statement in one_by_one(piece, flags, file):
        if isinstance(statement, Refused):
            raise statement.error
        yield statement


def _plain(match: re.Match[str], piece: str, flags: int, file: str) -> Statement | None:
    """The function; None if it may be a stub or has a `global`, or if its end is not clear without a tree."""
    text = match[0].rstrip(" \t\n")
    if "#" in text:
        text = _BELOW.sub("", text, count=1)
    last = text.rpartition("\n")[2].rstrip(" \t")
    if "#" in last or ";" in last or last.endswith("\\") or "global" in text:
        return None
    name = canonical(match[1])
    code: CodeType = compile(piece, file, "exec", flags, dont_inherit=True)
    body = next(part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == name)
    if "NotImplementedError" in body.co_names or _IDLE.issuperset(body.co_code[::2]):
        return None
    node = ast.FunctionDef(name=name, args=_NO_ARGUMENTS, body=_DOES_SOMETHING, decorator_list=[])
    node.lineno, node.col_offset = match.string.count("\n", 0, match.start()) + 1, 0
    node.end_lineno, node.end_col_offset = node.lineno + text.count("\n"), len(last.encode())
    return Statement(node, code, flags)
