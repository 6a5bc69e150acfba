"""Aborts, as a failed assertion in C would."""

import os

STATUS = "crashed"
EARNS = 1


def slope(x):
    os.abort()


def square_and_slope(x):
    return x * x, [2 * x]
