"""`grader check`: a student's self-check on the public cases, once or after every save."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ...model import GraderError, require
from ...sandbox.host.launch import end, launch
from . import seed_of

if TYPE_CHECKING:
    from ...api import CheckResult
    from ...sandbox import Runner
    from ...sandbox.host.isolation import Level

NOT_RIGHT = 1
LOOK_SECONDS = 0.25
CLEAR_SCREEN = "\033[2J\033[H"
COLOURS = {"passed": "green", "partial": "yellow", "missing": "blue"}
INDENT = " " * 4

Stamp = tuple[int, int] | None


def check(  # noqa: PLR0913, PLR0917 - each is an option of the command
    notebook: Annotated[Path, typer.Argument(help="Your notebook, or a .py file.", show_default=False)],
    assignment: Annotated[
        str,
        typer.Option(
            "-a", "--assignment", help="A shipped name, a folder or a data file; by default what the notebook names."
        ),
    ] = "",
    exercise: Annotated[str, typer.Option("--exercise", help="Check only this function.")] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Check again on every save, until you stop it.")] = False,
    min_percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Exit with 1 below this percentage instead of below full marks."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="For CI: draw other cases than the public ones; by default what GRADER_SEED says."),
    ] = None,
    isolation: Annotated[
        Literal["strict", "basic"] | None,
        typer.Option("--isolation", help="How the code is confined; by default strict with a seed, basic without one."),
    ] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help="Also write a JUnit file.")] = None,
    github: Annotated[bool, typer.Option("--github", help="Also write annotations for GitHub Actions.")] = False,
) -> None:
    """Check your own notebook on the public cases; exit status 1 when something is not right yet.

    Example: grader check backprop_relu.ipynb --exercise evaluate
    """
    if junit or github:
        require("grade", "a report of a check")
    seed = seed_of(seed)
    level = isolation or ("basic" if seed is None else "strict")
    if seed is not None and level == "basic":
        typer.echo(
            "grader: with --isolation basic the seed is no secret: the code that is checked can read it", err=True
        )
    with _isolation(level) as where:
        from ... import api  # noqa: PLC0415 - see there

        def checked() -> CheckResult:
            return api.check(notebook, assignment, exercise=exercise, seed=seed, isolation=where)

        if watch:
            on_every_save(notebook, lambda: _show(checked()))
            return
        result = checked()
    _show(result)
    if junit or github:
        _leave(result, notebook, junit, github)
    if not (result.is_right if min_percent is None else result.grade.percent >= min_percent):
        raise typer.Exit(NOT_RIGHT)


@contextmanager
def _isolation(level: str) -> Iterator[Runner | Level]:
    """Where the student's code runs; a strict runner is started when it is known what the assignment allows."""
    if level != "basic":
        from ...sandbox.host.isolation import Level  # noqa: PLC0415 - see below

        yield Level(level)
        return
    # The process of basic isolation starts first, so that NumPy is loaded there and here at the same time.
    ahead = launch()
    try:
        from ...sandbox.host.basic import BasicRunner  # noqa: PLC0415

        yield BasicRunner(ahead)
    finally:
        end(ahead)


def _show(result: CheckResult) -> None:
    """One submission, exercise by exercise, with what to think about next; colour only if somebody watches."""
    from ...feedback.card import check_card, left_out, total  # noqa: PLC0415 - brings NumPy

    for exercise in result.grade.exercises:
        card = check_card(exercise, result.sheet)
        _say(card.headline, fg=COLOURS.get(exercise.status, "red"))
        for line in card.lines:
            _say(_wrapped(line))
    _say(total(result.grade), bold=True)
    for line in left_out(result.grade):
        _say(line, dim=True)


def _say(text: str, **style: str | bool) -> None:
    colour = None if "NO_COLOR" not in os.environ else False
    typer.secho(text, color=colour, **style)  # type: ignore[arg-type]


def _wrapped(line: str) -> str:
    """Indented, and broken into lines only for people: programs find a message in one piece."""
    if not sys.stdout.isatty():
        return INDENT + line
    width = shutil.get_terminal_size().columns
    return textwrap.fill(line, width, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False)


def _leave(result: CheckResult, notebook: Path, junit_file: Path | None, for_github: bool) -> None:
    """What machines read: a JUnit file; annotations, summary and outputs of GitHub. Raises GraderError."""
    from ...reports import files  # noqa: PLC0415 - brings pandas
    from ...reports.exporter import ClassResults, ReportOptions  # noqa: PLC0415
    from ...reports.exporters import github, junit  # noqa: PLC0415

    located = replace(result.grade, record=replace(result.grade.record, path=str(notebook.resolve())))
    results = ClassResults.of([located])
    options = ReportOptions(show_values=result.sheet.seed == result.sheet.assignment.public_seed)
    if junit_file is not None:
        files.write(junit_file, junit.document(results, options))
    if for_github:
        sys.stdout.write(github.commands(results, options))
        _append("GITHUB_STEP_SUMMARY", github.summary(results, options))
        _append("GITHUB_OUTPUT", github.outputs(results, options))


def _append(variable: str, text: str) -> None:
    """Add to the file that an environment variable names, if it is set."""
    if file := os.environ.get(variable):
        with Path(file).open("a", encoding="utf-8") as opened:
            opened.write(text)


def on_every_save(path: Path, act: Callable[[], None]) -> None:
    """Act now and after every change of the file, until the user interrupts."""
    try:
        for _ in saves(path):
            if sys.stdout.isatty():
                typer.echo(CLEAR_SCREEN, nl=False)
            try:
                act()
            except GraderError as error:  # the next save may mend what is wrong with the file now
                typer.echo(f"grader: {error}", err=True)
            typer.echo(f"Watching {path}; ^C ends it.", err=True)
    except KeyboardInterrupt:
        typer.echo("", err=True)


def saves(path: Path, pause: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """One now, and then one for every change of the file's time or size."""
    seen = _stamp(path)
    yield
    while True:
        pause(LOOK_SECONDS)
        stamp = _stamp(path)
        if stamp not in (None, seen):
            seen = stamp
            yield


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
