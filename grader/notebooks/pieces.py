r"""A cell cut at its plain functions, which are compiled from their text: to make a tree of each would cost as much.

A source that is a program by itself ends between two statements, so pieces that all compile are, one after another,
the statements of the whole. Where a cut falls into a string, a bracket or a block, one of the two sides does not
compile, and the cell is taken as a whole; so is one with an error in it, which only the whole reports as it should.
"""

import ast
import dis
import re
from collections.abc import Iterator
from types import CodeType

from .compiling import REFUSALS, Statement, each, is_future, parsed

_FUNCTION = re.compile(r"^def ([A-Za-z_]\w*)\(.*(?:\n(?:[ \t#].*)?)*+", re.MULTILINE)
"""A function without decorators, and the indented lines, empty lines and comments below its first."""
_UNCLEAR = re.compile(r"global|[\0\f]")
"""What concerns several statements, and what could start one in the midst of a line."""
_CODE = re.compile(r"^[ \t]*[^ \t\n#]", re.MULTILINE)
_BELOW = re.compile(r"(?:\n[ \t]*(?:#[^\n'\"]*)?)*+\Z")
_IDLE = frozenset(dis.opmap.get(name, 0) for name in ("RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"))
"""The instructions of a body that only passes or returns None."""
_DOES_SOMETHING: list[ast.stmt] = [ast.Break()]
_NO_ARGUMENTS = ast.arguments([], [], None, [], [], None, [])


def in_pieces(source: str, flags: int, file: str) -> list[Statement]:
    """The statements of a cell with plain functions in it; nothing for any other, and where the whole must be seen.

    A plain function's node knows its name and its place, and that it is no stub.
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
    tree = parsed(piece, flags, file)
    if any(map(is_future, tree.body)):
        raise SyntaxError("changes what comes after it")
    yield from each(tree, flags, file)


def _plain(match: re.Match[str], piece: str, flags: int, file: str) -> Statement | None:
    """The function, unless it may be a stub or it is not clear where it ends."""
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
