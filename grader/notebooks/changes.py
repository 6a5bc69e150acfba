"""Which statements of a notebook may change the value of a name, by whatever path."""

import ast
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from .abstract_run import effect_of_body, effect_of_statement
from .effects import BUILTINS, NAMESPACES, NOTHING, Effect, Function
from .names_bound import RANDOM_STATE, STAR
from .units import Unit


class Changes:
    """Answers which units may change the value of a name; worked out for the names that are asked for."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._known: dict[str, frozenset[int]] = {}

    def of(self, name: str) -> frozenset[int]:
        """The positions of the units that may change the name's value."""
        if name not in self._known:
            self._find(name)
        return self._known[name]

    def _find(self, name: str) -> None:
        # From the name outward: all units that mention it, or a function that mentions it, and so on; and with each
        # name that one of these may make share a value with it, all that mention that one.
        shared, seen, pending = {name}, {name}, [name]
        reached: dict[int, Effect] = {}
        linked: dict[str, set[str]] = defaultdict(set)
        while pending:
            current = pending.pop()
            fresh = linked[current] - shared if current in shared else set()
            for position in self._mentioning.get(current, ()):
                if position in reached:
                    continue
                unit, effect = self._units[position], self._names.effect(self._units[position])
                reached[position] = effect
                for link in effect.links:
                    for each in link:
                        linked[each] |= link
                    fresh |= link - shared if link & shared else set()
                if unit.kind in ("function", "class"):
                    pending += set(unit.binds) - seen
                    seen.update(unit.binds)
            shared |= fresh
            seen |= fresh
            pending += fresh
        found = frozenset(position for position, effect in reached.items() if effect.changed & shared)
        self._known |= dict.fromkeys(shared, found)  # to share a value is mutual, so it is the same for each of them

    @cached_property
    def _names(self) -> "_Names":
        return _Names(self._units)

    @cached_property
    def _mentioning(self) -> dict[str, list[int]]:
        """The positions of the units in which each name stands."""
        index: dict[str, list[int]] = defaultdict(list)
        for position, unit in enumerate(self._units):
            for name in unit.mentions if unit.kind not in ("import", "star") else ():
                index[name].append(position)
                if "random" in name:
                    index[RANDOM_STATE].append(position)
        for name in ("exec", *NAMESPACES):
            index[STAR] += index.get(name, ())
        return index


class _Names:
    """What the names of a notebook stand for, and what its statements and functions may change."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.bound = frozenset(name for unit in units for name in unit.binds)
        changeable = {name for unit in units if unit.kind != "import" and not unit.is_constant for name in unit.binds}
        self.inert = self.bound - changeable
        self._paths = {unit.binds[0]: unit.origin for unit in units if unit.kind == "import"}
        self._stars = [unit.origin for unit in units if unit.kind == "star"]
        self._values = [unit for unit in units if unit.kind == "value"]
        self._definitions: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            for name in unit.binds if unit.kind in ("function", "class") else ():
                self._definitions[name].append(unit)
        self._effects: dict[Unit, Effect] = {}
        self._effects_of_calls: dict[Function, Effect] = {}
        self._settled: set[Function] = set()
        self._visited: set[Function] = set()
        self._is_growing = False

    def effect(self, unit: Unit) -> Effect:
        """What a unit may change as it runs."""
        if unit.kind == "function" and not unit.text.startswith("@"):
            return NOTHING
        if unit not in self._effects:
            try:
                self._effects[unit] = self._settled_effect(unit.node)
            except (SyntaxError, RecursionError, MemoryError, ValueError):
                self._effects[unit] = Effect(unit.mentions)
        return self._effects[unit]

    def _settled_effect(self, statement: ast.stmt) -> Effect:
        # Functions that call each other are looked at again until what is known of them grows no more.
        self._is_growing = True
        while self._is_growing:
            self._is_growing, self._visited = False, set()
            effect = effect_of_statement(statement, self)
        self._settled |= self._visited
        return effect

    def effect_of_call(self, function: Function) -> Effect:
        """What a call of a function may change, as far as it is known by now."""
        known = self._effects_of_calls.get(function, NOTHING)
        if function in self._settled or function in self._visited:
            return known
        self._visited.add(function)
        effect = effect_of_body(function, self)
        if effect != known:
            self._effects_of_calls[function], self._is_growing = effect, True
        return effect

    def path(self, name: str) -> str:
        """`numpy.random` for what `from numpy import random` binds; "" for a name that is not imported."""
        if name in self._paths or name in self.bound or name in BUILTINS or not self._stars:
            return self._paths.get(name, "")
        return f"{self._stars[-1]}.{name}"

    def functions(self, name: str) -> list[Function]:
        """The functions that the name may be."""
        nodes = [unit.node for unit in self._definitions.get(name, ())]
        made = [node.value if isinstance(node, ast.Assign | ast.AnnAssign) else node for node in nodes]
        return [node for node in made if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]

    def classes(self, name: str) -> list[ast.ClassDef]:
        """The classes that the name may be."""
        nodes = [unit.node for unit in self._definitions.get(name, ())]
        return [node for node in nodes if isinstance(node, ast.ClassDef)]

    def methods(self, name: str) -> list[Function]:
        """The methods of that name of all classes."""
        return self._methods.get(name, [])

    @cached_property
    def _methods(self) -> dict[str, list[Function]]:
        methods: dict[str, list[Function]] = defaultdict(list)
        classes = {unit for units in self._definitions.values() for unit in units if unit.kind == "class"}
        for node in (part for unit in classes for part in ast.walk(unit.node) if isinstance(part, ast.ClassDef)):
            for each in node.body:
                if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                    methods[each.name].append(each)
        return methods

    @cached_property
    def libraries(self) -> frozenset[str]:
        """Names for something of a library that holds nothing of the notebook: `Deck = list`, `pdf = norm.pdf`."""
        found = set(self._paths)
        for unit in self._values:
            if unit.reads.now - BUILTINS <= found and not unit.reads.later:
                found.update(unit.binds)
        return frozenset(found)
