"""Cuts a file of somebody else's, here to the length that it has; Landlock speaks of that from version 3 on alone."""

import os

STOPPED_BY = ["mount", "landlock", "seccomp", "uid"]


def slope(x):
    print("tried")
    os.truncate("../../class/somebody.py", os.path.getsize("../../class/somebody.py"))
    print("mark")
