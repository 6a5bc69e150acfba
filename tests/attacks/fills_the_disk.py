"""Fills the disk, file by file."""

from pathlib import Path

STOPPED_BY = ["mount", "landlock", "uid"]


def slope(x):
    print("tried")
    for i in range(10):
        Path(f"../../fill-{i}" if i % 2 else f"fill-{i}").write_bytes(bytes(8 * 2**20))
    print("mark")
