"""Announces a frame of gigabytes, and sends none of it."""

import os

STATUS = "crashed"
EARNS = 1


def slope(x):
    os.write(3, b"\xff" * 8)


def square_and_slope(x):
    return x * x, [2 * x]
