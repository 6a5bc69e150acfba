"""Returns more than a frame may hold."""

import numpy as np


def slope(x):
    print("tried")
    return np.zeros(2**24)
