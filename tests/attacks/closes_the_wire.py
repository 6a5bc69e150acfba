"""Closes every descriptor that is open, and goes on."""

import os
import time

STATUS = "crashed"
EARNS = 1


def slope(x):
    os.closerange(0, 1024)
    time.sleep(3600)


def square_and_slope(x):
    return x * x, [2 * x]
