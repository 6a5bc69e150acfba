"""Calling a reference, or a wrong version of it, on inputs: within a time limit, quietly, on copies."""

from __future__ import annotations

import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import numpy as np

from ..judging.comparison import compare
from ..judging.tolerance import Tolerance
from ..model import Arguments
from ..model.values import numbers

Function = Callable[..., object]
CALL_SECONDS = 2.0


class TooLong(BaseException):
    """A call ran over its time; no `except Exception` on the way holds it up."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TooLong when the time is over: on systems that have timers, in the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def quietly() -> Iterator[None]:
    """What overflows or warns does so without a word."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def differs(tolerance: Tolerance, function: Function, args: Arguments, expected: object) -> bool:
    """Whether a student who hands in this function loses points for these inputs, as the exercise is measured."""
    try:
        with time_limit(CALL_SECONDS):
            answer = args.given_to(function)
    except (Exception, TooLong):
        return True
    return compare(expected, answer, tolerance, inputs=args) is not None


def sound_answer(function: Function, args: Arguments) -> object | None:
    """The answer where the inputs make sense to the function, else None: it raises, warns, or is not finite."""
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            answer = args.given_to(function)
    except Exception:
        return None
    return answer if all(np.isfinite(array).all() for array in numbers(answer)) else None
