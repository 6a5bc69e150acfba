"""`grader new`: an assignment's folder that works at once, or one made from a master notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...assignment.catalogue import load
from ...authoring.masters import Master
from ...authoring.scaffold import new as laid_out
from ...authoring.scaffold import new_from_master
from ...feedback.escaping import plain


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
        laid_out(folder)
    else:
        _tell(new_from_master(folder, master), folder)
    name = folder.resolve().name
    typer.echo(f"{folder}/ is ready. Next, from the folder that holds it:")
    typer.echo(f"  grader grade {name}/samples -a {name} -o graded")
    typer.echo(f"  grader validate {name}")


def _tell(master: Master, folder: Path) -> None:
    """What was taken to stdout, what was not to stderr."""
    for exercise in load(str(folder)).exercises:
        typer.echo(f"taken: {exercise.name}, {exercise.points:g} points")
    for note in master.notes:
        typer.echo(plain(f"not taken: {note}"), err=True)
