"""Returns an array of objects, and text and complex numbers beside it."""

import numpy as np


def slope(x):
    print("tried")
    return [np.array([print, open, object()], dtype=object), np.array(["2.0"]), np.array([1 + 2j])]
