"""What running something may change: the names whose values it can reach, as far as that can be told."""

import ast
import builtins
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Names = frozenset[str]
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
BUILTINS = frozenset(dir(builtins))
NAMESPACES = frozenset({"globals", "locals", "vars"})


@dataclass(frozen=True, slots=True)
class Value:
    """The names whose values an expression may be, or be a view of; and those whose values it may hold inside."""

    itself: Names = frozenset()
    inside: Names = frozenset()

    @property
    def all(self) -> Names:
        """Whatever can be reached through it."""
        return self.itself | self.inside

    @property
    def part(self) -> "Value":
        """An entry, an attribute or a view of it."""
        return Value(self.all, self.inside)

    @property
    def held(self) -> "Value":
        """Something new that holds it."""
        return Value(frozenset(), self.all)

    def __or__(self, other: "Value") -> "Value":
        return Value(self.itself | other.itself, self.inside | other.inside) if other is not NEW else self


NEW = Value()


@dataclass(frozen=True, slots=True)
class Effect:
    """The names whose values may be changed; and sets of names that may share a value with each other from then on.

    returned: what a function gives back. In a function's effect a parameter stands as `parameter(name)`.
    """

    changed: Names = frozenset()
    links: frozenset[Names] = frozenset()
    returned: Value = NEW


NOTHING = Effect()


def parameter(name: str) -> str:
    """A function's parameter among names of the notebook, none of which begins with a space."""
    return f" {name}"


class Notebook(Protocol):
    """What is known of the names of a notebook."""

    @property
    def bound(self) -> Names:
        """All names that are bound."""

    @property
    def inert(self) -> Names:
        """Names of modules, numbers and texts: nothing can be changed through them."""

    @property
    def libraries(self) -> Names:
        """Names for something of a library that holds nothing of the notebook: `Deck = list`, `pdf = norm.pdf`."""

    def path(self, name: str) -> str:
        """`numpy.random` for what `from numpy import random` binds; "" for a name that is not imported."""

    def functions(self, name: str) -> Sequence[Function]:
        """The functions that the name may be."""

    def classes(self, name: str) -> Sequence[ast.ClassDef]:
        """The classes that the name may be."""

    def methods(self, name: str) -> Sequence[Function]:
        """The methods of that name of all classes."""

    def effect_of_call(self, function: Function) -> Effect:
        """What a call of a function may change."""


def parameters(function: Function) -> list[str]:
    """All of a function's parameters, those by position first."""
    rest = [function.args.vararg, *function.args.kwonlyargs, function.args.kwarg]
    return [each.arg for each in (*function.args.posonlyargs, *function.args.args, *rest) if each]


def union(values: Iterable[Value]) -> Value:
    """What may be any of them."""
    whole = NEW
    for value in values:
        whole |= value
    return whole


class Trace:
    """What has come of an abstract run so far.

    local: what the local names may be. changed, links, returned: as in its effect.
    """

    def __init__(
        self, notebook: Notebook, local: dict[str, Value] | None = None, globally: Names = frozenset()
    ) -> None:
        self.notebook = notebook
        self.local = {} if local is None else local
        self.globally = globally
        self.is_inner = local is not None
        self.changed: set[str] = set()
        self.links: set[Names] = set()
        self.returned = NEW

    @property
    def effect(self) -> Effect:
        """What it comes to."""
        return Effect(frozenset(self.changed), frozenset(self.links), self.returned)

    def add(self, name: str, value: Value) -> None:
        """A local name may be this, too."""
        self.local[name] = self.local.get(name, NEW) | value

    def link(self, one: Value, other: Value) -> None:
        """Both may reach the same from now on."""
        if one.all and other.all:
            self.links.add(one.all | other.all)

    def put_inside(self, expression: ast.expr, holder: Value, value: Value) -> None:
        """The expression, which is worth the holder, has the value as a part from now on."""
        while isinstance(expression, ast.Attribute | ast.Subscript):
            expression = expression.value
        if isinstance(expression, ast.Name) and expression.id in self.local:
            self.local[expression.id] |= value.held
        self.link(holder, value)

    def path(self, node: ast.expr) -> str:
        """`numpy.add.at` for `np.add.at`; "" for what does not lie in a module."""
        names: list[str] = []
        while isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        module = self.notebook.path(node.id) if isinstance(node, ast.Name) and node.id not in self.local else ""
        return ".".join([module, *reversed(names)]) if module else ""
