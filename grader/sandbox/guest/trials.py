"""Statements that are run on trial: they may change what a function reads, and it may also do without them."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import CodeType
from typing import Any

SECONDS = 0.5  # for all that one function has


class Trials:
    """Runs statements within a time that they share; one that fails, or takes too long, is passed over."""

    def __init__(self) -> None:
        self._left = SECONDS

    def run(self, code: CodeType, namespace: dict[str, Any]) -> None:
        """Run a statement until it ends or the time is over, as if the cell were interrupted."""
        if self._left <= 0:
            return
        started = time.monotonic()
        with suppress(BaseException), _interrupted_after(self._left):
            exec(code, namespace)
        self._left -= time.monotonic() - started


class _TimeIsOver(BaseException):
    """Raised in the midst of a statement."""


@contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    """Only if the system has such a timer; without one the limit of the call ends it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise _TimeIsOver

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
