"""Ends the process with the exit code of success."""

import os

STATUS = "crashed"
EARNS = 1


def slope(x):
    os._exit(0)


def square_and_slope(x):
    return x * x, [2 * x]
