"""A runner without a process, so that grading is tested for what it does with outcomes of every kind."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from grader.model import GraderFault
from grader.sandbox import Job, wire
from grader.sandbox.guest.functions import Given
from grader.sandbox.host.process import Gone, Reply, Silent

Function = Callable[..., Any]


class Endless(Exception):
    """Raised by a fake function that would never return."""


class Fatal(Exception):
    """Raised by a fake function that takes its process down."""


class FakeRunner:
    """Runs plain functions by name; `faults` says how many starts fail through the grader's own fault."""

    layers = ("fake",)
    is_for_strangers = False

    def __init__(self, functions: Mapping[str, Function], faults: int = 0) -> None:
        """Take the functions that the notebook would define."""
        self.functions = functions
        self.faults = faults
        self.started = 0

    def start(self, job: Job) -> FakeProcess:
        """A process that answers from the functions."""
        self.started += 1
        if self.started <= self.faults:
            raise GraderFault("no process could be started")
        return FakeProcess(self.functions)

    def close(self) -> None:
        """Nothing is kept ready."""


class FakeProcess:
    """Answers the protocol within this process."""

    holds = 0

    def __init__(self, functions: Mapping[str, Function]) -> None:
        """Take the functions that the notebook would define."""
        self.functions = functions
        self.answer: Any = None
        self.killed = False
        self.number = 0

    def send(self, data: bytes) -> None:
        """Work the answer out at once."""
        self.number += 1
        request = wire.read_frame(io.BytesIO(data).read)
        answers = {"open": self._open, "load": self._load, "call": self._call}
        self.answer = answers[request["do"]](request)
        if isinstance(self.answer, dict):
            self.answer |= {"n": self.number}

    def receive(self, seconds: float, reply: Reply) -> Any:
        """What was worked out."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return wire.read_frame(io.BytesIO(wire.frame(self.answer)).read)

    def kill(self) -> None:
        """Remember that it was asked to end."""
        self.killed = True

    def _open(self, request: Mapping[str, Any]) -> dict[str, Any]:
        found = {name: ["function", 1, 1, False] for name in self.functions}
        return {"is": "opened", "assignment": "", "found": found, "skipped": [], "missing": [], "sources": {}}

    def _load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        known = request["name"] in self.functions
        return {"is": "loaded"} if known else {"is": "missing", "lack": "undefined"}

    def _call(self, request: Mapping[str, Any]) -> dict[str, Any] | Exception:
        try:
            value = Given(request["args"], request["keywords"]).to(self.functions[request["name"]])
        except Endless:
            return Silent("nothing came")
        except Fatal:
            return Gone("the process was ended by SIGSEGV")
        except GraderFault as fault:
            return fault
        except Exception as error:
            return {"is": "raised", "error": type(error).__name__, "message": str(error), "place": [1, 2]}
        return {"is": "returned", "value": value, "changed": []}
