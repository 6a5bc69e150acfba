"""Starts the process of basic isolation. Light, so that it can run ahead while the grader still imports."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

START = Path(__file__).parents[1] / "start.py"
# One thread for the mathematics, and the same order of everything each time.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
FOR_STUDENT_CODE = {
    **dict.fromkeys(THREADS, "1"),
    **{"JOBLIB_MULTIPROCESSING": "0", "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "LANG": "C.UTF-8"},
}
MEMORY_MB, SUBMISSION_SECONDS = 2048, 30.0  # what most assignments leave as it is


@dataclass(frozen=True, slots=True)
class Launched:
    """A Python that waits for its first request, in a scratch directory of its own, and the limits that it got."""

    popen: subprocess.Popen[bytes]
    directory: Path
    memory_mb: int
    seconds: float


def launch(memory_mb: int = MEMORY_MB, seconds: float = SUBMISSION_SECONDS) -> Launched:
    """A process that serves one submission. Raises OSError where none can be started."""
    directory = Path(tempfile.mkdtemp(prefix="grader-"))
    popen = subprocess.Popen(
        [sys.executable, "-P", "-S", "-B", str(START), "guest.main", str(memory_mb), str(2 * seconds), *folders()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=directory,
        env=_environment(),
        start_new_session=True,
    )
    return Launched(popen, directory, memory_mb, seconds)


def folders() -> list[str]:
    """Where packages may be installed, NumPy's own place first. None is imported to find out."""
    numpy = find_spec("numpy")
    first = [str(Path(numpy.origin).parents[1])] if numpy and numpy.origin else []
    return [*first, *(entry for entry in sys.path if entry and Path(entry).is_dir())]


def end(launched: Launched) -> None:
    """End the process and its group, and remove its directory; harmless when that has been done."""
    if not launched.directory.exists():
        return  # its number may be another process's by now
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(launched.popen.pid, signal.SIGKILL)
    launched.popen.kill()
    launched.popen.wait()
    if launched.popen.stdin is not None:
        with contextlib.suppress(OSError):
            launched.popen.stdin.close()
    shutil.rmtree(launched.directory, ignore_errors=True)


def _environment() -> dict[str, str]:
    """What NumPy and Python need to start, one thread for the mathematics, and nothing of the user's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "USERPROFILE") if name in os.environ}
    return kept | FOR_STUDENT_CODE
