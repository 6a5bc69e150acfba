"""The reference with some of its steps replaced: how a mistake is written down, and how two of them compose.

A reference function is plain NumPy that calls smaller functions, its steps. `with_steps` gives the same function
with some steps swapped for others, without touching the original: functions are rebuilt over copies of their
modules' namespaces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

Function = Callable[..., object]


def with_steps(function: Function, replaced: Mapping[Function, Function]) -> Function:
    """`function` as it would be if each key of `replaced` had been written as its value.

    Only functions of the same top-level packages as the keys and `function` are rebuilt. A replacement may call the
    step that it replaces, and then gets the true one.
    """
    packages = {_package(step) for step in (function, *replaced)}
    return _Rebuilding(packages, dict(replaced)).rebuilt(function)


def composed(one: Mapping[Function, Function], other: Mapping[Function, Function]) -> dict[Function, Function]:
    """Both replacements at once. Where they replace the same step, `other` is done to what `one` has made of it."""
    both = {**one, **other}
    for step in one.keys() & other.keys():
        both[step] = with_steps(other[step], {step: one[step]})
    return both


class _Rebuilding:
    """One set of replacements, and the copies of namespaces that it has needed so far."""

    def __init__(self, packages: set[str], replaced: dict[Function, Function]) -> None:
        self.packages = packages
        self.replaced = replaced
        self.namespaces: dict[int, dict[str, Any]] = {}
        self.functions: dict[Function, Function] = {}

    def rebuilt(self, function: Function) -> Function:
        if function in self.replaced:
            return self._replacement(function)
        if not isinstance(function, FunctionType) or _package(function) not in self.packages:
            return function
        if function not in self.functions:
            self.functions[function] = self._copy(function)
        return self.functions[function]

    def _replacement(self, step: Function) -> Function:
        """The wrong version itself sees the other replacements, but not its own: it may call the true step."""
        wrong = self.replaced[step]
        others = {key: value for key, value in self.replaced.items() if key is not step}
        return with_steps(wrong, others) if others else wrong

    def _copy(self, function: FunctionType) -> Function:
        copied = FunctionType(
            function.__code__, self._namespace(function), function.__name__, function.__defaults__, function.__closure__
        )
        copied.__kwdefaults__ = function.__kwdefaults__
        return copied

    def _namespace(self, function: FunctionType) -> dict[str, Any]:
        """A copy of the function's module; filled after it is registered, since modules may refer to each other."""
        original = function.__globals__
        if id(original) not in self.namespaces:
            self.namespaces[id(original)] = copied = dict(original)
            for name, value in original.items():
                if isinstance(value, FunctionType):
                    copied[name] = self.rebuilt(value)
        return self.namespaces[id(original)]


def _package(function: Function) -> str:
    return (getattr(function, "__module__", None) or "").partition(".")[0]
