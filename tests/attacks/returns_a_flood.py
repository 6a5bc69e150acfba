"""Returns more than a frame may hold."""

import numpy as np

STATUS = "raised or timed_out"


def slope(x):
    return np.zeros(2**24)
