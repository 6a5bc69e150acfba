"""The student's own functions, where they live, in the place of a notebook in a sandboxed process.

What a call comes to is worked out by the child's own code, so a check judges nothing else than grading does. There
is no isolation, and none is needed: the code is the student's, and runs in their kernel anyway.
"""

from __future__ import annotations

import inspect
import linecache
import traceback
from collections.abc import Sequence
from types import CodeType, FunctionType
from typing import Any

from ...sandbox import Job
from ...sandbox.guest import child
from .limit import limit
from .state_guard import Namespace, Reached, rebound


class Live(child.Submission):
    """The names of a running kernel, as the child's code needs them."""

    def __init__(self, namespace: Namespace, history: Sequence[str], job: Job, channel: Any) -> None:
        """Take the namespace, the source of each executed cell by its number, what is asked, and a channel."""
        self.namespace, self.history, self.channel = namespace, history, channel
        self.asked, self.allowed = frozenset(job.names), frozenset(job.allowed_imports)
        self.loaded = {}
        self.number = 0
        self.printed = child.Printed()
        self.seconds = 0.0
        self.was_too_long = False

    def opened(self) -> child.Answer:
        """What there is of the names that matter."""
        present = {name: self.namespace[name] for name in self.asked if name in self.namespace}
        places = {name: self._place_of(value) for name, value in present.items()}
        found = {name: ["function", *place, False] for name, place in places.items() if place}
        sources = {name: source_of(value)[: child.MAX_SOURCE] for name, value in present.items()}
        return {"is": "opened", "assignment": "", "found": found, "skipped": [], "missing": [], "sources": sources}

    def load(self, name: str, helpers: tuple[str, ...]) -> child.Answer:
        """Whether the name is bound to something to call that is no stub."""
        if name not in self.namespace:
            return child.missing("no function of this name has been defined; run its cell first")
        function = self.namespace[name]
        if not callable(function):
            return child.missing(
                f"the name is bound to a value of type {type(function).__name__}, which cannot be called"
            )
        if is_stub(function):
            return child.missing("its body is still the template's stub")
        reached = Reached(self.namespace, [function])
        for message in filter(None, map(self.objection, sorted(reached.modules))):
            return child.raised(ImportError(message), unit_place=self._place_of(function))
        self.loaded[name, helpers] = _Watched(function, self)
        depends = sorted(self.asked & reached.names - {name})
        return {"is": "loaded", "parameters": child.stubs.parameters(function), "depends": depends}

    def call(self, name: str, args: tuple[Any, ...], helpers: tuple[str, ...], seed: int) -> child.Answer:
        """Call it as the child does. Raises KeyboardInterrupt where the user stopped it."""
        watched = self.loaded.get((name, helpers))
        stand_ins = child.stubs.StandIns(helpers, self.ask)
        stand_ins.own = {name: self.namespace.get(name) for name in helpers}
        with rebound(self.namespace, stand_ins.stand_ins):
            answer = super().call(name, args, helpers, seed)
        error = getattr(watched, "error", None)
        if isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt
        if answer["is"] == "raised" and error is not None:
            answer["place"] = self._innermost_place(error)
        return answer

    def _place_of(self, function: Any) -> tuple[int, int] | None:
        """The number of the cell that made a function, and the line in it."""
        code = getattr(inspect.unwrap(function), "__code__", None)
        return self._place(code.co_filename, code.co_firstlineno) if isinstance(code, CodeType) else None

    def _innermost_place(self, error: BaseException) -> tuple[int, int] | None:
        """Where in the cells an error arose, as its own traceback says."""
        frames = traceback.walk_tb(error.__traceback__)
        places = [self._place(frame.f_code.co_filename, line) for frame, line in frames]
        return next((place for place in reversed(places) if place), None)

    def _place(self, filename: str, line: int) -> tuple[int, int] | None:
        """The number of the last executed cell whose code bears this name, and the line."""
        source = "".join(linecache.getlines(filename)).strip()
        numbers = [number for number, cell in enumerate(self.history) if source and cell.strip() == source]
        return (numbers[-1], line) if numbers else None


class _Watched(child.Loaded):
    """A student's function with a limit on its time, in the place of what the child has loaded."""

    def __init__(self, function: Any, live: Live) -> None:
        self._function, self._live = function, live
        self.function = self._called
        self.error: BaseException | None = None

    def _called(self, *args: Any) -> Any:
        self.error = None
        limited = limit(self._live.seconds)
        try:
            return limited.call(self._function, *args)
        except BaseException as error:
            self.error = error
            raise
        finally:
            self._live.was_too_long = limited.fired

    def failure_behind(self, error: BaseException) -> None:
        """The student ran every cell, and saw what failed."""


def source_of(function: Any) -> str:
    """A function's source, empty where it is not known."""
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def is_stub(function: object) -> bool:
    """Whether it is a plain function whose source the extraction of notebooks would call a stub."""
    if not isinstance(function, FunctionType):
        return False
    source = inspect.cleandoc(f"\n{source_of(function)}")
    notebook = child.extract.read_cells(source.encode() or b"#", ".py")
    found = child.extract.extract(notebook).found.get(function.__name__)
    return found is not None and bool(found.stub)
