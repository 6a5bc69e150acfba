"""^C reaches every process of a terminal; only the one that a person started is to answer it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def children_deaf() -> Iterator[None]:
    """Processes that are started meanwhile do not hear ^C, from their first moment on; here it is heard afterwards."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # else multiprocessing starts it meanwhile, and ^C is heard again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
