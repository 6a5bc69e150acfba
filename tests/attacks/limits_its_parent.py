"""Reads, and could lower, the limits of the process that it was forked from."""

import os
import resource

STOPPED_BY = ["pid", "seccomp", "landlock", "uid", "user", "capabilities"]


def slope(x):
    print("tried")
    parent = os.getppid()
    resource.prlimit(parent, resource.RLIMIT_NOFILE)
    if parent:
        print("mark")
