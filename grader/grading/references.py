"""Who computes with the reference for a student's process: the grader itself, or a process that is bounded.

What the reference is asked for may take more memory and time than anything that it was written for. Where strangers'
code runs, it is asked in a process with limits of its own, which is started when it is first needed and outlives the
submission.
"""

from __future__ import annotations

import contextlib
import copy
import json
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ..model import GraderFault
from ..sandbox import wire

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise

MEMORY_MB = 512  # beyond what the process holds once the assignment is loaded
SECONDS = 2.0
START_SECONDS = 60.0

Args = tuple[object, ...]


class References(Protocol):
    """The solutions of an assignment's exercises."""

    def prepare(self) -> None:
        """Get ready, so that no call of a student's function has to wait for it. Raises GraderFault if it cannot."""

    def answer(self, exercise: Exercise, args: Args) -> object:
        """What the exercise's solution returns. Raises ValueError if it does not, or not within its limits."""


class InProcess:
    """The references of this process."""

    def prepare(self) -> None:
        """They are ready."""

    def answer(self, exercise: Exercise, args: Args) -> object:
        """What the exercise's solution returns. Raises ValueError if it does not."""
        assert exercise.solution is not None
        try:
            with np.errstate(all="ignore"):
                return exercise.solution(*copy.deepcopy(args))
        except Exception as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error


class Bounded:
    """The references of an assignment's folder, in a process of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Start the process, if none runs. Raises GraderFault if it does not start."""
        with self._lock:
            self._running()

    def answer(self, exercise: Exercise, args: Args) -> object:
        """What the exercise's solution returns. Raises ValueError if it does not, or not within its limits."""
        with self._lock:
            process = self._running()
            try:
                reply = _asked(process, {"name": exercise.name, "args": args}, SECONDS)
            except (OSError, EOFError, wire.WireError) as error:
                self._process = None
                _end(process)
                raise ValueError("it takes too long, or too much memory") from error
        if "error" in reply:
            raise ValueError(reply["error"])
        return reply["value"]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = _started(self._folder)
            weakref.finalize(self, _end, self._process)
        return self._process


def _started(folder: Path) -> subprocess.Popen[bytes]:
    """A process that has loaded the assignment. Raises GraderFault if it does not start."""
    code = f"import sys; sys.path[:] = {json.dumps(sys.path)}; from {__name__} import serve; serve()"
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", code, str(folder), str(MEMORY_MB)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | threads,
    )
    try:
        _asked(process, {"name": ""}, START_SECONDS)
    except (OSError, EOFError, wire.WireError) as error:
        _end(process)
        raise GraderFault("the process that computes with the reference does not start") from error
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _asked(process: subprocess.Popen[bytes], request: Mapping[str, object], seconds: float) -> dict[str, Any]:
    """The reply to a request. Raises TimeoutError, another OSError, EOFError or WireError if there is none."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(wire.frame(request))
    process.stdin.flush()
    number, deadline = process.stdout.fileno(), time.monotonic() + seconds

    def exactly(size: int) -> bytes:
        data = b""
        while len(data) < size:
            ready, _, _ = select.select([number], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                raise TimeoutError
            more = os.read(number, size - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    return wire.read_frame(exactly)


def serve() -> None:
    """Answer one request after another, until there are none any more."""
    from ..assignment.catalogue import load  # noqa: PLC0415 - needed in this process alone

    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    exercises = {exercise.name: exercise for exercise in load(sys.argv[1]).exercises}
    _limit_memory(int(sys.argv[2]))
    references = InProcess()
    while request := _request(incoming):
        reply: dict[str, object] = {"value": None}
        if request["name"]:
            try:
                reply = {"value": references.answer(exercises[request["name"]], request["args"])}
            except (ValueError, MemoryError) as error:
                reply = {"error": str(error)[:1000]}
        outgoing.write(_framed(reply))
        outgoing.flush()


def _request(incoming: Any) -> dict[str, Any] | None:
    def exactly(size: int) -> bytes:
        data: bytes = incoming.read(size)
        if len(data) < size:
            raise EOFError
        return data

    try:
        return wire.read_frame(exactly)
    except EOFError:
        return None


def _framed(reply: Mapping[str, object]) -> bytes:
    try:
        return wire.frame(reply)
    except wire.WireError as error:
        return wire.frame({"error": str(error)})


def _limit_memory(more_mb: int) -> None:
    """As much more as is given beyond what there is now, where the system can say so."""
    try:
        import resource  # noqa: PLC0415 - not on Windows

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        bound = pages * resource.getpagesize() + more_mb * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    except (ImportError, OSError, ValueError):
        return
