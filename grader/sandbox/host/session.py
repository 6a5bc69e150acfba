"""The trusted side of one submission's process: requests go out, outcomes come back, the clock is kept here.

A `Session` speaks the protocol of `guest/serving.py` over a `Process`. Whatever the process says is data; silence, an
end or nonsense is an outcome like any other.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from ...model import Arguments, Crashed, Outcome, Returned, TimedOut, TimeFor, Unreadable
from .. import wire
from . import answers
from .answers import DECODE_ERRORS, About, Listing, Opened
from .process import Gone, Job, Process, Reply, Silent

MAX_NOTEBOOK = 64 * 2**20
OPEN_SECONDS = 10.0
MOST_AHEAD = 64  # requests on their way: each takes room of its own in a channel, however small it is
MOST_ASKED = 1_000  # answers of helpers that one call may ask for
LOAD_FACTOR = 3  # loading may import large libraries, which one call may not


Function = tuple[str, tuple[str, ...]]
# Each from its arguments, and from how many of the last of them are defaults of the student's own function.
Helpers = Mapping[str, Callable[[tuple[object, ...], int], object]]
NO_HELPERS: Helpers = {}


@dataclass(frozen=True, slots=True)
class Request:
    """A frame to be sent, and whether it has to wait until everything before it that is no secret is answered."""

    frame: bytes
    is_secret: bool = False


@dataclass(frozen=True)
class Call:
    """One call of a function, packed once however often it is made.

    seed: of the student's random numbers. is_secret: it is sent when all calls before it that are none are answered.
    """

    name: str
    args: tuple[object, ...]
    seed: int = 0
    helpers: tuple[str, ...] = ()
    is_secret: bool = False

    @property
    def request(self) -> Request:
        """The request for it."""
        return Request(self.frame, self.is_secret)

    @property
    def function(self) -> Function:
        """What is called: the function by its name, among these helpers."""
        return self.name, self.helpers

    @property
    def loading(self) -> Request:
        """The request to make the function ready."""
        return Request(wire.frame({"do": "load", "name": self.name, "helpers": self.helpers}))

    @cached_property
    def frame(self) -> bytes:
        """The request for it as it is sent."""
        what = {"name": self.name, "args": self.args, "keywords": Arguments.of(self.args).keywords}
        return wire.frame({"do": "call"} | what | {"helpers": self.helpers, "seed": self.seed})

    def understood(self, answer: Mapping[str, Any]) -> Outcome:
        """What an answer to it comes to. Raises one of DECODE_ERRORS if it is none."""
        return answers.understood(answer, len(self.args))


class Session:
    """One submission in one process, from opening its notebook to the last call."""

    def __init__(self, process: Process, job: Job) -> None:
        """Open the notebook.

        Raises Unreadable where it is none, or where reading it takes the process down.
        """
        self._process = process
        self._loaded: dict[Function, Outcome | None] = {}
        self._about: dict[str, About] = {}
        self._waiting: deque[Request] = deque()  # to be sent
        self._held: deque[Request] = deque()  # sent, and not answered yet
        self._answered = 0
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
        call = Call(name, args, seed, tuple(sorted(helpers)))
        if call.function not in self._loaded:
            self._waiting.append(call.loading)
        failed = self._failure_to_load(call, limit, helpers)
        if failed is None:
            self._waiting.append(call.request)
        return failed or self._outcome(TimedOut(limit), call.understood, helpers)

    def calls(self, calls: Sequence[Call], limit: Callable[[], float]) -> Generator[Outcome]:
        """The outcomes of calls, in order; one that ends the process is the last. Functions are loaded on the way.

        They are sent ahead as far as the process holds them, so that neither side waits to be told of each. limit:
        asked, for each call, how many seconds it may take after the one before. Whoever leaves early ends the process.
        """
        self._line_up(calls)
        try:
            for call in calls:
                failed = self._failure_to_load(call, limit(), NO_HELPERS)
                outcome = self._outcome(TimedOut(limit()), call.understood)
                yield failed or outcome
                if not self.alive:
                    return
        finally:
            if self._held or self._waiting:
                self.close()

    def _line_up(self, calls: Sequence[Call]) -> None:
        """Have the calls wait to be sent, and before the first of a function that it is loaded."""
        known = set(self._loaded)
        for call in calls:
            self._waiting.extend([call.request] if call.function in known else [call.loading, call.request])
            known.add(call.function)

    def about(self, name: str) -> About:
        """What is known of a function once it has been called."""
        return self._about.get(name, About())

    def has_loaded(self, name: str) -> bool:
        """Whether the function could be made ready to be called."""
        return (name, ()) in self._loaded and self._loaded[name, ()] is None

    def listing(self) -> Listing:
        """Everything that extraction found, for `grader extract`. Raises Unreadable if the process gives out."""
        try:
            return answers.listing(_checked(self._asked({"do": "listing"}), "listing"))
        except (Silent, Gone, *DECODE_ERRORS) as event:
            raise Unreadable(f"extracting its functions failed: {event}") from event

    def close(self) -> None:
        """End the process and everything that it started."""
        self.alive = False
        self._process.kill()

    def _open(self, job: Job) -> Opened:
        request = {"do": "open", "notebook": _as_array(job.data), "suffix": job.suffix, "names": job.names}
        request["allowed"] = job.allowed_imports
        try:
            answer = self._asked(request)
            if answer.get("is") == "unreadable":
                self.close()
                raise Unreadable(answers.unreadable(answer))
            return answers.opened(_checked(answer, "opened"))
        except Silent as event:
            self.close()
            raise Unreadable(f"reading it took longer than {OPEN_SECONDS:g} s") from event
        except (Gone, *DECODE_ERRORS) as event:
            self.close()
            raise Unreadable(f"reading it ended the process ({event})") from event

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        self._waiting.append(Request(wire.frame(request)))
        return self._next(OPEN_SECONDS)

    def _failure_to_load(self, call: Call, limit: float, helpers: Helpers) -> Outcome | None:
        """None where the function is ready to be called, else the outcome of every call; to be asked where it loads."""
        if call.function not in self._loaded:
            late = TimedOut(limit * LOAD_FACTOR, TimeFor.LOADING)
            outcome = self._outcome(late, partial(self._noted, call.name), helpers)
            self._loaded[call.function] = None if isinstance(outcome, Returned) else outcome
        return self._loaded[call.function]

    def _noted(self, name: str, answer: Mapping[str, Any]) -> Outcome:
        if answer["is"] == "loaded":
            self._about[name] = answers.about(answer)
        return answers.understood(answer)

    def _outcome(
        self, late: TimedOut, understood: Callable[[Mapping[str, Any]], Outcome], helpers: Helpers = NO_HELPERS
    ) -> Outcome:
        """What the next answer comes to; late: what it comes to that there is none in time."""
        if not self.alive:
            return Crashed("the process had already ended")
        try:
            return understood(self._next(late.limit, helpers))
        except Silent:
            self.close()
            return late
        except (Gone, *DECODE_ERRORS) as event:
            self.close()
            return Crashed(str(event) if isinstance(event, Gone) else "it sent something that is no answer")

    def _next(self, seconds: float, helpers: Helpers = NO_HELPERS) -> dict[str, Any]:
        """The next answer; what the process asks meanwhile is answered, too."""
        # The clock runs from here, although the request may have been sent long before: what the process does before
        # it has answered the last one is counted there. What it asks for on the way is within the same time.
        deadline = time.monotonic() + seconds
        reply = _replies(helpers)
        self._send_ahead()
        while True:
            answer: dict[str, Any] = self._process.receive(deadline - time.monotonic(), reply)
            number = answer.get("n") if isinstance(answer, dict) else None
            if type(number) is not int or number != self._answered + 1:
                raise Gone("it sent something that is no answer")
            if answer.get("is") != "ask":
                self._answered += 1
                self._held.popleft()
                return answer
            self._process.send(reply(answer))

    def _send_ahead(self) -> None:
        """Hand over what waits, as far as the process holds it, and one request in any case."""
        # Neither side waits to be told of each call by the other. But what a channel does not hold would block us here,
        # while the process blocks on an answer that nobody takes: so no more is on its way than always fits.
        frames: list[bytes] = []
        while self._waiting and self._may_send(self._waiting[0]):
            self._held.append(self._waiting.popleft())
            frames.append(self._held[-1].frame)
        if frames:
            self._process.send(b"".join(frames))

    def _may_send(self, request: Request) -> bool:
        if not self._held:
            return True
        # What has been asked with secret inputs could be told in the answer to a call whose answer is shown.
        if len(self._held) >= MOST_AHEAD or (request.is_secret and not all(held.is_secret for held in self._held)):
            return False
        return sum(len(held.frame) for held in self._held) + len(request.frame) <= self._process.holds


def _checked(answer: dict[str, Any], kind: str) -> dict[str, Any]:
    if answer.get("is") != kind:
        raise Gone("it sent something that is no answer")
    return answer


def _as_array(data: bytes) -> np.ndarray[Any, Any]:
    return np.frombuffer(data, dtype="|u1")


def _replies(helpers: Helpers) -> Reply:
    """How to answer what one call asks for, so many times. Raises Gone for a helper that is not offered."""
    allowance = iter(range(MOST_ASKED))

    def reply(asked: Mapping[str, Any]) -> bytes:
        if next(allowance, None) is None:
            raise Gone(f"it asked for more than {MOST_ASKED} answers of its helpers")
        name, args, spare = asked.get("name"), asked.get("args"), asked.get("spare")
        if not isinstance(name, str) or name not in helpers or not isinstance(args, tuple) or type(spare) is not int:
            raise Gone("it asked for something that is not offered")
        try:
            value = helpers[name](tuple(map(answers.inert, args)), min(max(spare, 0), len(args)))
            return wire.frame({"do": "answer", "value": value})
        except Exception as error:
            return wire.frame({"do": "refuse", "message": f"{type(error).__name__}: {error}"})

    return reply
