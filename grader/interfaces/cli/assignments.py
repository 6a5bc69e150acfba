"""`grader list`, `grader new` and `grader release`: assignments, from an empty folder to what students get."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ... import api
from ...authoring import release as releasing
from ...authoring import scaffold
from ...feedback.escaping import plain
from .console import stdout


def list_assignments() -> None:
    """List the assignments that come with the grader, with points and exercises.

    Example: grader list
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("assignment")
    table.add_column("points", justify="right")
    table.add_column("exercises")
    for name in api.assignments():
        assignment = api.load_assignment(name)
        table.add_row(name, f"{assignment.max_points:g}", ", ".join(each.name for each in assignment.exercises))
    stdout().print(table)


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.", show_default=False)],
    master: Annotated[
        Path | None, typer.Option("--from", help="A master notebook: ours, nbgrader's or otter's.", show_default=False)
    ] = None,
) -> None:
    """Lay out a new assignment, with a declaration, a reference, a notebook and samples.

    Example: grader new my_assignment --from master.ipynb
    """
    if master is None:
        scaffold.new(folder)
    else:
        notes = scaffold.new_from_master(folder, master).notes
        for exercise in api.load_assignment(folder).exercises:
            typer.echo(f"taken: {exercise.name}, {exercise.points:g} points")
        for note in notes:
            typer.echo(plain(f"not taken: {note}"), err=True)
    name = folder.resolve().name
    typer.echo(f"{folder}/ is ready. Next, from the folder that holds it:")
    typer.echo(f"  grader grade {name}/samples -a {name} -o graded")
    typer.echo(f"  grader validate {name}")


def release(
    assignment: Annotated[str, typer.Argument(help="A shipped name, or an assignment's folder.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder for students.")],
) -> None:
    """Write the students' folder: a notebook without solutions, data for the self-check, a README.

    Example: grader release my_assignment -o for_students
    """
    for path in releasing.release(api.load_assignment(assignment), output):
        typer.echo(str(path))
