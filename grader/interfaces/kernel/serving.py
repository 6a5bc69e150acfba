"""Two threads instead of two processes: grading asks from one, the student's code answers in the other.

The functions run in the thread that called `check`, which is where they run otherwise and where a system's alarm can
stop them. Grading runs beside it and takes that thread for a process, over the same wire.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from ...sandbox import Job, wire
from ...sandbox.guest import child
from ...sandbox.host.session import Gone, Silent
from .live import Live
from .state_guard import Namespace

T = TypeVar("T")


class LiveRunner:
    """Starts nothing: its processes all answer from one namespace, in the thread that serves."""

    layers: tuple[str, ...] = ()

    def __init__(self, namespace: Namespace, history: Sequence[str] = ()) -> None:
        """Take the namespace of the student's names, and the source of each executed cell by its number."""
        self._namespace, self._history = namespace, history
        self.waiting: queue.SimpleQueue[LiveProcess | None] = queue.SimpleQueue()
        self.ended = False

    def start(self, job: Job) -> LiveProcess:
        """Something to ask, which answers when this runner's thread serves."""
        return LiveProcess(self, lambda channel: Live(self._namespace, self._history, job, channel))

    def close(self) -> None:
        """Nothing is kept ready."""

    def serve(self, ask: Callable[[], T]) -> T:
        """What `ask` returns, which runs in another thread while this one answers.

        Raises what `ask` raises, and KeyboardInterrupt where the user stops it.
        """
        result: Future[T] = Future()
        threading.Thread(target=self._asked, args=(ask, result), daemon=True).start()
        try:
            while (process := self.waiting.get()) is not None:
                process.work()
        finally:
            self.ended = True
        return result.result()

    def _asked(self, ask: Callable[[], T], result: Future[T]) -> None:
        try:
            result.set_result(ask())
        except BaseException as error:
            result.set_exception(error)
        finally:
            self.waiting.put(None)


class LiveProcess:
    """What grading takes for a process. Everything but `work` is called by grading's thread."""

    holds = 0

    def __init__(self, runner: LiveRunner, make: Callable[[Any], Live]) -> None:
        """Take the runner, in whose queue it waits to be served, and what makes the view of the namespace."""
        self._runner = runner
        self._requests: queue.SimpleQueue[tuple[bytes, float]] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self._sent = b""
        self._numbers = itertools.count(1)
        self._is_asking = False
        self._channel = _Channel(self)
        self._live = make(self._channel)

    def send(self, data: bytes) -> None:
        """Keep the request until its time limit is known."""
        self._sent = data

    def receive(self, seconds: float) -> Any:
        """The answer from the other thread. Raises Silent where it took longer, Gone where the user stopped it."""
        if self._runner.ended:
            raise Gone("the check was stopped")
        self._requests.put((self._sent, seconds))
        if not self._is_asking:
            self._runner.waiting.put(self)
        answer = self._answers.get()
        if isinstance(answer, Exception):
            raise answer
        message = wire.read_frame(io.BytesIO(answer).read)
        self._is_asking = message["is"] == "ask"
        return message

    def kill(self) -> None:
        """There is no process to end; a call that took too long has been stopped by its own limit."""

    def work(self) -> None:
        """Answer one request, in the thread that runs the student's code."""
        try:
            self._channel.send(self._answered())
        except _TookTooLong:
            self._answers.put(Silent("nothing came within the limit"))
        except BaseException:
            self._answers.put(Gone("the check was stopped"))
            raise

    def next_request(self) -> Any:
        """What grading sent; its arguments are copies."""
        data, self._live.seconds = self._requests.get()
        return wire.read_frame(io.BytesIO(data).read)

    def answer(self, data: bytes) -> None:
        """Hand a frame to grading."""
        self._answers.put(bytes(data))

    def _answered(self) -> child.Answer:
        started, live = time.perf_counter(), self._live
        request, number = self.next_request(), next(self._numbers)
        with contextlib.redirect_stdout(live.printed), contextlib.redirect_stderr(live.printed):
            answer = live.opened() if request["do"] == "open" else child.answered(live, request, number)
        if live.was_too_long:
            raise _TookTooLong
        seconds = time.perf_counter() - started
        return answer | {"n": number, "printed": live.printed.take(), "seconds": seconds}


class _TookTooLong(Exception):
    """The student's function was stopped."""


class _Channel(child.Channel):
    """The child's end of the wire, over queues."""

    def __init__(self, process: LiveProcess) -> None:
        self._process = process

    def receive(self) -> Any:
        return self._process.next_request()

    def write(self, data: bytes) -> None:
        self._process.answer(data)
