"""How worker processes are started: each on a core of its own, without the caller's main module, deaf to ^C."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from types import ModuleType


def cores_for(jobs: int) -> list[int | None]:
    """A core for each of so many workers, or None for each if the cores would not be shared evenly.

    A worker takes turns with its sandbox, and waking one another across cores takes longer than a call.
    """
    cores = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
    return [cores[number % len(cores)] if cores and jobs % len(cores) == 0 else None for number in range(jobs)]


def keep_to(core: int | None) -> None:
    """Keep this thread and all that it starts on a core, if there is one to keep to.

    Batch scheduling lets a process that was woken wait for the one that runs, so that answers are taken many at a time.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        if core is not None:
            os.sched_setaffinity(0, {core})


@contextmanager
def spawning() -> Iterator[None]:
    """Processes that are started meanwhile know nothing of the caller's main module, and never hear ^C."""
    # multiprocessing imports the main module again in every process. Workers need nothing of it, and a program without
    # `if __name__ == "__main__"` would run from its top in each of them.
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        with _interrupts_held():
            yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Block ^C, which children inherit for good; this process hears it afterwards.

    ^C reaches every process of a terminal, but only the one that a person started should answer it.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # multiprocessing would start it meanwhile, and it unblocks ^C
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
