"""`grader check`: a student's self-check on the public cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...sandbox.host.launch import Launched, end, launch

if TYPE_CHECKING:
    from ...assignment.sheet import Sheet
    from ...model import Grade

NOT_RIGHT = 1


def check(  # noqa: PLR0913, PLR0917 - each is an option of the command
    notebook: Annotated[Path, typer.Argument(help="Your notebook, or a .py file.", show_default=False)],
    assignment: Annotated[
        str,
        typer.Option(
            "-a", "--assignment", help="A shipped name, a folder or a data file; by default what the notebook names."
        ),
    ] = "",
    exercise: Annotated[str, typer.Option("--exercise", help="Only this function.")] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Check again on every save, until you stop it.")] = False,
    min_percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Exit with 1 below this percentage instead of below full marks."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, envvar="GRADER_SEED", help="Other cases than the public ones, for CI.")
    ] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help="Write a JUnit file, too.")] = None,
    github: Annotated[bool, typer.Option("--github", help="Write annotations for GitHub Actions, too.")] = False,
) -> None:
    """Check your own notebook on the public cases; exit status 1 when something is not right yet.

    Example: grader check backprop_relu.ipynb --exercise evaluate
    """
    with _started_ahead() as ahead:
        from ...sandbox.host.basic import BasicRunner  # noqa: PLC0415
        from ...selfcheck import checking  # noqa: PLC0415 - NumPy and all else load while the process starts, too

        submission = checking.submission_of(notebook)
        sheet = checking.sheet_for(submission, assignment, exercise, seed)
        runner = BasicRunner(ahead)
        if watch:
            _watch(lambda: _tell(checking.grade(submission, sheet, runner, exercise), sheet), notebook)
            return
        grade = checking.grade(submission, sheet, runner, exercise)
    _tell(grade, sheet)
    if junit or github:
        _leave(grade, sheet, notebook, junit, github)
    if not (checking.is_right(grade) if min_percent is None else grade.percent >= min_percent):
        raise typer.Exit(NOT_RIGHT)


@contextmanager
def _started_ahead() -> Iterator[Launched]:
    """A process that starts at the same time as the grader itself; gone at the end, whatever happens."""
    launched = launch()
    try:
        yield launched
    finally:
        end(launched)


def _watch(act: Callable[[], None], notebook: Path) -> None:
    from . import watching  # noqa: PLC0415 - see above

    watching.on_every_save(notebook, act)


def _tell(grade: Grade, sheet: Sheet) -> None:
    from . import console as telling  # noqa: PLC0415 - see above

    telling.tell(grade, sheet)


def _leave(grade: Grade, sheet: Sheet, notebook: Path, junit: Path | None, github: bool) -> None:
    from . import ci  # noqa: PLC0415 - brings pandas

    ci.write(grade, sheet, notebook, junit, github)
