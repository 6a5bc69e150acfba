"""Changes the mode of a file of somebody else's, which Landlock does not speak of."""

import os

STOPPED_BY = ["mount", "seccomp", "uid"]


def slope(x):
    print("tried")
    os.chmod("../../class/somebody.py", 0o600)
    print("mark")
