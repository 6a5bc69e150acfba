"""The trusted side of one submission's process: requests go out, outcomes come back, the clock is kept here.

A `Session` speaks the protocol of `child.py` over a `Process`, which is all that a kind of isolation has to
provide. Whatever the process says is data; silence, an end or nonsense is an outcome like any other.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ..assignment import Limits
from ..model import Crashed, GraderError, Missing, Opaque, Outcome, Place, Raised, Returned, TimedOut
from . import wire

MAX_NOTEBOOK = 64 * 2**20
MAX_TEXT = 20_000
OPEN_SECONDS = 10.0
MOST_ASKED = 1_000  # answers of helpers that one call may ask for
LOAD_FACTOR = 3  # loading may import large libraries, which one call may not
MOST_LEFT_OUT = 1_000  # places of a notebook, each with a reason
MOST_REASON = 500
MOST_PARAMETERS = 20
LONGEST_WHOLE = 1023  # bits
# What comes of taking something for an answer that is none.
NONSENSE = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)


Helpers = Mapping[str, Callable[[tuple[object, ...]], object]]
NO_HELPERS: Helpers = {}


class Unreadable(GraderError):
    """A submission that is no notebook; the message says why."""


class Silent(Exception):
    """Nothing was said within the time given."""


class Gone(Exception):
    """The process has ended, or said something that is no answer; the message says how."""


@dataclass(frozen=True, slots=True)
class Job:
    """A submission to be run: its bytes, how to read them, what lies beside it, its limits, and the names asked for.

    allowed_imports: the packages that their code may import, any where there are none named.
    """

    data: bytes
    suffix: str
    support: Mapping[str, Path]
    limits: Limits
    names: tuple[str, ...] = ()
    allowed_imports: tuple[str, ...] = ()


class Process(Protocol):
    """A confined process that serves the protocol of `child.py`."""

    def send(self, data: bytes) -> None:
        """Hand a frame over. Raises Gone where nobody takes it."""

    def receive(self, seconds: float) -> Any:
        """The next message. Raises Silent when the time is over, Gone when there will be none."""

    def kill(self) -> None:
        """End the process and everything that it started; harmless when it has ended."""


class Runner(Protocol):
    """A kind of isolation: starts a process per submission."""

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds a process, by name, for the record."""

    def start(self, job: Job) -> Process:
        """A process ready to be asked. Raises GraderFault where the grader's own side fails."""

    def close(self) -> None:
        """Let go of whatever it keeps ready."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that the notebook binds: what kind of thing, where, and whether it is still the template's stub."""

    kind: str
    place: Place
    stub: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What the notebook holds, as the process said; sources are those of the names asked for."""

    assignment: str
    found: Mapping[str, Found]
    skipped: tuple[tuple[Place, str], ...]
    missing_modules: tuple[tuple[str, Place], ...]
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """A function's parameters by name, and which others of the names asked for it needs, as its process said."""

    parameters: tuple[str, ...] = ()
    depends: frozenset[str] = frozenset()


class Session:
    """One submission in one process, from opening its notebook to the last call."""

    def __init__(self, process: Process, job: Job) -> None:
        """Open the notebook.

        Raises Unreadable where it is none, or where reading it takes the process down.
        """
        self._process = process
        self._limits = job.limits
        self._loaded: dict[tuple[str, tuple[str, ...]], Outcome | None] = {}
        self._about: dict[str, About] = {}
        self._number = 0
        self.alive = True
        self._opened = self._open(job)

    def __enter__(self) -> Session:
        """Use it in a with statement, so that no process outlives its use."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, whatever happened."""
        self.close()

    @property
    def opened(self) -> Opened:
        """What the notebook holds."""
        return self._opened

    def call(
        self, name: str, args: tuple[object, ...], limit: float, helpers: Helpers = NO_HELPERS, seed: int = 0
    ) -> Outcome:
        """Call the student's function once, loading it first where that has not happened, within `limit` seconds.

        helpers: functions that are answered for here, each from its arguments, in place of the student's own; what
        they raise is raised there, too. seed: of the student's random numbers.
        """
        names = tuple(sorted(helpers))
        if (name, names) not in self._loaded:
            self._loaded[name, names] = self._load(name, names, limit, helpers)
        failed = self._loaded[name, names]
        request = {"do": "call", "name": name, "args": args, "helpers": names, "seed": seed}
        return failed or self._outcome(request, limit, TimedOut(limit), helpers)

    def about(self, name: str) -> About:
        """What is known of a function once it has been called."""
        return self._about.get(name, About())

    def listing(self) -> dict[str, Any]:
        """Everything that extraction found, for `grader extract`. Raises Unreadable where the process gives out."""
        try:
            return self._checked(self._ask({"do": "listing"}, OPEN_SECONDS), "listing")
        except (Silent, Gone) as event:
            raise Unreadable(f"extracting its functions failed: {event}") from event

    def close(self) -> None:
        """End the process and everything that it started."""
        self.alive = False
        self._process.kill()

    def _open(self, job: Job) -> Opened:
        request = {"do": "open", "notebook": _as_array(job.data), "suffix": job.suffix, "names": job.names}
        request["allowed"] = job.allowed_imports
        try:
            answer = self._ask(request, OPEN_SECONDS)
            if answer.get("is") == "unreadable":
                self.close()
                raise Unreadable(_text(answer.get("reason"))[:MOST_REASON])
            return _opened(self._checked(answer, "opened"))
        except Silent as event:
            raise Unreadable(f"reading it took longer than {OPEN_SECONDS:g} s") from event
        except (Gone, *NONSENSE) as event:
            self.close()
            raise Unreadable(f"reading it ended the process ({event})") from event

    def _load(self, name: str, names: tuple[str, ...], limit: float, helpers: Helpers) -> Outcome | None:
        """None where it is ready to be called, else the outcome of every call."""
        seconds = limit * LOAD_FACTOR
        request = {"do": "load", "name": name, "helpers": names}
        outcome = self._outcome(request, seconds, TimedOut(seconds, loading=True), helpers)
        return None if isinstance(outcome, Returned) else outcome

    def _outcome(self, request: dict[str, Any], limit: float, late: TimedOut, helpers: Helpers) -> Outcome:
        if not self.alive:
            return Crashed("the process had already ended")
        try:
            answer = self._ask(request, limit, helpers)
            if answer["is"] == "loaded":
                self._about[request["name"]] = _about(answer)
            return _understood(answer, len(request.get("args", ())))
        except Silent:
            self.close()
            return late
        except (Gone, *NONSENSE) as event:
            self.close()
            return Crashed(str(event) if isinstance(event, Gone) else "it sent something that is no answer")

    def _ask(self, request: dict[str, Any], seconds: float, helpers: Helpers = NO_HELPERS) -> dict[str, Any]:
        """The answer to a request; what the process asks meanwhile is answered, too."""
        self._number += 1
        deadline = time.monotonic() + seconds
        self._process.send(wire.frame(request | {"n": self._number}))
        for _ in range(MOST_ASKED + 1):
            answer = self._process.receive(deadline - time.monotonic())
            if not isinstance(answer, dict) or answer.get("n") != self._number:
                raise Gone("it sent something that is no answer")
            if answer.get("is") != "ask":
                return answer
            self._process.send(_reply(helpers, answer))
        raise Gone(f"it asked for more than {MOST_ASKED} answers of its helpers")

    def _checked(self, answer: dict[str, Any], kind: str) -> dict[str, Any]:
        if answer.get("is") != kind:
            raise Gone("it sent something that is no answer")
        return answer


