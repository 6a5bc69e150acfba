"""What grading takes for a process: the student's functions, called in its own thread, over the same wire.

They run in the thread that called `check`, which is where they run otherwise and where a system's alarm can stop them.
Nothing needs a process, a second thread or a signal, so a check works wherever Python does.
"""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import numpy as np

from ...sandbox import Job, wire
from ...sandbox.guest.answers import Printed
from ...sandbox.guest.serving import Connection, answered
from ...sandbox.host.process import Gone, Reply, Silent
from .live import LiveFunctions
from .state_guard import Namespace


class LiveRunner:
    """Starts nothing: its processes all answer from one namespace."""

    layers: tuple[str, ...] = ()
    is_for_strangers = False

    def __init__(self, namespace: Namespace, history: Sequence[str] = ()) -> None:
        """Take the namespace of the student's names, and the source of each executed cell by its number."""
        self._namespace, self._history = namespace, history

    def start(self, job: Job) -> LiveProcess:
        """Something to ask."""
        return LiveProcess(self._namespace, self._history, job)

    def close(self) -> None:
        """Nothing is kept ready."""


class LiveProcess:
    """Answers each request when its answer is asked for."""

    holds = 0

    def __init__(self, namespace: Namespace, history: Sequence[str], job: Job) -> None:
        """Take what `LiveFunctions` does."""
        self._channel = _DirectChannel()
        self._connection = Connection(self._channel)
        self._functions = LiveFunctions(namespace, history, job, self._connection.ask)
        self._printed = Printed()
        self._request = b""

    def send(self, data: bytes) -> None:
        """Keep the request until its time limit is known."""
        self._request = data

    def receive(self, seconds: float, reply: Reply) -> Any:
        """The answer. Raises Silent if it took longer, Gone if it asked for what is not offered."""
        self._channel.reply = reply
        self._functions.seconds = seconds
        started = time.perf_counter()
        request = _message(self._request)  # its arguments are copies
        self._connection.number += 1
        # What the student's code sets for NumPy and for warnings must not reach the grader, which shares the thread.
        with np.errstate(), warnings.catch_warnings(), redirect_stdout(self._printed), redirect_stderr(self._printed):
            warnings.simplefilter("default")
            is_opening = request["do"] == "open"
            answer = self._functions.opened() if is_opening else answered(self._functions, request)
        if self._functions.was_too_long:
            raise Silent(f"nothing came within {seconds:g} s")
        if self._channel.refused:
            raise self._channel.refused
        self._connection.send(answer, self._printed.take(), time.perf_counter() - started)
        return _message(self._channel.sent)

    def kill(self) -> None:
        """There is no process to end; a call that took too long has been stopped by its own limit."""


class _DirectChannel:
    """The guest's way to grading, which waits for it further up the same stack: what is asked is answered at once."""

    def __init__(self) -> None:
        self.sent = b""
        self.reply: Reply = bytes
        self.refused: Gone | None = None

    def write(self, data: bytes) -> None:
        self.sent = bytes(data)

    def receive(self) -> Any:
        try:
            return _message(self.reply(_message(self.sent)))
        except Gone as error:
            self.refused = error
            raise


def _message(data: bytes) -> Any:
    return wire.read_frame(io.BytesIO(data).read)
