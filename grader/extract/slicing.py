"""The statements that a name needs: a backward slice over the notebook's top level."""

import ast
import builtins
import warnings
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType

from .binding import BLOCKS, CHANGES, RANDOM_STATE, STAR, Bound
from .reading import Reads, reads

_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Unit:
    """One top-level statement, to be executed as it stands.

    kind: "function", "class", "import", "star" (binds what its module says), "value", or "block": a compound statement,
    or one that changes a value. `modules` are the modules that an import statement names.
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
    def text(self) -> str:
        """The statement as the student wrote it, comments in it included; an import on its own."""
        if isinstance(self.node, ast.Import | ast.ImportFrom):
            return ast.unparse(self.node)
        decorators = getattr(self.node, "decorator_list", ())
        first, start = (decorators[0].lineno, 0) if decorators else (self.node.lineno, self.node.col_offset)
        lines = self.source.split("\n")[first - 1 : self.node.end_lineno]
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
        """The names that it takes from the top level."""
        return reads(self.node)


@dataclass(frozen=True, slots=True)
class Program:
    """What to execute, in this order and in an empty namespace, so that `name` can be called."""

    name: str
    units: tuple[Unit, ...]


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


class Slicer:
    """Answers which units a name needs.

    A name that a function's body reads is needed as it stands at the notebook's end; one that a statement reads as it
    runs, as it stands there. Positions are places in the notebook's list of units; the end is one past the last.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        """Index the units by the names that they bind."""
        self.units = units
        self.end = len(units)
        self._events: dict[str, list[int]] = defaultdict(list)
        for position, unit in enumerate(units):
            for name in {bound.name for bound in unit.bound}:
                self._events[name].append(position)
        self._stars = self._events.pop(STAR, [])
        self._merged: dict[str, list[int]] = {}

    def units_for(self, names: Iterable[str]) -> tuple[Unit, ...]:
        """The units that these names need at the notebook's end, in an order that they can run in."""
        needs = self._needs(names)
        return tuple(self.units[position] for position in _in_order(needs))

    def _needs(self, names: Iterable[str]) -> dict[int, set[int]]:
        """The positions needed, each with the positions that must have run before it."""
        needs: dict[int, set[int]] = {}
        pending = [(name, self.end) for name in names]
        seen = set(pending)
        while pending:
            name, reader = pending.pop()
            found = self._binding(name, reader)
            if found is None or self.units[found].kind == "deleted":
                continue
            needs.setdefault(found, set())
            if reader < self.end:
                needs.setdefault(reader, set()).add(found)
            fresh = set(self._next_reads(name, reader, found)) - seen
            seen |= fresh
            pending += fresh
        return needs

    def _binding(self, name: str, before: int) -> int | None:
        """The last unit before a position that may bind the name, else the last of all: cells run out of order."""
        if name == RANDOM_STATE and before == self.end:
            return None  # of no account there: every graded call is seeded
        positions = self._positions(name)
        place = bisect_left(positions, before)
        if place:
            return positions[place - 1]
        elsewhere = name in _BUILTINS or name == RANDOM_STATE or before in positions[:1]
        return positions[-1] if positions and not elsewhere else None

    def _positions(self, name: str) -> list[int]:
        if name not in self._merged:
            self._merged[name] = sorted({*self._events.get(name, ()), *self._stars})
        return self._merged[name]

    def _next_reads(self, name: str, reader: int, found: int) -> Iterator[tuple[str, int]]:
        """What the found unit needs, so that the reader gets the name."""
        unit = self.units[found]
        if unit.kind in ("block", "star") or _adds_submodule(unit.node):
            yield name, found  # it may leave the name as it was, so what bound it before counts too
        for read in unit.reads.now - ({name} if name == RANDOM_STATE else set()):
            yield read, found
        for read in unit.reads.later:
            yield read, self.end
            yield read, reader  # the reader may call it


def _adds_submodule(node: ast.stmt) -> bool:
    """`import scipy.special` leaves an earlier `import scipy.linalg` in force."""
    return isinstance(node, ast.Import) and "." in node.names[0].name and not node.names[0].asname


def _in_order(needs: dict[int, set[int]]) -> list[int]:
    """Notebook order, except that a unit comes before one which cannot run without it."""
    order: list[int] = []
    entered: set[int] = set()
    stack = sorted(needs, reverse=True)
    while stack:
        position = stack[-1]
        if position in entered:
            order += [stack.pop()]
            continue
        entered.add(position)
        stack += sorted(needs.get(position, set()) - entered, reverse=True)
    return list(dict.fromkeys(order))
