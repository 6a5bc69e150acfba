"""Reads memory that is not there."""

import ctypes

STATUS = "crashed"
EARNS = 1


def slope(x):
    ctypes.string_at(0)


def square_and_slope(x):
    return x * x, [2 * x]
