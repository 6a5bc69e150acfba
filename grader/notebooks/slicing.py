"""The statements that a name needs: a backward slice over the notebook's top level."""

import ast
import builtins
import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from .changes import Changes
from .libraries import STATELESS
from .names_bound import RANDOM_STATE, STAR
from .units import Program, Unit

_BUILTINS = frozenset(dir(builtins))
_SHOWING = frozenset(("print", "display", "help", "input", "exit", "quit"))
Question = tuple[str, int, bool]
_MAY_BIND_ANYTHING = re.compile(r"\b(?:globals|locals|vars|exec)\(")


class Slicer:
    """Answers which units a name needs.

    Positions are places in the list of units; the end, where a graded function is called, is one past the last.
    """

    # The question is always: which statements may have given this name its value, as seen from that position? For a
    # name that a statement reads as it runs, the position is its own. For a name in a function's body it is wherever
    # that may be called: the end, and any statement from which a chain of names leads to the function.

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._changing = Changes(units)
        self.end = len(units)
        self._events: dict[str, list[int]] = defaultdict(list)
        for position, unit in enumerate(units):
            for name in unit.touched:
                self._events[name].append(position)
        self._stars = set(self._events.pop(STAR, ()))
        if any(_MAY_BIND_ANYTHING.search(unit.text) for unit in units):
            self._stars |= self._changing.of(STAR)
        self._rebound = {name for unit in units for name in _declared_global(unit)}
        self._known: dict[tuple[str, int], tuple[int, ...]] = {}
        self._carried: dict[int, frozenset[str]] = {}

    def program(self, name: str) -> Program:
        """What the name needs at the notebook's end."""
        return self.slice([name], name)

    def slice(self, names: Iterable[str], name: str = "") -> Program:
        """What these names need at the notebook's end, in an order that it can run in."""
        needs: dict[int, set[int]] = defaultdict(set)
        seen: set[Question] = set()
        changes = self._follow([(name, self.end, True) for name in names], needs, seen)
        certain = {*needs}.union(*needs.values())
        changes |= self._settings(certain)
        while changes:
            # What may change a value is run where it stands; for all that it needs itself, the same is asked.
            questions = []
            for reader, position in changes:
                needs[reader].add(position)
                questions += self._questions(position, reader)
            changes = self._follow(questions, needs, seen)
        order = [position for position in _in_order(needs) if position < self.end]
        trials = frozenset(self.units[position] for position in order if position not in certain)
        return Program(name, tuple(self.units[position] for position in order), trials)

    def _follow(
        self, questions: Iterable[Question], needs: dict[int, set[int]], seen: set[Question]
    ) -> set[tuple[int, int]]:
        """Add the positions needed, each with those that must have run before it.

        Returns what may change a value besides: pairs of the position that reads it and the one that may change it.
        """
        # A worklist of (name, position that reads it, whether it certainly does); each question is asked once.
        pending = dict.fromkeys(each for each in questions if each not in seen)
        seen.update(pending)
        changes: set[tuple[int, int]] = set()
        while pending:
            (name, reader, certainly), _ = pending.popitem()
            bindings = self._bindings(name, reader)
            for found in bindings:
                comes_first = certainly or found < reader or self._is_movable(found)
                needs[reader if comes_first else self.end].add(found)
                fresh = [each for each in self._questions(found, reader) if each not in seen]
                pending.update(dict.fromkeys(fresh))
                seen.update(fresh)
            if name in self._changeable and (bindings or name != RANDOM_STATE):
                changes.update((reader, position) for position in self._changes(name, reader, bindings))
        return changes

    def _questions(self, position: int, reader: int) -> list[Question]:
        """What is needed by a position that is needed by a reader."""
        now = [(name, position, True) for name in self.units[position].reads.now]
        # The reader may call what it has found, so what functions read there is needed by the reader, too.
        return now + [(name, reader, False) for name in self._carries(position)]

    def _changes(self, name: str, reader: int, bindings: Sequence[int]) -> Iterator[int]:
        """What may change the value of the name between the last statement that certainly binds it and its reader."""
        last = self.units[bindings[-1]] if bindings else None
        start = bindings[-1] if last and last.is_certain and name in last.touched else -1
        for position in self._changing.of(name):
            if start < position < reader and position not in bindings:
                yield position

    @cached_property
    def _changeable(self) -> set[str]:
        """The names whose values may change after they were bound; functions, modules, numbers and texts do not."""
        changeable = {RANDOM_STATE, *self._rebound}
        for unit in self.units:
            if unit.kind not in ("function", "import", "deleted") and not unit.is_constant:
                changeable |= unit.touched
        return changeable

    def _settings(self, certain: set[int]) -> set[tuple[int, int]]:
        """The settings of the modules that are needed anyway, and of the interpreter."""
        if not self._setting:
            return set()
        tops = {"sys", *(self.units[position].origin.partition(".")[0] for position in certain if position < self.end)}
        positions = {position for top in tops for position in self._setting.get(top, ())}
        return {(self.end, position) for position in positions - certain}

    @cached_property
    def _setting(self) -> dict[str, list[int]]:
        """The positions of the statements that may set something in a module, by the module.

        They are made of libraries and constants alone: `sys.setrecursionlimit(10**6)`, `getcontext().prec = 3`.
        """
        modules = {name: {_with_settings(unit)} - {""} for unit in self.units for name in unit.binds if unit.origin}
        found: dict[str, list[int]] = defaultdict(list)
        if not any(modules.values()):
            return found
        for position, unit in enumerate(self.units):
            made_of = {top for name in unit.reads.now for top in modules.get(name, ())}
            is_plain = unit.reads.now <= modules.keys() | _BUILTINS - _SHOWING
            if unit.kind == "value" and is_plain:
                modules |= dict.fromkeys(unit.binds, made_of)
            elif unit.kind != "import":
                for name in unit.binds:
                    modules.pop(name, None)
            if is_plain and unit.acts and not unit.binds:
                for top in made_of:
                    found[top].append(position)
        return found

    def _is_movable(self, position: int) -> bool:
        """Whether a unit can run earlier than it stands, as a plain function can, and take no harm nor do any."""
        unit = self.units[position]
        return unit.is_certain and not unit.reads.now

    def _bindings(self, name: str, before: int) -> tuple[int, ...]:
        """What may bind the name, from a position back to what certainly does.

        If nothing above does, the last of all below: students run cells out of order.
        """
        known = self._known.get((name, before))
        if known is None:
            known = self._known[name, before] = tuple(self._found(name, before))
        return known

    def _found(self, name: str, before: int) -> Iterator[int]:
        if name == RANDOM_STATE and before == self.end:
            return  # does not matter: every graded call is seeded
        positions = sorted({*self._events.get(name, ()), *self._stars})
        place = bisect_left(positions, before)
        elsewhere = name in _BUILTINS or name == RANDOM_STATE or before in positions[:1]
        if not place and positions and not elsewhere:
            yield positions[-1]
        for index in range(place - 1, -1, -1):
            unit = self.units[positions[index]]
            yield positions[index]
            if unit.is_certain and name in unit.touched:
                return

    def _carries(self, position: int) -> frozenset[str]:
        """What is read by the functions that a unit makes, and by those that can be reached through what it reads."""
        if not self.units[position].reads.now:
            return self.units[position].reads.later
        if position not in self._carried:
            self._carry(self._behind(position))
        return self._carried[position]

    def _behind(self, position: int) -> dict[int, set[int]]:
        """What it reads from, directly or not: positions, each after those that it reads from if that can be."""
        stack, order = [position], dict[int, set[int]]()
        sources: dict[int, set[int]] = {}
        while stack:
            top = stack[-1]
            if top in sources:
                order[stack.pop()] = sources[top]
                continue
            sources[top] = {found for read in self.units[top].reads.now for found in self._bindings(read, top)}
            stack += sources[top] - sources.keys() - self._carried.keys()
        return order

    def _carry(self, behind: dict[int, set[int]]) -> None:
        """What functions read, brought to every position that can reach them."""
        # Statements that were run out of order can form circles, so: round by round, until nothing is new.
        is_settled = False
        while not is_settled:
            is_settled = True
            for position, sources in behind.items():
                brought = (self._carried.get(source, frozenset()) for source in sources)
                carried = self.units[position].reads.later.union(*brought)
                is_settled &= carried == self._carried.get(position)
                self._carried[position] = carried


def _with_settings(unit: Unit) -> str:
    """The module that an import is from, if it is one of the standard library's that may have settings."""
    top = unit.origin.partition(".")[0]
    return top if top in sys.stdlib_module_names and top not in STATELESS else ""


def _declared_global(unit: Unit) -> Iterator[str]:
    """The names that functions in it may bind at top level."""
    if "global " in unit.text and unit.kind in ("function", "class", "block"):
        yield from (name for node in ast.walk(unit.node) if isinstance(node, ast.Global) for name in node.names)


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
