"""The parent's side of a zygote: starts it with nothing in its environment, and tells it what to do."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...model.errors import GraderFault
from .launch import FOR_STUDENT_CODE, START, folders

START_SECONDS = 60.0
ANSWER_SECONDS = 20.0
LARGEST_MESSAGE = 65536


class LostZygote(Exception):
    """The zygote does not do as it is told, or is no more."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a session ended: its exit code or negative signal, without being told or not, and its processor time in s."""

    code: int
    by_itself: bool
    seconds: float


class Zygote:
    """A warm process to fork confined ones from, one at a time.

    held: the layers that it found to hold. refused: why others do not. absent: packages that are not installed.
    not_shown: those that are, and why student code may not have them.
    """

    def __init__(self, layers: Collection[str], packages: Sequence[str], ahead: Sequence[str] = ()) -> None:
        """Start it and wait until it is warm. Raises GraderFault if that fails.

        packages: what student code may import. ahead: what of it no session should have to import itself.
        """
        home = Path(tempfile.mkdtemp(prefix="grader-"))
        home.chmod(0o755)
        scratch = home / "work"  # what may be done in it is said of the directory above, which holds nothing else
        scratch.mkdir()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control, self._is_ending = ours, False
        with theirs:
            self._popen = _started(theirs, str(scratch))
        self.close = weakref.finalize(self, _put_away, ours, self._popen, str(home))
        try:
            self._control.settimeout(START_SECONDS)
            about = {"packages": packages, "ahead": ahead, "folders": folders()}
            found = self._ask({"layers": list(layers), "scratch": str(scratch), **about})
        except LostZygote as error:
            self.close()
            raise GraderFault(f"the sandbox did not start: {error}") from error
        self._control.settimeout(ANSWER_SECONDS)
        self.held, self.refused = tuple(found["held"]), dict(found["refused"])
        self.absent, self.not_shown = tuple(found["absent"]), dict(found["not_shown"])

    def fork(self, channel: socket.socket) -> None:
        """Have a session forked that speaks over this socket. Raises LostZygote."""
        self._ask({"do": "start"}, channel.fileno())

    def end(self, patience: float) -> Ended:
        """End the session, unless it does so by itself within the seconds given. Raises LostZygote."""
        ended = self._ask({"do": "end", "patience": patience})
        return Ended(int(ended["code"]), bool(ended["by_itself"]), float(ended["seconds"]))

    def end_soon(self) -> None:
        """Have the session ended, without waiting for it; `is_ready` does. Raises LostZygote."""
        self._tell({"do": "end", "patience": 0})
        self._is_ending = True

    def is_ready(self) -> bool:
        """Whether it does as told so far, so that the next session can be forked; one that does not is ended."""
        try:
            if self._is_ending:
                self._hear()
        except LostZygote:
            self.close()
            return False
        self._is_ending = False
        return True

    def _ask(self, request: dict[str, Any], *descriptors: int) -> dict[str, Any]:
        self._tell(request, *descriptors)
        return self._hear()

    def _tell(self, request: dict[str, Any], *descriptors: int) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], descriptors)
        except OSError as error:
            raise LostZygote(f"the zygote does not listen: {error}") from error

    def _hear(self) -> dict[str, Any]:
        try:
            answer = self._control.recv(LARGEST_MESSAGE)
        except OSError as error:
            raise LostZygote(f"the zygote does not answer: {error}") from error
        if not answer:
            raise LostZygote("the zygote has ended")
        fields: dict[str, Any] = json.loads(answer)
        if "fault" in fields:
            raise LostZygote(fields["fault"])
        return fields


def _started(control: socket.socket, scratch: str) -> subprocess.Popen[bytes]:
    """A Python that sees of the command line, the environment and this process's files nothing but the socket."""
    places = {"HOME": scratch, "TMPDIR": scratch, "PATH": "/usr/bin:/bin"}
    try:
        return subprocess.Popen(
            [sys.executable, "-s", "-P", "-S", "-B", str(START), "zygote.main"],
            stdin=control.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=FOR_STUDENT_CODE | places,
            start_new_session=True,
        )
    except OSError as error:
        raise GraderFault(f"the sandbox did not start: {error}") from error


def _put_away(control: socket.socket, popen: subprocess.Popen[bytes], home: str) -> None:
    """Hang up, which ends the zygote and its family, and leave nothing behind."""
    control.close()
    try:
        popen.wait(timeout=ANSWER_SECONDS)
    except subprocess.TimeoutExpired:
        popen.kill()
        popen.wait()
    shutil.rmtree(home, ignore_errors=True)
