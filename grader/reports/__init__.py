"""Grades as tables, pages and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..model import Grade
from ..runs.record import results as record
from .exporter import ClassResults, ReportOptions, usual_place
from .frames import Frames, frames


def read(folder: str | Path) -> Frames:
    """The tables of a folder that `grader grade` wrote; empty ones if there are no results."""
    return frames(record.read(Path(folder)))


def write_usual(grades: Iterable[Grade], folder: Path) -> None:
    """What every run leaves in its folder; the grades come first. Raises GraderError if a file cannot be written."""
    from .exporters import html, tables  # noqa: PLC0415 - the others bring libraries that a run need not wait for

    results = ClassResults.of(grades)
    for exporter in (*tables.EXPORTERS[:2], *html.EXPORTERS):
        exporter.write(results, usual_place(exporter, folder), ReportOptions())
