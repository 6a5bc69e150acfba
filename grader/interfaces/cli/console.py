"""A self-check on the terminal: words first, colour only where somebody watches."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap

import typer

from ...assignment.sheet import Sheet
from ...feedback.card import Told, left_out, told, total
from ...model import Grade, Status

COLOURS = {Status.PASSED: "green", Status.PARTIAL: "yellow", Status.MISSING: "blue"}
INDENT = " " * 4


def tell(grade: Grade, sheet: Sheet) -> None:
    """One submission, exercise by exercise, with what to think about next."""
    for exercise in grade.exercises:
        _tell(told(exercise, sheet))
    _say(total(grade), bold=True)
    for line in left_out(grade):
        _say(line, dim=True)


def _tell(exercise: Told) -> None:
    _say(exercise.headline, fg=COLOURS.get(exercise.status, "red"))
    for line in exercise.lines:
        _say(_wrapped(line))


def _say(text: str, **style: str | bool) -> None:
    colour = None if "NO_COLOR" not in os.environ else False
    typer.secho(text, color=colour, **style)  # type: ignore[arg-type]


def _wrapped(line: str) -> str:
    """Indented; broken into lines only for people, so that others find a message in one piece."""
    if not sys.stdout.isatty():
        return INDENT + line
    width = shutil.get_terminal_size().columns
    return textwrap.fill(line, width, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False)
