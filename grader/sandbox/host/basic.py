"""Basic isolation: a plain process with limits, on any system. Fine for one's own code, not for strangers'."""

from __future__ import annotations

import queue
import subprocess
import threading
from typing import Any

from ...model.errors import GraderFault
from .. import wire
from .launch import Launched, end, launch
from .process import Gone, Job, Reply, Silent, ending


class BasicRunner:
    """Starts a new Python for every submission."""

    layers: tuple[str, ...] = ("process", "rlimits")
    is_for_strangers = False

    def __init__(self, ahead: Launched | None = None) -> None:
        """Take a process that has been started ahead for the first submission, if there is one."""
        self._ahead = ahead

    def start(self, job: Job) -> BasicProcess:
        """A process in a scratch directory of its own. Raises GraderFault where none can be started."""
        ahead, self._ahead = self._ahead, None
        try:
            return BasicProcess(job, ahead)
        except OSError as error:
            raise GraderFault(f"no process could be started: {error}") from error

    def close(self) -> None:
        """Nothing is kept ready."""


class BasicProcess:
    """A Python of its own, reached through its standard input and output."""

    holds = 0  # how much a pipe takes depends on the system

    def __init__(self, job: Job, ahead: Launched | None = None) -> None:
        """Start it beside copies of the support files, unless one with the same limits has been started ahead."""
        memory_mb, seconds = job.limits.memory_mb, job.limits.submission_seconds
        if ahead and (ahead.memory_mb, ahead.seconds) != (memory_mb, seconds):
            end(ahead)
            ahead = None
        self._launched = ahead or launch(memory_mb, seconds)
        self._popen = self._launched.popen
        for name, data in job.support.items():
            file = self._launched.directory / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        self._messages: queue.Queue[Any] = queue.Queue(maxsize=1)
        threading.Thread(target=self._listen, daemon=True).start()

    def send(self, data: bytes) -> None:
        """Hand a frame over. Raises Gone where the process does not take it."""
        assert self._popen.stdin is not None
        try:
            self._popen.stdin.write(data)
            self._popen.stdin.flush()
        except (OSError, ValueError) as error:
            raise Gone(self._ending()) from error

    def receive(self, seconds: float, reply: Reply | None = None) -> Any:
        """The next message. Raises Silent when the time is over, Gone when there will be none."""
        try:
            message = self._messages.get(timeout=max(seconds, 0))
        except queue.Empty:
            raise Silent(f"nothing came within {seconds:g} s") from None
        if isinstance(message, Exception):
            raise Gone(str(message) if isinstance(message, wire.WireError) else self._ending()) from message
        return message

    def kill(self) -> None:
        """End the process and its group, and remove its directory."""
        end(self._launched)

    def _listen(self) -> None:
        """Read frames until there are none; a thread, because not every system can wait on a pipe with a limit."""
        assert self._popen.stdout is not None
        with self._popen.stdout:
            try:
                while True:
                    self._messages.put(wire.read_frame(self._exactly))
            except Exception as error:
                self._messages.put(error)

    def _exactly(self, size: int) -> bytes:
        assert self._popen.stdout is not None
        data = self._popen.stdout.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _ending(self) -> str:
        """How the process ended, in words."""
        try:
            code = self._popen.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "it closed its channel to the grader"
        return ending(code)
