"""Asks for memory until there is no more."""

import numpy as np

STATUS = "raised"
EARNS = 1


def slope(x):
    print("tried")
    taken = []
    while True:
        taken.append(np.zeros(2**24))


def square_and_slope(x):
    return x * x, [2 * x]
