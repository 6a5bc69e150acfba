"""Strict isolation: every submission in a process that is forked from a warm one and confined before it reads a byte.

A host that cannot keep what is promised is refused, with what is missing; there is no quiet step down.
"""

from __future__ import annotations

import select
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, TypeVar

import numpy as np

from ...model.errors import GraderError, GraderFault
from .. import wire
from ..layers import LAYERS, PROMISES, broken_promises
from ..packages import imported_ahead, wanted
from .process import Gone, Job, Reply, Silent, ending
from .zygotes import Ended, LostZygote, Zygote

READY_SECONDS = 20.0
SEND_TIMEOUT = struct.pack("ll", 20, 0)  # seconds and microseconds, as the kernel reads them
READ_AHEAD = 65536  # most answers come whole, so one call to the system takes one
LAST_BREATH_SECONDS = 0.5  # between the end of its channel and of the process, so that its own ending is seen
T = TypeVar("T")
EVERY_LAYER = tuple(layer.name for layer in LAYERS)


class NotStrict(GraderError):
    """This host cannot keep what strict isolation promises; the message says what, and what to do."""


class StrictRunner:
    """Starts a confined process per submission; may be used by several threads, each with a zygote of its own.

    layers: the names of those that hold here. refused: why the others do not.
    """

    is_for_strangers = True

    def __init__(
        self, layers: Collection[str] = EVERY_LAYER, promised: bool = True, allowed: Collection[str] = ()
    ) -> None:
        """Start a first zygote, which finds out what of the layers holds here.

        allowed: the packages that student code may have, the usual ones if there are none named.
        Raises NotStrict if that keeps less than what is promised or a package cannot be shown, GraderFault if no
        zygote starts.
        """
        self._packages = wanted(allowed), imported_ahead(allowed)
        first = Zygote(layers, *self._packages)
        self.layers, self.refused = first.held, first.refused
        self._idle = [first]
        self._lock = threading.Lock()
        broken = broken_promises(self.layers) if promised else []
        if broken:
            self.close()
            raise NotStrict(_advice(broken, self.refused))
        if allowed and (first.absent or first.not_shown):
            self.close()
            raise NotStrict(_about_packages(first.absent, first.not_shown))

    def start(self, job: Job) -> StrictProcess:
        """A process ready to be asked. Raises GraderFault where none can be started; then all zygotes are replaced."""
        zygote = self._take()
        try:
            return StrictProcess(zygote, job, self._give_back)
        except (LostZygote, Gone, Silent, OSError) as error:
            zygote.close()
            self.close()
            raise GraderFault(f"the sandbox could not be started: {error}") from error

    def close(self) -> None:
        """End every idle zygote."""
        with self._lock:
            idle, self._idle = self._idle, []
        for zygote in idle:
            zygote.close()

    def _take(self) -> Zygote:
        while idle := self._popped():
            if idle.is_ready():
                return idle
        zygote = Zygote(self.layers, *self._packages)
        if zygote.held != self.layers:
            zygote.close()
            raise GraderFault(f"of the sandbox's layers there hold no longer: {zygote.refused}")
        return zygote

    def _popped(self) -> Zygote | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, zygote: Zygote) -> None:
        with self._lock:
            self._idle.append(zygote)


def _advice(broken: list[str], refused: dict[str, str]) -> str:
    needed = frozenset().union(*(way for promise in broken for way in PROMISES[promise]))
    reasons = "; ".join(f"{name} ({reason})" for name, reason in refused.items() if name in needed)
    return (
        f"strict isolation cannot promise {' or '.join(broken)} on this host, which refuses: {reasons}. "
        "Grade on another Linux host or in the container that docs/security.md describes; "
        "for code that you trust there is --isolation basic"
    )


def _about_packages(absent: Collection[str], not_shown: Mapping[str, str]) -> str:
    reasons = [f"{name}, which is not installed" for name in absent]
    reasons += [f"{name}: {reason}" for name, reason in not_shown.items()]
    return (
        f"student code cannot be given what the assignment's allowed_imports name: {'; '.join(reasons)}. "
        f"Install it for {sys.executable}, or take it from allowed_imports"
    )


