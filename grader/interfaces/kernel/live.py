"""The student's own functions, where they live, in the place of a notebook in a sandboxed process.

What a call comes to is worked out by the sandbox's own code, so a check judges nothing else than grading does. There
is no isolation, and none is needed: the code is the student's, and runs in their kernel anyway.
"""

from __future__ import annotations

import inspect
import linecache
import traceback
from collections.abc import Sequence
from types import CodeType, FunctionType
from typing import Any

from ...notebooks import extract, read_cells
from ...sandbox import Job
from ...sandbox.guest.answers import MAX_SOURCE, Answer, CellPlace, Lack, missing, raised
from ...sandbox.guest.functions import Ask, Given, StandIns, called, parameters
from ...sandbox.guest.imports import objection
from .limit import limit
from .state_guard import Namespace, Reached, rebound


class LiveFunctions:
    """The names of a running kernel, asked for as those of a notebook are.

    seconds: the limit of the next call, in wall-clock time. was_too_long: whether the last one reached it.
    """

    def __init__(self, namespace: Namespace, history: Sequence[str], job: Job, ask: Ask) -> None:
        """Take the namespace, the source of each executed cell by its number, what is asked, and how to ask back."""
        self._namespace, self._history, self._ask = namespace, history, ask
        self._asked, self._allowed = frozenset(job.names), frozenset(job.allowed_imports)
        self._loaded: dict[str, Any] = {}
        self.seconds = 0.0
        self.was_too_long = False

    def opened(self) -> Answer:
        """What there is of the names that matter."""
        present = {name: self._namespace[name] for name in self._asked if name in self._namespace}
        places = {name: self._place_of(value) for name, value in present.items()}
        found = {name: ["function", *place, False] for name, place in places.items() if place}
        sources = {name: source_of(value)[:MAX_SOURCE] for name, value in present.items()}
        return {"is": "opened", "assignment": "", "found": found, "skipped": [], "missing": [], "sources": sources}

    def load(self, name: str, helpers: tuple[str, ...]) -> Answer:
        """Whether the name is bound to something to call that is no stub."""
        if name not in self._namespace:
            return missing(Lack.NOT_YET)
        function = self._namespace[name]
        if not callable(function):
            return missing(Lack.NOT_CALLABLE, type(function).__name__)
        if is_stub(function):
            return missing(Lack.STUB)
        reached = Reached(self._namespace, [function])
        for module in sorted(reached.modules):
            if error := objection(module, self._allowed):
                return raised(error, where=self._place_of(function))
        self._loaded[name] = function
        depends = sorted(self._asked & reached.names - {name})
        return {"is": "loaded", "parameters": parameters(function), "depends": depends}

    def call(self, name: str, given: Given, helpers: tuple[str, ...], seed: int) -> Answer:
        """Call it as the sandbox does. Raises KeyboardInterrupt if the user stopped it."""
        stand_ins = StandIns(helpers, self._ask)
        stand_ins.own = {helper: self._namespace.get(helper) for helper in helpers}
        errors: list[BaseException] = []

        def limited(*inputs: Any, **by_name: Any) -> Any:
            clock = limit(self.seconds)
            try:
                return clock.call(self._loaded[name], *inputs, **by_name)
            except BaseException as error:
                errors.append(error)
                raise
            finally:
                self.was_too_long = clock.fired

        with rebound(self._namespace, stand_ins.by_name):
            answer = called(name, limited, given, seed)
        for error in errors:
            if isinstance(error, KeyboardInterrupt):
                raise KeyboardInterrupt
            if answer["is"] == "raised":
                answer["place"] = self._innermost_place(error)
        return answer

    def listing(self) -> Answer:
        """What there is of the names that matter."""
        return self.opened() | {"is": "listing"}

    def _place_of(self, function: Any) -> CellPlace | None:
        """The number of the cell that made a function, and the line in it."""
        code = getattr(inspect.unwrap(function), "__code__", None)
        return self._place(code.co_filename, code.co_firstlineno) if isinstance(code, CodeType) else None

    def _innermost_place(self, error: BaseException) -> CellPlace | None:
        """Where in the cells an error arose, as its own traceback says."""
        frames = traceback.walk_tb(error.__traceback__)
        places = [self._place(frame.f_code.co_filename, line) for frame, line in frames]
        return next((place for place in reversed(places) if place), None)

    def _place(self, filename: str, line: int) -> CellPlace | None:
        """The number of the last executed cell whose code bears this name, and the line."""
        source = "".join(linecache.getlines(filename)).strip()
        numbers = [number for number, cell in enumerate(self._history) if source and cell.strip() == source]
        return (numbers[-1], line) if numbers else None


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
    found = extract(read_cells(source.encode() or b"#", ".py")).found.get(function.__name__)
    return found is not None and bool(found.stub)
