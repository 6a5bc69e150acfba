"""Stops a call that takes too long, within the process that makes it.

In the main thread of Linux and macOS an interval timer sends SIGALRM, which also wakes a sleep. On Windows, and in
any other thread, a watchdog thread asks the interpreter to raise in the caller. Both act between two steps of Python:
a single long call into compiled code ends first. Both come again while the call goes on, since code with a bare
`except:` may have caught them.
"""

from __future__ import annotations

import contextlib
import ctypes
import signal
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import FrameType
from typing import Any

AGAIN_SECONDS = 0.2
LEAST_SECONDS = 0.001


class TooLong(BaseException):
    """Raised in a call whose time is over; no Exception, so that `except Exception` does not swallow it."""


class Limit(ABC):
    """A limit for one call; fired says afterwards whether its time was over, whatever came of it."""

    def __init__(self, seconds: float) -> None:
        """Take the time allowed, in seconds of wall clock."""
        self.seconds = max(seconds, LEAST_SECONDS)
        self.fired = False
        self.running = False

    def call(self, function: Callable[..., Any], *args: Any, **by_name: Any) -> Any:
        """What the function returns. Raises what it raises, or TooLong."""
        try:
            self.start()
            try:
                return function(*args, **by_name)
            finally:
                self._stop_surely()
        finally:
            self._stop_surely()

    def _stop_surely(self) -> None:
        """Stop the clock, although its time may run out within this very line, and within the next attempt."""
        while self.running:
            with contextlib.suppress(TooLong):
                self.stop()

    @abstractmethod
    def start(self) -> None:
        """Start the clock."""

    @abstractmethod
    def stop(self) -> None:
        """Stop the clock, and leave everything as it was; may be done again where it was interrupted."""


def limit(seconds: float) -> Limit:
    """A limit that works in the thread and on the system at hand."""
    has_timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return AlarmLimit(seconds) if has_timer else WatchdogLimit(seconds)


class AlarmLimit(Limit):
    """By the process's interval timer; one that the student's code has set goes on afterwards."""

    def start(self) -> None:
        """Start the clock."""
        self._timer, self._handler = signal.getitimer(signal.ITIMER_REAL), signal.getsignal(signal.SIGALRM)
        self.running = True
        signal.signal(signal.SIGALRM, self._fire)
        signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN_SECONDS)

    def stop(self) -> None:
        """Stop the clock, and put back the timer and the handler that were there."""
        signal.setitimer(signal.ITIMER_REAL, *self._timer)
        signal.signal(signal.SIGALRM, self._handler)
        self.running = False

    def _fire(self, number: int, frame: FrameType | None) -> None:
        self.fired = True
        raise TooLong


class WatchdogLimit(Limit):
    """By a thread that waits, and then has the interpreter raise in the thread that is watched."""

    def start(self) -> None:
        """Start the clock."""
        self._caller = ctypes.c_ulong(threading.get_ident())
        self._over = threading.Event()
        self._lock = threading.Lock()
        self.running = True
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Stop the clock, and take back what has not been raised yet."""
        with self._lock:
            if self.fired and not self._over.is_set():
                self._raise_in_caller(None)
            self._over.set()
        self.running = False

    def _watch(self) -> None:
        seconds = self.seconds
        while not self._over.wait(seconds):
            seconds = AGAIN_SECONDS
            with self._lock:
                if not self._over.is_set():
                    self.fired = True
                    self._raise_in_caller(TooLong)

    def _raise_in_caller(self, error: type[BaseException] | None) -> None:
        raised = ctypes.py_object(error) if error else ctypes.c_void_p()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._caller, raised)
