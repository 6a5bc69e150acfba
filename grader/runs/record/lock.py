"""One run at a time in a folder, by a lock of the operating system: it ends with the process that holds it."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType

from ...model import GraderError

FILE = ".lock"
FAR_OFF = 2**20  # what is locked on Windows cannot be read, so it must not be the line that says who holds it


class Lock:
    """Holds a folder until it is left, or until this process ends in whatever way."""

    def __init__(self, folder: Path) -> None:
        """Take it. Raises GraderError if another run has it, OSError if the folder cannot be written to."""
        self._file = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._file)
        except OSError as error:
            holder = os.read(self._file, 100).decode("ascii", "replace").strip()
            os.close(self._file)
            raise GraderError(f"{folder}: another run ({holder}) is writing there; wait for it, or end it") from error
        with contextlib.suppress(OSError):  # on a full disk it is held all the same, namelessly
            os.ftruncate(self._file, 0)
            os.write(self._file, f"process {os.getpid()}\n".encode())

    def __enter__(self) -> Lock:
        """Use it in a with statement."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the next run in."""
        self.release()

    def release(self) -> None:
        """Let the next run in; the file stays, since removing it would let two in."""
        with contextlib.suppress(OSError):
            os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, FAR_OFF, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
