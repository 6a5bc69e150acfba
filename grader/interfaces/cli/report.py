"""`grader report`: another format from results that are already there."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from ... import api
from ...feedback.escaping import plain
from ...model import GraderError
from ...reports.exporter import STDOUT, ClassResults, ReportOptions, usual_place
from ...reports.exporters import github, registry
from .console import stderr


def report(  # noqa: PLR0913, PLR0917 - each is an option of the command
    folder: Annotated[Path, typer.Argument(help="The folder that `grader grade` wrote.", show_default=False)],
    to: Annotated[str, typer.Option("--to", help=f"The format: {', '.join(registry())}.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file; a folder for a format with a file per submission."),
    ] = None,
    fill: Annotated[Path | None, typer.Option("--fill", help="The gradebook to fill in: canvas, moodle.")] = None,
    column: Annotated[str, typer.Option("--column", help="The gradebook's column for the grades.")] = "",
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Also show students the numbers of the secret cases.")
    ] = False,
) -> None:
    """Write results in another format, without grading again.

    Example: grader report graded --to xlsx -o grades.xlsx
    """
    if to not in registry():
        raise GraderError(f"no format is called {to!r}; there are: {', '.join(registry())}")
    results = ClassResults.of(api.read_results(folder))
    if not results.grades:
        raise GraderError(f"{folder}: there are no results; `grader grade … -o {folder}` writes some")
    target = output or usual_place(registry()[to], folder)
    options = ReportOptions(show_values, _pages(folder, target), _content(fill), column)
    written = registry()[to].write(results, target, options)
    _tell(written.notices, target)
    if to == "github" and (file := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(github.summary(results, options))


def _pages(folder: Path, target: Path) -> str:
    """Where the feedback pages lie, seen from the file that is made."""
    pages = folder.resolve() / "feedback"
    try:
        return quote(Path(os.path.relpath(pages, target.resolve().parent)).as_posix())
    except ValueError:  # another drive of Windows
        return pages.as_uri()


def _content(path: Path | None) -> bytes:
    try:
        return path.read_bytes() if path else b""
    except OSError as error:
        raise GraderError(f"{path}: it cannot be read: {error.strerror}") from error


def _tell(notices: tuple[str, ...], target: Path) -> None:
    on = stderr()
    for notice in notices:
        on.print(plain(notice))
    if str(target) != STDOUT:
        sys.stdout.write(f"{target}\n")
