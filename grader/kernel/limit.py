"""Stops a call that takes too long, within the process that makes it.

In the main thread of Linux and macOS an interval timer sends SIGALRM, which also wakes a sleep. On Windows, and in
any other thread, a watchdog thread asks the interpreter to raise in the caller. Both act between two steps of Python:
a single long call into compiled code ends first. Both come again while the call goes on, since code with a bare
`except:` may have caught them.
"""

from __future__ import annotations

import ctypes
import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Protocol

AGAIN_SECONDS = 0.2


class TooLong(BaseException):
    """Raised in a call whose time is over; no Exception, so that `except Exception` does not swallow it."""


class Limit(Protocol):
    """Used in a with statement around the call; fired says afterwards whether the time was over."""

    fired: bool

    def __enter__(self) -> Limit:
        """Start the clock."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop the clock and leave everything as it was."""


def limit(seconds: float) -> Limit:
    """A limit that works in the thread and on the system at hand."""
    has_timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return AlarmLimit(seconds) if has_timer else WatchdogLimit(seconds)


class AlarmLimit:
    """By the process's interval timer; one that the student's code has set goes on afterwards."""

    def __init__(self, seconds: float) -> None:
        """Take the time allowed, in seconds of wall clock."""
        self.fired = False
        self._seconds = seconds
        self._active = False
        self._handler: Any = None
        self._timer = (0.0, 0.0)

    def __enter__(self) -> AlarmLimit:
        """Start the clock."""
        self._handler = signal.signal(signal.SIGALRM, self._fire)
        self._active = True
        self._timer = signal.setitimer(signal.ITIMER_REAL, self._seconds, AGAIN_SECONDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop the clock, and put back the timer and the handler that were there."""
        self._active = False
        signal.setitimer(signal.ITIMER_REAL, *self._timer)
        signal.signal(signal.SIGALRM, self._handler)

    def _fire(self, number: int, frame: FrameType | None) -> None:
        if self._active:  # one that was on its way when the call ended hits nobody
            self.fired = True
            raise TooLong


class WatchdogLimit:
    """By a thread that waits, and then has the interpreter raise in the thread that is watched."""

    def __init__(self, seconds: float) -> None:
        """Take the time allowed, in seconds of wall clock."""
        self.fired = False
        self._seconds = seconds
        self._caller = ctypes.c_ulong(threading.get_ident())
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._watchdog = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> WatchdogLimit:
        """Start the clock."""
        self._watchdog.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop the clock, and take back what has not been raised yet."""
        with self._lock:
            self._over.set()
            if self.fired:
                self._raise_in_caller(None)

    def _watch(self) -> None:
        seconds = self._seconds
        while not self._over.wait(seconds):
            seconds = AGAIN_SECONDS
            with self._lock:
                if not self._over.is_set():
                    self.fired = True
                    self._raise_in_caller(TooLong)

    def _raise_in_caller(self, error: type[BaseException] | None) -> None:
        raised = ctypes.py_object(error) if error else ctypes.c_void_p()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._caller, raised)
