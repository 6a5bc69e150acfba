"""A top-level statement as the unit of execution."""

import __future__

import ast
import dis
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from types import CodeType

from .names_bound import BLOCKS, CHANGED, RANDOM_STATE, STAR, Bound
from .names_read import NOTHING, Reads, reads

_BINDS_CONSTANTS = frozenset(
    dis.opmap[name]
    for name in (
        "RESUME",
        "NOP",
        "LOAD_CONST",
        "STORE_NAME",
        "COPY",
        "SWAP",
        "UNPACK_SEQUENCE",
        "RETURN_VALUE",
        "RETURN_CONST",
        "CACHE",
    )
    if name in dis.opmap
)
_ACTS = frozenset(
    dis.opmap[name]
    for name in ("CALL", "CALL_FUNCTION_EX", "CALL_KW", "STORE_ATTR", "STORE_SUBSCR", "DELETE_SUBSCR", "DELETE_ATTR")
    if name in dis.opmap
)
_TEXTS = __future__.annotations.compiler_flag


@dataclass(frozen=True, eq=False)
class Unit:
    """One top-level statement, to be executed as it stands.

    kind: "function", "class", "import", "star" (binds what its module says), "value", "deleted", or "block": a compound
    statement, or one that changes a value. line: its first in the cell, counted from 1. text: as the student wrote it,
    comments in it included; an import on its own. code: has "cell n" for a file name and the true line numbers.
    touched: the names that it binds, changes or deletes itself. is_certain: whether these hold nothing afterwards of
    what they held before. origin: of an import, the module, or "module.name".
    """

    cell: int
    index: int
    line: int
    kind: str
    text: str = field(repr=False)
    code: CodeType
    flags: int
    touched: frozenset[str]
    binds: tuple[str, ...]
    is_certain: bool
    origin: str = ""

    @cached_property
    def node(self) -> ast.stmt:
        """The statement's tree, parsed again: few are asked for, and keeping all of them costs more."""
        tree: ast.Module = compile(self.text, "unit", "exec", self.flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        return tree.body[0]

    @cached_property
    def with_hints_as_texts(self) -> CodeType:
        """Its code with annotations that are not evaluated, as from Python 3.14 on."""
        flags = self.flags | _TEXTS
        tree: ast.Module = compile(self.text, "unit", "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        code: CodeType = compile(ast.increment_lineno(tree, self.line - 1), f"cell {self.cell}", "exec", flags)
        return code

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules that it imports, as written."""
        if "import" not in self.text:
            return ()
        return tuple(name for node in ast.walk(self.node) for name in module_names(node))

    @cached_property
    def mentions(self) -> frozenset[str]:
        """All names in it, those of attributes and in functions among them."""
        names, codes = set[str](), [self.code]
        for code in codes:
            names.update(code.co_names)
            codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        return frozenset(names)

    @cached_property
    def is_constant(self) -> bool:
        """Whether it binds names to numbers and texts alone, which nothing can change."""
        return _BINDS_CONSTANTS.issuperset(self.code.co_code[::2])

    @property
    def acts(self) -> bool:
        """Whether it calls something as it runs, or assigns to a part of something."""
        return not _ACTS.isdisjoint(self.code.co_code[::2])

    @property
    def is_future(self) -> bool:
        """Whether it is a `from __future__ import`, which must stand first in a file."""
        return self.kind == "import" and self.modules == ("__future__",)

    @cached_property
    def reads(self) -> Reads:
        """The names that it takes from the top level; what sets the random state does not depend on it."""
        if self.kind in ("import", "star"):
            return NOTHING
        found = reads(self.code)
        now, later = found.now, found.later
        if self.flags & _TEXTS:
            named = self._with_annotations()
            now, later = now | named.now - self.touched, later | named.later
        return Reads(now - {RANDOM_STATE} if RANDOM_STATE in self.touched else now, later)

    def _with_annotations(self) -> Reads:
        """What it reads if its annotations are evaluated: a library may look up what are only texts here."""
        try:
            return reads(compile(self.text, "unit", "exec", self.flags & ~_TEXTS, dont_inherit=True))
        except SyntaxError:
            return NOTHING


@dataclass(frozen=True, slots=True)
class Program:
    """What to execute, in this order and in an empty namespace, so that `name` can be called.

    trials: the units among them that may change what the others have made. If one of these fails or takes its time, the
    rest is to be run all the same.
    """

    name: str
    units: tuple[Unit, ...]
    trials: frozenset[Unit] = frozenset()


def text_of(node: ast.stmt, lines: Sequence[str]) -> str:
    """The statement cut out of its cell's lines; an import on its own."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return _import_text(node)
    decorators = getattr(node, "decorator_list", ())
    first, start = (decorators[0].lineno, 0) if decorators else (node.lineno, node.col_offset)
    cut = list(lines[first - 1 : node.end_lineno])
    cut[-1] = cut[-1].encode()[: node.end_col_offset].decode()
    cut[0] = cut[0].encode()[start:].decode()
    return "\n".join(cut)


def _import_text(node: ast.Import | ast.ImportFrom) -> str:
    (alias,) = node.names
    named = f"import {alias.name} as {alias.asname}" if alias.asname else f"import {alias.name}"
    return named if isinstance(node, ast.Import) else f"from {'.' * node.level}{node.module or ''} {named}"


def origin_of(node: ast.stmt) -> str:
    """`numpy` of `import numpy as np`, `random.shuffle` of `from random import shuffle`, "" of any other statement."""
    match node:
        case ast.Import(names=[alias]):
            return alias.name if alias.asname else alias.name.partition(".")[0]
        case ast.ImportFrom(names=[alias]):
            module = "." * node.level + (node.module or "")
            return module if alias.name == STAR else f"{module}.{alias.name}"
    return ""


def module_names(node: ast.AST) -> Iterator[str]:
    """The modules that an import statement names, as written; nothing for any other node."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield "." * node.level + (node.module or "")


def kind_of(node: ast.stmt, bound: Sequence[Bound]) -> str:
    """A unit's kind, as listed there."""
    if isinstance(node, BLOCKS) or all(one.kind == CHANGED for one in bound):
        return "block"
    return "star" if bound[0].name == STAR else bound[0].kind


def adds_submodule(node: ast.stmt) -> bool:
    """`import scipy.special` leaves an earlier `import scipy.linalg` in force."""
    return isinstance(node, ast.Import) and "." in node.names[0].name and not node.names[0].asname


def render(units: Sequence[Unit]) -> str:
    """The units in order, each cell's under a comment with its number."""
    return "\n\n".join(_block(cell, group) for cell, group in groupby(units, lambda unit: unit.cell)) + "\n"


def _block(cell: int, units: Iterable[Unit]) -> str:
    """One cell's units; a blank line around functions and classes."""
    texts = [(unit.text, unit.kind in ("function", "class")) for unit in units]
    lines = [f"# cell {cell}"]
    for position, (text, spacious) in enumerate(texts):
        apart = position > 0 and (spacious or texts[position - 1][1])
        lines += ["", text] if apart else [text]
    return "\n".join(lines)
