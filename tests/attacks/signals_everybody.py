"""Signals whoever it may; signal 0 asks whether another would arrive."""

import os

STOPPED_BY = ["pid", "seccomp", "landlock", "uid", "user", "capabilities"]


def slope(x):
    print("tried")
    os.kill(-1, 0)
    print("mark")
