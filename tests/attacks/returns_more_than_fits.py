"""Returns arrays of small numbers that take eight times their room once they are floats, on every case."""

import numpy as np

STATUS = "wrong or timed_out"
EARNS = 1


def slope(x):
    print("tried")
    return np.ones(90 * 2**20, np.int8)


def square_and_slope(x):
    return x * x, [2 * x]
