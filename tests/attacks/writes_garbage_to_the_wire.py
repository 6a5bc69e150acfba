"""Writes garbage to every descriptor that is open."""

import os

STATUS = "crashed"
EARNS = 1


def slope(x):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, os.urandom(4096))
        except OSError:
            continue


def square_and_slope(x):
    return x * x, [2 * x]
