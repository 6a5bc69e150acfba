"""`grader list`: the assignments that there are."""

from __future__ import annotations

from rich.table import Table

from ...assignment.catalogue import load, shipped
from . import screen


def list_assignments() -> None:
    """List the assignments that come with the grader, with points and exercises.

    Example: grader list
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("assignment")
    table.add_column("points", justify="right")
    table.add_column("exercises")
    for name in shipped():
        assignment = load(name)
        names = ", ".join(exercise.name for exercise in assignment.exercises)
        table.add_row(name, f"{assignment.max_points:g}", names)
    screen.stdout().print(table)
