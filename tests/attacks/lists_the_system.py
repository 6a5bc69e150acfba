"""Lists the system's directories."""

import os

STOPPED_BY = ["mount", "landlock", "uid"]


def slope(x):
    print("tried")
    if "passwd" in os.listdir("/etc"):
        print("mark")
