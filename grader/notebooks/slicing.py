"""The statements that a name needs: a backward slice over the notebook's top level."""

import builtins
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .names_bound import RANDOM_STATE, STAR
from .units import Unit

_BUILTINS = frozenset(dir(builtins))


class Slicer:
    """Answers which units a name needs.

    Positions are places in the list of units; the end, where a graded function is called, is one past the last.
    """

    # The question is always: which statements may have given this name its value, as seen from that position? For a
    # name that a statement reads as it runs, the position is its own. For a name in a function's body it is wherever
    # that may be called: the end, and any statement from which a chain of names leads to the function.

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.end = len(units)
        self._events: dict[str, list[int]] = defaultdict(list)
        for position, unit in enumerate(units):
            for name in unit.touched:
                self._events[name].append(position)
        self._stars = self._events.pop(STAR, [])
        self._known: dict[tuple[str, int], tuple[int, ...]] = {}
        self._carried: dict[int, frozenset[str]] = {}

    def units_for(self, names: Iterable[str]) -> tuple[Unit, ...]:
        """The units that these names need at the notebook's end, in an order that they can run in."""
        needs = self._needs(names)
        return tuple(self.units[position] for position in _in_order(needs) if position < self.end)

    def _needs(self, names: Iterable[str]) -> dict[int, set[int]]:
        """The positions needed, each with the positions that must have run before it."""
        # A worklist of (name, position that reads it, whether it certainly does); each question is asked once.
        needs: dict[int, set[int]] = defaultdict(set)
        pending = dict.fromkeys((name, self.end, True) for name in names)
        seen = set(pending)
        while pending:
            (name, reader, certainly), _ = pending.popitem()
            for found in self._bindings(name, reader):
                comes_first = certainly or found < reader or self._is_movable(found)
                needs[reader if comes_first else self.end].add(found)
                fresh = [(read, found, True) for read in self.units[found].reads.now]
                # The reader may call what it has found, so what functions read there is needed by the reader, too.
                fresh += [(read, reader, False) for read in self._carries(found)]
                pending.update(dict.fromkeys(read for read in fresh if read not in seen))
                seen.update(fresh)
        return needs

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
            yield positions[index]
            if self.units[positions[index]].is_certain:
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