class StrictProcess:
    """A confined process, reached over a socket of its own."""

    holds = 32768  # well below what a socket does

    def __init__(self, zygote: Zygote, job: Job, give_back: Callable[[Zygote], None]) -> None:
        """Have it forked, and wait until it is confined.

        Raises LostZygote, Gone, Silent or OSError, all before the first byte of the student's is sent.
        """
        self._zygote: Zygote | None = zygote
        self._layers, self._job = zygote.held, job
        self._give_back = give_back
        self._ending = "it closed its channel to the grader"
        self._read_ahead = bytearray()
        self._channel, theirs = socket.socketpair()
        self._channel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, SEND_TIMEOUT)
        self._arrival = select.poll()
        self._arrival.register(self._channel, select.POLLIN)
        with theirs:
            zygote.fork(theirs)
        self.send(wire.frame(_order(job)))
        said = self.receive(READY_SECONDS)
        if said != {"is": "ready"}:
            raise LostZygote(f"a layer does not hold: {said}")

    def send(self, data: bytes) -> None:
        """Hand a frame over. Raises Gone where the process does not take it."""
        try:
            self._channel.sendall(data)
        except OSError as error:
            raise Gone(self._last_words()) from error

    def receive(self, seconds: float, reply: Reply | None = None) -> Any:
        """The next message. Raises Silent when the time is over, Gone when there will be none."""
        deadline = time.monotonic() + seconds
        try:
            return wire.read_frame(partial(self._exactly, deadline=deadline))
        except TimeoutError:
            raise Silent(f"nothing came within {seconds:g} s") from None
        except wire.WireError as error:
            raise Gone(str(error)) from error
        except (EOFError, OSError) as error:
            raise Gone(self._last_words()) from error

    def kill(self) -> None:
        """End the process and everything that it started; harmless when it has ended."""
        self._ended(Zygote.end_soon)

    def _exactly(self, size: int, deadline: float) -> bytes:
        while len(self._read_ahead) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not self._arrival.poll(1e3 * left):
                raise TimeoutError
            part = self._channel.recv(min(max(size - len(self._read_ahead), READ_AHEAD), 2**20))
            if not part:
                raise EOFError
            self._read_ahead += part
        data = bytes(self._read_ahead[:size])
        del self._read_ahead[:size]
        return data

    def _last_words(self) -> str:
        """How the process ended, which is waited for. Raises GraderFault where that was not the student's doing."""
        if self._zygote is not None:
            ended = self._ended(lambda zygote: zygote.end(LAST_BREATH_SECONDS))
            if ended is None:
                raise GraderFault("the process that it was forked from has ended")
            if self._is_disturbance(ended):
                raise GraderFault("the process was ended from outside, or the machine has run out of memory")
            if ended.by_itself:
                self._ending = ending(ended.code)
        return self._ending

    def _is_disturbance(self, ended: Ended) -> bool:
        """Whether somebody else killed it: the first process of a pid namespace cannot do so itself."""
        is_killed = ended.by_itself and ended.code == -signal.SIGKILL and "pid" in self._layers
        return is_killed and ended.seconds < _cpu_seconds(self._job) - 1 and not self._job.is_last_try

    def _ended(self, end: Callable[[Zygote], T]) -> T | None:
        """Have the process ended once, and hand its zygote on; one that does not do as told is replaced."""
        zygote, self._zygote = self._zygote, None
        self._channel.close()
        if zygote is None:
            return None
        try:
            result = end(zygote)
        except LostZygote:
            zygote.close()
            return None
        self._give_back(zygote)
        return result


def _order(job: Job) -> dict[str, Any]:
    """What a session is told before it is confined."""
    support = {name: np.frombuffer(data, "|u1") for name, data in job.support.items()}
    return {"support": support, "memory_mb": job.limits.memory_mb, "cpu_seconds": _cpu_seconds(job)}


def _cpu_seconds(job: Job) -> int:
    return int(job.limits.submission_seconds) + 1
