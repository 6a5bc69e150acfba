"""Grades as tables and files: one function makes the tables, every format is a function of them."""

from __future__ import annotations

from pathlib import Path

from ..runs.record import results
from .frames import Frames, frames


def read(folder: str | Path) -> Frames:
    """The tables of a folder that `grader grade` wrote; empty ones where it wrote no results there."""
    return frames(results.read(Path(folder)))
