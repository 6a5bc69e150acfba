"""Asks Python to exit, with success."""

import sys

STATUS = "raised"
EARNS = 1


def slope(x):
    print("tried")
    sys.exit(0)


def square_and_slope(x):
    return x * x, [2 * x]
