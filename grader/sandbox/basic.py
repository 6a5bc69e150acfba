"""Basic isolation: a plain process with limits, on any system. Fine for one's own code, not for strangers'."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from ..model import GraderFault
from . import wire
from .ending import in_words
from .session import Gone, Job, Silent

CHILD = Path(__file__).with_name("child.py")


class BasicRunner:
    """Starts a new Python for every submission."""

    layers: tuple[str, ...] = ("process", "rlimits")

    def start(self, job: Job) -> BasicProcess:
        """A process in a scratch directory of its own. Raises GraderFault where none can be started."""
        try:
            return BasicProcess(job)
        except OSError as error:
            raise GraderFault(f"no process could be started: {error}") from error


class BasicProcess:
    """A Python of its own, reached through its standard input and output."""

    def __init__(self, job: Job) -> None:
        """Start it beside copies of the support files."""
        self._directory = tempfile.mkdtemp(prefix="grader-")
        for name, path in job.support.items():
            shutil.copy(path, Path(self._directory, name))
        limits = job.limits
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-B", str(CHILD), str(limits.memory_mb), str(2 * limits.submission_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._directory,
            env=_environment(),
            start_new_session=True,
        )
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

    def receive(self, seconds: float) -> Any:
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
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.kill()
        self._popen.wait()
        shutil.rmtree(self._directory, ignore_errors=True)

    def _listen(self) -> None:
        """Read frames until there are none; a thread, because not every system can wait on a pipe with a limit."""
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
        return in_words(code)


def _environment() -> dict[str, str]:
    """What NumPy and Python need to start, one thread for the mathematics, and nothing of the user's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "USERPROFILE") if name in os.environ}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return kept | threads | {"PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "LANG": "C.UTF-8"}
