"""Hangs while its function is defined, before anything is called."""

STATUS = "timed_out"
EARNS = 1


def endless():
    while True:
        pass


def slope(x, y=endless()):
    return 2 * x


def square_and_slope(x):
    return x * x, [2 * x]
