"""A check leaves the student's kernel as it found it: random numbers, settings, and the variables in its reach."""

from __future__ import annotations

import contextlib
import copy
import dis
import random
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from types import CodeType, ModuleType
from typing import Any

import numpy as np

from ...model.values import same

ERRORS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}  # as NumPy starts with

OWN = {"__main__", "builtins"}

Namespace = MutableMapping[str, Any]


@contextmanager
def as_it_was(namespace: Namespace, functions: Iterable[object]) -> Iterator[None]:
    """Whatever the functions do within, the state around them is the same before and after.

    Kept are the states of `random` and `numpy.random`, NumPy's error settings, the warnings' filters, and every list,
    dict, set and array that the functions can reach by a name, a default or a closure.
    """
    before_random, before_numpy = random.getstate(), np.random.get_state()
    restore = Reached(namespace, functions).keep()
    try:
        with warnings.catch_warnings(), np.errstate(**ERRORS):  # type: ignore[arg-type]
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(before_random)
        np.random.set_state(before_numpy)
        restore()


@contextmanager
def rebound(namespace: Namespace, values: Mapping[str, Any]) -> Iterator[None]:
    """Some names bound to other values for a while."""
    own = {name: namespace[name] for name in values if name in namespace}
    namespace.update(values)
    try:
        yield
    finally:
        for name in values:
            namespace.pop(name, None)
        namespace.update(own)


class Reached:
    """The names that some functions mention, and the objects that they hold on to, followed through their helpers."""

    def __init__(self, namespace: Namespace, functions: Iterable[object]) -> None:
        """Follow the functions, by the names that a namespace binds."""
        self._namespace = namespace
        self.names: set[str] = set()
        self._objects: dict[int, object] = {}
        waiting = list(functions)
        while waiting:
            holder = waiting.pop()
            if id(holder) not in self._objects:
                self._objects[id(holder)] = holder
                waiting += self._behind(holder)

    @property
    def modules(self) -> set[str]:
        """The modules that the functions use: by name, through what they took from one, or by an import within."""
        found = {value.__name__ for value in self._objects.values() if isinstance(value, ModuleType)}
        taken = {_origin(value) for value in self._objects.values() if callable(value)}
        return found | (taken - OWN) | {name for value in self._objects.values() for name in _imported(value)}

    def _behind(self, holder: object) -> Iterator[object]:
        new = {name for code in _codes(holder) for name in _globals(code)} - self.names
        self.names |= new
        yield from (self._namespace[name] for name in new if name in self._namespace)
        yield from _held(holder)

    def keep(self) -> Callable[[], None]:
        """Remember all of it; the result puts it back."""
        bound = {name: self._namespace[name] for name in self.names if name in self._namespace}
        contents = list(_contents(self._objects.values()))

        def restore() -> None:
            for name in self.names:
                if name in bound:
                    self._namespace[name] = bound[name]
                else:
                    self._namespace.pop(name, None)
            for value, content in contents:
                _refill(value, content)

        return restore


def _codes(holder: object) -> Iterator[CodeType]:
    """The code of a function or of a class's methods, nested functions included."""
    methods = vars(holder).values() if isinstance(holder, type) else ()
    candidates = (getattr(each, "__code__", None) for each in (holder, *methods))
    waiting = [code for code in candidates if isinstance(code, CodeType)]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _globals(code: CodeType) -> Iterator[str]:
    """The names that code looks up, binds or deletes outside of itself."""
    for instruction in dis.get_instructions(code):
        if instruction.opname.endswith(("_GLOBAL", "_NAME")):
            yield instruction.argval


def _origin(function: object) -> str:
    """The module that a function or class comes from; a method of a hidden object comes from where that does."""
    module = getattr(function, "__module__", None) or type(getattr(function, "__self__", None)).__module__
    return str(module)


def _imported(holder: object) -> Iterator[str]:
    """The modules that code imports itself."""
    for code in _codes(holder):
        yield from (found.argval for found in dis.get_instructions(code) if found.opname == "IMPORT_NAME")


def _held(function: object) -> Iterator[object]:
    """What a function holds without a name: defaults, closure, and what it wraps."""
    yield from getattr(function, "__defaults__", None) or ()
    yield from (getattr(function, "__kwdefaults__", None) or {}).values()
    for cell in getattr(function, "__closure__", None) or ():
        with contextlib.suppress(ValueError):  # a cell that is still empty
            yield cell.cell_contents
    for wrapped in ("__wrapped__", "pyfunc"):
        with contextlib.suppress(Exception):
            yield getattr(function, wrapped)


def _contents(objects: Iterable[object]) -> Iterator[tuple[Any, Any]]:
    """Each value that can be changed in place, with a copy; one that cannot be copied is passed over."""
    for value in objects:
        if isinstance(value, list | dict | set | np.ndarray) and not isinstance(value, np.matrix):
            with contextlib.suppress(Exception):
                yield value, copy.deepcopy(value)


def _refill(value: Any, content: Any) -> None:
    if isinstance(value, np.ndarray):
        if value.shape == content.shape and not same(value, content):
            value[...] = content
    elif isinstance(value, list):
        if not same(value, content):
            value[:] = content
    elif not isinstance(value, dict) or not same(value, content):
        value.clear()
        value.update(content)
