"""Writes beside its own directory."""

from pathlib import Path

STOPPED_BY = ["mount", "landlock", "uid"]


def slope(x):
    print("tried")
    Path("../../written-by-an-attack").write_text("mark")
    print("mark")
