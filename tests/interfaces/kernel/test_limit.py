"""A call that takes too long is stopped, in every thread, and nothing of the limit is left behind."""

import contextlib
import signal
import threading
import time

import pytest

from grader.interfaces.kernel.limit import AlarmLimit, TooLong, WatchdogLimit, limit

posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no interval timer")
LIMITS = [pytest.param(AlarmLimit, marks=posix), WatchdogLimit]


def endless():
    while True:
        pass


def stubborn(rounds=2):
    """Catches everything for some rounds."""
    while rounds:
        try:
            endless()
        except BaseException:
            rounds -= 1


@pytest.mark.parametrize("kind", LIMITS)
def test_an_endless_loop_is_stopped(kind):
    """The exception is raised where the loop is."""
    limited = kind(0.05)
    with pytest.raises(TooLong):
        limited.call(endless)
    assert limited.fired


@pytest.mark.parametrize("kind", LIMITS)
def test_code_that_catches_everything_is_stopped_again(kind):
    """A bare except delays the end, and what comes back is still known to be late."""
    limited = kind(0.05)
    limited.call(stubborn)
    assert limited.fired


@pytest.mark.parametrize("kind", LIMITS)
def test_a_call_in_time_knows_nothing_of_the_limit(kind):
    """Its value and its own errors pass through."""
    limited = kind(60.0)
    assert (limited.call(sum, range(10)), limited.fired) == (45, False)
    with pytest.raises(ZeroDivisionError):
        kind(60.0).call(lambda: 1 / 0)


@posix
@pytest.mark.parametrize("kind", LIMITS)
def test_nothing_is_raised_once_the_call_has_ended(kind, monkeypatch):
    """Not even where the time runs out at that very moment."""
    monkeypatch.setattr("grader.interfaces.kernel.limit.AGAIN_SECONDS", 0.01)
    handler = signal.getsignal(signal.SIGALRM)
    for i in range(60):
        with contextlib.suppress(TooLong):
            kind(0.0005).call(time.sleep, 0.0003 + i * 1e-5)
    time.sleep(0.05)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0) and signal.getsignal(signal.SIGALRM) is handler


@posix
def test_a_sleep_is_woken():
    """An alarm interrupts what waits."""
    started = time.monotonic()
    with pytest.raises(TooLong):
        AlarmLimit(0.05).call(time.sleep, 30)
    assert time.monotonic() - started < 15


@posix
def test_the_students_own_timer_and_handler_are_put_back():
    """Whoever uses SIGALRM in a notebook finds it as it was."""
    handler = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 100.0)
    try:
        mine = signal.getsignal(signal.SIGALRM)
        AlarmLimit(60.0).call(int)
        assert signal.getsignal(signal.SIGALRM) is mine
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 100.0
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)


def test_the_limit_fits_the_thread():
    """Only the main thread can be stopped by a signal."""
    found = []
    thread = threading.Thread(target=lambda: found.append(limit(1.0)))
    thread.start()
    thread.join()
    assert isinstance(found[0], WatchdogLimit)
    assert isinstance(limit(1.0), AlarmLimit if hasattr(signal, "setitimer") else WatchdogLimit)
