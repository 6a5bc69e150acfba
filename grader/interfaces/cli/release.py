"""`grader release`: what students get of an assignment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...assignment.catalogue import load
from ...authoring.release import release as released


def release(
    assignment: Annotated[str, typer.Argument(help="A shipped name, or an assignment's folder.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder for students.")],
) -> None:
    """Write the students' folder: a notebook without solutions, data for the self-check, a README.

    Example: grader release my_assignment -o for_students
    """
    for path in released(load(assignment), output):
        typer.echo(str(path))
