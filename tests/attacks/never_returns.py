"""Loops for ever and ignores every signal that it can."""

import signal

STATUS = "timed_out"
EARNS = 1


def slope(x):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def square_and_slope(x):
    return x * x, [2 * x]
