"""Forks, so that a child of its own answers or lives on."""

import os

STOPPED_BY = ["seccomp", "rlimits"]


def slope(x):
    print("tried")
    if os.fork() == 0:
        os._exit(0)
    print("mark")
