"""Announces the largest frame that is allowed and sends it for ever."""

import os

STATUS = "crashed or timed_out"
EARNS = 1


def slope(x):
    os.write(3, (8 * 2**20).to_bytes(4, "big") + (96 * 2**20).to_bytes(4, "big"))
    while True:
        os.write(3, b"[" * 2**20)


def square_and_slope(x):
    return x * x, [2 * x]
