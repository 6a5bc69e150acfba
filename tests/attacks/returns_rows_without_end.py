"""Returns rows without entries, of which there are more than anybody can list, in no bytes at all."""

import numpy as np

STATUS = "wrong"


def slope(x):
    print("tried")
    return np.empty((2**39, 0))


def square_and_slope(x):
    return np.empty((2**39, 0))
