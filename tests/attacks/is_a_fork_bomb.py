"""Forks as often as it can, up to forty times, which proves the layer as well as a million."""

import os
import time

STOPPED_BY = ["seccomp", "rlimits"]


def slope(x):
    print("tried")
    children = 0
    for _ in range(40):
        try:
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
        except OSError:
            break
        children += 1
    print("mark" if children == 40 else f"{children} children")
