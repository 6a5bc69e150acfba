"""A top-level statement as the unit of execution."""

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import CodeType

from .binding import BLOCKS, CHANGES, RANDOM_STATE, STAR, Bound
from .reading import Reads, reads


@dataclass(frozen=True)
class Unit:
    """One top-level statement, to be executed as it stands.

    kind: "function", "class", "import", "star" (binds what its module says), "value", "deleted", or "block": a compound
    statement, or one that changes a value. `modules` are the modules that an import statement names.
    """

    cell: int
    index: int
    kind: str
    node: ast.stmt
    source: str = field(repr=False)
    flags: int
    bound: tuple[Bound, ...]

    @property
    def line(self) -> int:
        """The statement's first line in its cell, counted from 1."""
        return self.node.lineno

    @cached_property
    def binds(self) -> tuple[str, ...]:
        """The names that it binds, without those that it only changes."""
        return tuple(
            bound.name for bound in self.bound if bound.kind not in ("deleted", *CHANGES) and bound.name.isidentifier()
        )

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules that it imports, as written."""
        return tuple(name for node in ast.walk(self.node) for name in module_names(node))

    @property
    def is_future(self) -> bool:
        """Whether it is a `from __future__ import`, which must stand first in a file."""
        return self.kind == "import" and self.modules == ("__future__",)

    @property
    def is_certain(self) -> bool:
        """Whether the names that it binds hold nothing afterwards of what they held before."""
        return self.kind not in ("block", "star") and not _adds_submodule(self.node)

    @property
    def text(self) -> str:
        """The statement as the student wrote it, comments in it included; an import on its own."""
        if isinstance(self.node, ast.Import | ast.ImportFrom):
            return ast.unparse(self.node)
        decorators = getattr(self.node, "decorator_list", ())
        first, start = (decorators[0].lineno, 0) if decorators else (self.node.lineno, self.node.col_offset)
        lines = _lines(self.source)[first - 1 : self.node.end_lineno]
        lines[-1] = lines[-1].encode()[: self.node.end_col_offset].decode()
        lines[0] = lines[0].encode()[start:].decode()
        return "\n".join(lines)

    @cached_property
    def code(self) -> CodeType:
        """The statement compiled, with "cell n" for a file name and its true line numbers."""
        module = ast.Module([self.node], [])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code: CodeType = compile(module, f"cell {self.cell}", "exec", self.flags, dont_inherit=True)
        return code

    @cached_property
    def reads(self) -> Reads:
        """The names that it takes from the top level; what sets the random state does not depend on it."""
        found = reads(self.node)
        own = {bound.name for bound in self.bound} & {RANDOM_STATE}
        return Reads(found.now - own, found.later)


@dataclass(frozen=True, slots=True)
class Program:
    """What to execute, in this order and in an empty namespace, so that `name` can be called."""

    name: str
    units: tuple[Unit, ...]


@lru_cache(maxsize=1)
def _lines(source: str) -> list[str]:
    """The cell's lines, cut once for all of its units."""
    return source.split("\n")


def module_names(node: ast.AST) -> Iterator[str]:
    """The modules that an import statement names, as written; nothing for any other node."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield "." * node.level + (node.module or "")


def kind_of(node: ast.stmt, bound: Sequence[Bound]) -> str:
    """A unit's kind, as listed there."""
    if isinstance(node, BLOCKS) or all(one.kind in CHANGES for one in bound):
        return "block"
    return "star" if bound[0].name == STAR else bound[0].kind


def _adds_submodule(node: ast.stmt) -> bool:
    """`import scipy.special` leaves an earlier `import scipy.linalg` in force."""
    return isinstance(node, ast.Import) and "." in node.names[0].name and not node.names[0].asname
