"""What a master's own tests hand to its functions: found by running them, since values may come from anywhere."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from ..notebooks import extract, read_cells
from .answering import TooLong, quietly, time_limit

SECONDS = 10.0
LONGEST = 4_000  # characters of arguments that can still be read in a declaration
TEST = "_test_of_the_master"
BY_THEMSELVES = {"float64", "int64", "bool"}

Calls = dict[str, list[str]]


def recorded(kept: Iterable[str], test: str, names: Iterable[str]) -> Calls:
    """The arguments, in source, of each call of a named function that a test makes; nested calls do not count.

    kept: the sources of the cells before it. Only what the test needs of them is run, and for so long only.
    """
    namespace = _namespace([*kept, f"def {TEST}():\n{textwrap.indent(test, '    ') or '    pass'}"])
    recorder = _Recorder()
    for name in names:
        if callable(namespace.get(name)):
            namespace[name] = recorder.around(name, namespace[name])
    with _unseen(), contextlib.suppress(Exception, TooLong):
        namespace[TEST]()
    return recorder.calls


def source_of(value: object) -> str | None:
    """The value as Python source, None if it has none that people could read."""
    text = _source(value)
    return text if text is not None and len(text) <= LONGEST else None


def evaluated(arguments: str) -> tuple[object, ...]:
    """The values of arguments in source, as `source_of` writes them."""
    values: tuple[object, ...] = eval(f"({arguments},)", {"np": np, "numpy": np, "math": __import__("math")})
    return values


def _namespace(sources: list[str]) -> dict[str, Any]:
    """What the last of the cells needs of the others, run; what fails costs only itself."""
    cells = [{"cell_type": "code", "source": source} for source in sources]
    extraction = extract(read_cells(json.dumps({"cells": cells, "metadata": {}}).encode(), ".ipynb"))
    namespace: dict[str, Any] = {"__name__": "answers", TEST: lambda: None}
    for unit in extraction.program(TEST).units:
        with _unseen(), contextlib.suppress(Exception, TooLong):
            exec(unit.code, namespace)
    return namespace


@contextlib.contextmanager
def _unseen() -> Iterator[None]:
    with quietly(), time_limit(SECONDS), contextlib.redirect_stdout(io.StringIO()):
        yield


class _Recorder:
    """Notes what functions are called with from outside of them."""

    def __init__(self) -> None:
        self.calls: Calls = {}
        self.depth = 0

    def around(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        """The function, and a note of each call."""

        def call(*args: object, **keywords: object) -> object:
            if self.depth == 0:
                self.note(name, function, args, keywords)
            self.depth += 1
            try:
                return function(*args, **keywords)
            finally:
                self.depth -= 1

        return call

    def note(
        self, name: str, function: Callable[..., object], args: tuple[object, ...], keywords: Mapping[str, object]
    ) -> None:
        with contextlib.suppress(TypeError, ValueError):
            bound = inspect.signature(function).bind(*copy.deepcopy(args), **keywords)
            sources = [source_of(arg) for arg in bound.args]
            if not bound.kwargs and sources and None not in sources:
                self.calls.setdefault(name, []).append(", ".join(filter(None, sources)))


def _source(value: object) -> str | None:
    if isinstance(value, np.generic):
        return _source(value.item())
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, bool | int | str) or value is None:
        return repr(value)
    if isinstance(value, float):
        return _with_names(repr(value))
    if isinstance(value, dict):
        pairs = [(_source(key), _source(part)) for key, part in value.items()]
        return None if any(None in pair for pair in pairs) else "{" + ", ".join(f"{k}: {v}" for k, v in pairs) + "}"
    return _sequence(value) if type(value) in (list, tuple) else None


def _sequence(value: Any) -> str | None:
    parts = [_source(part) for part in value]
    if None in parts:
        return None
    inside = ", ".join(filter(None, parts))
    return f"[{inside}]" if isinstance(value, list) else f"({inside}{',' if len(parts) == 1 else ''})"


def _array(value: np.ndarray[Any, Any]) -> str | None:
    if value.dtype.kind not in "biuf" or value.size > LONGEST:
        return None
    kind = "" if value.dtype.name in BY_THEMSELVES and value.size else f", dtype=np.{value.dtype.name}"
    shaped = "" if value.size else f".reshape({value.shape})"
    return f"np.array({_with_names(repr(value.tolist()))}{kind}){shaped}"


def _with_names(text: str) -> str:
    return re.sub(r"\b(nan|inf)\b", r"np.\1", text)
