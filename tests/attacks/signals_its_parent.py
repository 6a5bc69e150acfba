"""Signals the process that it was forked from; signal 0 asks whether another would arrive."""

import os

STOPPED_BY = ["pid", "seccomp", "landlock", "uid", "user", "capabilities"]


def slope(x):
    print("tried")
    parent = os.getppid()
    os.kill(parent, 0)
    if parent:
        print("mark")
