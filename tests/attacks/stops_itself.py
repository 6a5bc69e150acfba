"""Stops its own process, which then neither answers nor ends."""

import os
import signal
import time

STATUS = "timed_out"
EARNS = 1


def slope(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(3600)


def square_and_slope(x):
    return x * x, [2 * x]
