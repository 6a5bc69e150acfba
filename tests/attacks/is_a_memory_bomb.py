"""Asks for more memory than it may have."""

import mmap

STOPPED_BY = ["rlimits"]


def slope(x):
    print("tried")
    taken = [mmap.mmap(-1, 2**30) for _ in range(3)]
    print("mark")
    return len(taken)
