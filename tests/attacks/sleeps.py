"""Sleeps past every limit."""

import time

STATUS = "timed_out"
EARNS = 1


def slope(x):
    while True:
        time.sleep(3600)


def square_and_slope(x):
    return x * x, [2 * x]
