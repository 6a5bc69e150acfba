"""Reads the command lines and environments of other processes."""

from pathlib import Path

STOPPED_BY = ["mount", "landlock", "uid"]


def slope(x):
    print("tried")
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and (process / "cmdline").read_bytes():
            print("mark")
            return
