"""The statements that a name needs: a backward slice over the notebook's top level."""

import ast
import builtins
import warnings
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
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


class Slicer:
    """Answers which units a name needs.

    A name that a statement reads as it runs is needed as it stands there; one that a function's body reads, as it
    stands wherever the function may be called. Positions are places in the list of units; the end is one past the last.
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
        self._carried: dict[int, frozenset[str]] = {}

    def units_for(self, names: Iterable[str]) -> tuple[Unit, ...]:
        """The units that these names need at the notebook's end, in an order that they can run in."""
        needs = self._needs(names)
        return tuple(self.units[position] for position in _in_order(needs) if position < self.end)

    def _needs(self, names: Iterable[str]) -> dict[int, set[int]]:
        """The positions needed, each with the positions that must have run before it."""
        needs: dict[int, set[int]] = defaultdict(set)
        pending = [(name, self.end, True) for name in names]
        seen = set(pending)
        while pending:
            name, reader, reads = pending.pop()
            for found in self._bindings(name, reader):
                needs[reader if reads or found < reader or self._is_movable(found) else self.end].add(found)
                fresh = {(read, found, True) for read in self.units[found].reads.now}
                fresh |= {(read, reader, False) for read in self._carries(found)}  # the reader may call it, or may not
                pending += fresh - seen
                seen |= fresh
        return needs

    def _is_movable(self, position: int) -> bool:
        """Whether a unit can run earlier than it stands, as a plain function can, and take no harm nor do any."""
        unit = self.units[position]
        return unit.is_certain and not unit.reads.now

    def _bindings(self, name: str, before: int) -> Iterator[int]:
        """From a position back, what may bind the name there, as far as what certainly does.

        Where there is nothing, the last of all, as cells are run out of order.
        """
        if name == RANDOM_STATE and before == self.end:
            return  # of no account there: every graded call is seeded
        positions = self._positions(name)
        place = bisect_left(positions, before)
        elsewhere = name in _BUILTINS or name == RANDOM_STATE or before in positions[:1]
        if not place and positions and not elsewhere:
            yield positions[-1]
        for index in range(place - 1, -1, -1):
            unit = self.units[positions[index]]
            if unit.kind == "deleted":
                return
            yield positions[index]
            if unit.is_certain:
                return

    def _positions(self, name: str) -> list[int]:
        if name not in self._merged:
            self._merged[name] = sorted({*self._events.get(name, ()), *self._stars})
        return self._merged[name]

    def _carries(self, position: int) -> frozenset[str]:
        """What is read by the functions that a unit makes, and by those that can be reached through what it reads."""
        stack, entered = [position], set[int]()
        while stack:
            top = stack[-1]
            sources = {found for read in self.units[top].reads.now for found in self._bindings(read, top)}
            if top not in entered:
                entered.add(top)
                stack += sources - entered - self._carried.keys()
                continue
            carried = (self._carried.get(source, frozenset()) for source in sources)
            self._carried[stack.pop()] = self.units[top].reads.later.union(*carried)
        return self._carried[position]


def _adds_submodule(node: ast.stmt) -> bool:
    """`import scipy.special` leaves an earlier `import scipy.linalg` in force."""
    return isinstance(node, ast.Import) and "." in node.names[0].name and not node.names[0].asname


def _in_order(needs: dict[int, set[int]]) -> list[int]:
    """Notebook order, except that a position comes before one which cannot run without it."""
    order: dict[int, None] = {}
    entered: set[int] = set()
    stack = sorted({*needs}.union(*needs.values()), reverse=True)
    while stack:
        position = stack[-1]
        if position in entered:
            order[stack.pop()] = None
            continue
        entered.add(position)
        stack += sorted(needs.get(position, set()) - entered, reverse=True)
    return list(order)
