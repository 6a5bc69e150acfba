"""The process that student code runs in: bounded, with nothing on its standard files, serving one submission."""

from __future__ import annotations

import os
import sys
from typing import Any

from .. import packages


def main() -> None:
    """Serve one submission over the standard files, in the directory that the parent chose."""
    memory_mb, cpu_seconds, *folders = sys.argv[2:]
    show(packages.USUAL[:1], folders)
    # The rest of this room needs NumPy, which is there from here on.
    from .functions import Ask  # noqa: PLC0415
    from .imports import be_the_main_program  # noqa: PLC0415
    from .serving import FileChannel, Request, serve  # noqa: PLC0415
    from .submission import opening  # noqa: PLC0415

    def opened(request: Request, ask: Ask) -> Any:
        show(packages.wanted(request["allowed"]), folders)
        return opening(request, ask)

    incoming, outgoing = take_over_standard_files()
    limit_resources(int(memory_mb), float(cpu_seconds))
    be_the_main_program()
    serve(FileChannel(os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb")), opened)


def show(names: tuple[str, ...], folders: list[str]) -> None:
    """Let these packages be imported, and what they need, but nothing else from the folders that they lie in."""
    sys.meta_path.append(packages.PackageFinder(packages.found(names, folders)))


def take_over_standard_files() -> tuple[int, int]:
    """The pipes to the parent move to private numbers; what was 0, 1 and 2 becomes nothing to read or see."""
    private = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return private


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
