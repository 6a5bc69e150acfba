"""Reads the system's accounts."""

from pathlib import Path

STOPPED_BY = ["mount", "landlock", "uid"]


def slope(x):
    print("tried")
    if Path("/etc/passwd").read_text():
        print("mark")
