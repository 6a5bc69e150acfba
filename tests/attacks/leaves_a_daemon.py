"""Leaves a daemon in a session of its own, which nobody waits for."""

import os
import time

STOPPED_BY = ["seccomp", "rlimits"]


def slope(x):
    print("tried")
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)
    os.wait()
    print("mark")
