"""The process that student code runs in: bounded, with nothing on its standard files, serving one submission."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

from . import plotting_stubs
from .imports import OURS, KeptOut
from .serving import Channel, FileChannel, serve
from .submission import opening


def main() -> None:
    """Serve one submission over the standard files, in the directory that the parent chose."""
    channel = take_over_standard_files()
    memory_mb, cpu_seconds = sys.argv[2:]
    limit_resources(int(memory_mb), float(cpu_seconds))
    serve_as_main(channel)


def take_over_standard_files() -> FileChannel:
    """The pipes to the parent move to private numbers; what was 0, 1 and 2 becomes nothing to read or see."""
    channel = FileChannel(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return channel


def limit_resources(memory_mb: int, cpu_seconds: float) -> None:
    """Bound this process where the system can; it applies to whatever it starts, too."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    bounds = {
        resource.RLIMIT_AS: memory_mb * 2**20,
        resource.RLIMIT_CPU: int(cpu_seconds) + 1,
        resource.RLIMIT_FSIZE: 64 * 2**20,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue


def serve_as_main(channel: Channel, kept_out: Collection[str] = OURS) -> None:
    """Serve in a process where the student's is the main program and the working directory comes first."""
    sys.path.insert(0, str(Path.cwd()))
    sys.meta_path.insert(0, KeptOut(kept_out))
    plotting_stubs.install()
    sys.modules["__main__"] = ModuleType("__main__")
    serve(channel, opening)
