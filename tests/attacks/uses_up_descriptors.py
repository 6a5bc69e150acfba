"""Opens files until there are no more."""

import os

STOPPED_BY = ["rlimits"]


def slope(x):
    print("tried")
    for _ in range(200):
        os.open("/dev/null", os.O_RDONLY)
    print("mark")
