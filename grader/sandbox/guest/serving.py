"""The protocol, on the side of student code: one request after another is answered until the channel closes.

Each message is a dict:

    do open     notebook, suffix, names, allowed        → is opened (what was found) or unreadable
    do load     name, helpers                           → is loaded, raised or missing
    do call     name, args, keywords, helpers, seed     → is returned, raised or missing
    do listing                                          → is listing (for `grader extract`)

The first request opens the notebook, and no other one does; whatever is out of turn is answered `is refused`. Every
answer says the number `n` of its request, which both sides count from 1. helpers are names whose functions the parent
answers for: while such a request runs, any number of `is ask` (name, args, spare) are sent, each answered by `do
answer` (value) or `do refuse` (message). spare: how many of the last arguments are defaults of the student's function.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from itertools import count
from typing import Any, BinaryIO, Protocol

from .. import wire
from .answers import Answer, Printed, raised
from .functions import Ask, Given

Request = dict[str, Any]
OUT_OF_TURN: Answer = {"is": "refused"}


class StudentFunctions(Protocol):
    """A student's functions, wherever they live."""

    def load(self, name: str, helpers: tuple[str, ...]) -> Answer:
        """Make one of them ready to be called, with stand-ins for some helpers."""

    def call(self, name: str, given: Given, helpers: tuple[str, ...], seed: int) -> Answer:
        """Call one that has been loaded."""

    def listing(self) -> Answer:
        """Everything that is known of them, for people and scripts."""


class Channel(Protocol):
    """The way to the parent."""

    def receive(self) -> Any:
        """The next message. Raises EOFError if there is none any more."""

    def write(self, data: bytes) -> None:
        """Send a frame."""


class FileChannel:
    """Two binary files, kept away from the numbers that student code expects."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self.incoming, self.outgoing = incoming, outgoing

    def receive(self) -> Any:
        """The next message. Raises EOFError if there is none any more."""
        return wire.read_frame(self._exactly)

    def write(self, data: bytes) -> None:
        """Send a frame."""
        self.outgoing.write(data)
        self.outgoing.flush()

    def _exactly(self, size: int) -> bytes:
        data = self.incoming.read(size)
        if len(data) < size:
            raise EOFError
        return data


class Connection:
    """The guest's end of the wire; number: of the request that is being answered."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.number = 0

    def receive(self) -> Any:
        """The next request. Raises EOFError if there is none any more."""
        return self._channel.receive()

    def send(self, answer: Answer, printed: str, seconds: float) -> None:
        """Answer the request; a value that cannot be sent is answered by the reason."""
        about = {"n": self.number, "printed": printed, "seconds": seconds}
        try:
            data = wire.frame(answer | about)
        except (wire.WireError, RecursionError, ValueError) as error:
            data = wire.frame(raised(error) | about)
        self._channel.write(data)

    def ask(self, name: str, args: tuple[Any, ...], spare: int) -> Any:
        """What the parent answers for a helper. Raises what it refuses with, and WireError for what cannot be sent."""
        asked = {"is": "ask", "n": self.number, "name": name, "args": tuple(args), "spare": spare}
        self._channel.write(wire.frame(asked))
        reply = self._channel.receive()
        if reply["do"] == "refuse":
            raise ValueError(f"{name}: {reply['message']}")
        return reply["value"]


Opening = Callable[[Request, Ask], tuple[StudentFunctions | None, Answer]]


def serve(channel: Channel, opening: Opening) -> None:
    """Answer requests until the channel closes. opening: takes the first one, and an `ask` for helpers."""
    connection, printed = Connection(channel), Printed()
    functions: StudentFunctions | None = None
    with redirect_stdout(printed), redirect_stderr(printed):
        for number in count(1):
            try:
                request = connection.receive()
            except EOFError:
                return
            started = time.perf_counter()
            connection.number = number
            if functions is None and request["do"] == "open":
                functions, answer = opening(request, connection.ask)
            else:
                answer = answered(functions, request) if functions else OUT_OF_TURN
            connection.send(answer, printed.take(), time.perf_counter() - started)


def answered(functions: StudentFunctions, request: Request) -> Answer:
    """The answer to any request but the one that opens the notebook."""
    match request["do"]:
        case "load":
            return functions.load(request["name"], request["helpers"])
        case "call":
            given = Given(request["args"], request["keywords"])
            return functions.call(request["name"], given, request["helpers"], request["seed"])
        case "listing":
            return functions.listing()
    return OUT_OF_TURN