def _as_array(data: bytes) -> np.ndarray[Any, Any]:
    return np.frombuffer(data, dtype="|u1")


def _understood(answer: Mapping[str, Any], arguments: int) -> Outcome:
    """An answer to a call with so many arguments as an outcome. Raises one of NONSENSE where it is none."""
    printed, seconds = _text(answer.get("printed", "")), _duration(answer.get("seconds", 0.0))
    match answer["is"]:
        case "loaded":
            return Returned(None, printed=printed, seconds=seconds)
        case "returned":
            changed = tuple(position for position in range(arguments) if position in answer["changed"])
            return Returned(_inert(answer["value"]), changed, printed, seconds)
        case "raised":
            place = _place(answer.get("place"))
            message = _text(answer["message"]) + _behind(answer.get("behind"))
            return Raised(_text(answer["error"]), message, place, printed, seconds)
        case "missing":
            return Missing(_text(answer["reason"]))
    raise ValueError(answer["is"])


def _text(said: object) -> str:
    """A text of the process's, as long as one that the child sends when it is left alone."""
    return str(said)[:MAX_TEXT]


def _duration(said: Any) -> float:
    """Seconds, where they are a length of time."""
    seconds = float(said)
    return seconds if 0.0 <= seconds < math.inf else 0.0


def _reply(helpers: Helpers, asked: Mapping[str, Any]) -> bytes:
    """A helper's answer as a frame. Raises Gone for a helper that is not offered."""
    name, args = asked.get("name"), asked.get("args")
    if not isinstance(name, str) or name not in helpers or not isinstance(args, tuple):
        raise Gone("it asked for something that is not offered")
    try:
        value = helpers[name](tuple(_inert(arg) for arg in args))
        return wire.frame({"do": "answer", "value": value})
    except Exception as error:
        return wire.frame({"do": "refuse", "message": f"{type(error).__name__}: {error}"})


def _about(answer: Mapping[str, Any]) -> About:
    names = tuple(str(name)[:100] for name in answer.get("parameters", ())[:MOST_PARAMETERS])
    return About(names, frozenset(map(str, answer.get("depends", ()))))


def _inert(value: Any) -> object:
    """The value with foreign parts as the model's own type, and so with whole numbers that no float can hold."""
    if isinstance(value, wire.Foreign):
        return Opaque(value.type_name, value.shape)
    if isinstance(value, list | tuple):
        return type(value)(_inert(part) for part in value)
    if isinstance(value, dict):
        return {_inert(key): _inert(part) for key, part in value.items()}
    if isinstance(value, int) and value.bit_length() > LONGEST_WHOLE:
        return Opaque("int, larger than any float")
    return value


def _behind(behind: Any) -> str:
    """Why a name is not there: what went wrong where it should have been made."""
    if not behind:
        return ""
    error, message, (cell, line) = behind
    return f" (because of {Place(int(cell), int(line))}: {_text(error)}: {_text(message)})"


def _place(place: Any) -> Place | None:
    return Place(int(place[0]), int(place[1])) if place else None


def _opened(answer: Mapping[str, Any]) -> Opened:
    found = {
        str(name): Found(str(kind), Place(int(cell), int(line)), bool(stub))
        for name, (kind, cell, line, stub) in answer["found"].items()
    }
    skipped = tuple(
        (Place(int(cell), int(line)), str(reason)[:MOST_REASON])
        for cell, line, reason in answer["skipped"][:MOST_LEFT_OUT]
    )
    missing = answer["missing"][:MOST_LEFT_OUT]
    modules = tuple((str(name)[:MOST_REASON], Place(int(cell), int(line))) for name, cell, line in missing)
    sources = {str(name): _text(text) for name, text in answer.get("sources", {}).items()}
    return Opened(str(answer["assignment"])[:MOST_REASON], found, skipped, modules, sources)
