"""The reference with some of its steps replaced: how a mistake is written down, and how two of them compose.

A reference function is plain NumPy that calls smaller functions, its steps. `with_steps` gives the same function
with some steps swapped for others, without touching the original: functions are rebuilt over copies of their
modules' namespaces.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

Function = Callable[..., object]
Replaced = Mapping[Function, Function]


def with_steps(function: Function, replaced: Mapping[Function, Function]) -> Function:
    """`function` as it would be if each key of `replaced` had been written as its value.

    Only functions of the same top-level packages as the keys and `function` are rebuilt. A replacement may call the
    step that it replaces, and then gets the true one.
    """
    packages = {_package(step) for step in (function, *replaced)}
    return _Rebuilding(packages, dict(replaced)).rebuilt(function)


def compositions(one: Replaced, other: Replaced) -> Iterator[dict[Function, Function]]:
    """Every way in which two sets of replacements can be made at once.

    On different steps there is one. On a common step, either is done to what the other makes of it, where it calls the
    step at all; else the factors by which they change it are multiplied, or each changes entries of its own.
    """
    both, shared = {**one, **other}, one.keys() & other.keys()
    if not shared:
        yield both
        return
    for inner, outer in ((one, other), (other, one)):
        if any(_calls(outer[step], step) for step in shared):
            yield both | {step: with_steps(outer[step], {step: inner[step]}) for step in shared}
    for combined in (_multiplied, _added):
        yield both | {step: combined(step, one[step], other[step]) for step in shared}


def _calls(function: Function, step: Function) -> bool:
    return isinstance(function, FunctionType) and step.__name__ in function.__code__.co_names


def _multiplied(step: Function, one: Function, other: Function) -> Function:
    """By what factor each changes the step's value, both at once."""

    def both(*args: Any, **keywords: Any) -> object:
        true, first, second = _arrays((args, keywords), step, one, other)
        return first * (second / true)

    return both


def _added(step: Function, one: Function, other: Function) -> Function:
    """What each makes of the entries that it changes, where these are others for the one than for the other."""

    def both(*args: Any, **keywords: Any) -> object:
        true, first, second = _arrays((args, keywords), step, one, other)
        if np.any((first != true) & (second != true)):
            raise ValueError("the two changes cannot be combined")
        return first + (second - true)

    return both


def _arrays(given: tuple[tuple[Any, ...], dict[str, Any]], *functions: Function) -> list[Any]:
    """What each makes of the arguments. Raises ValueError if that is not numbers, all of one shape."""
    calls = [(function, *copy.deepcopy(given)) for function in functions]
    values = [np.asarray(function(*args, **keywords)) for function, args, keywords in calls]
    if len({value.shape for value in values}) > 1 or any(value.dtype.kind not in "biuf" for value in values):
        raise ValueError("the two changes cannot be combined")
    return [value.astype(float)[()] for value in values]


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
        namespace = self._namespace(function.__globals__)
        copied = FunctionType(
            function.__code__, namespace, function.__name__, function.__defaults__, function.__closure__
        )
        copied.__kwdefaults__ = function.__kwdefaults__
        return copied

    def _namespace(self, original: dict[str, Any]) -> dict[str, Any]:
        """A copy of a module's names; filled after it is registered, since modules may refer to each other."""
        if id(original) not in self.namespaces:
            self.namespaces[id(original)] = copied = dict(original)
            for name, value in original.items():
                if isinstance(value, FunctionType):
                    copied[name] = self.rebuilt(value)
                elif isinstance(value, ModuleType) and value.__name__.partition(".")[0] in self.packages:
                    copied[name] = _Names(self._namespace(vars(value)))
        return self.namespaces[id(original)]


class _Names:
    """A module's copied names in the place of the module."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> Any:
        return self._namespace[name]


def _package(function: Function) -> str:
    return (getattr(function, "__module__", None) or "").partition(".")[0]
