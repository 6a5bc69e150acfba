"""`grader validate`: an assignment, its cases and its bank, and the strength of its checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from ... import api
from ...authoring.strength import QUICK, Effort
from ...authoring.validation import ExerciseReport, Report
from ...authoring.validation import validate as validated
from ...feedback.escaping import plain
from ...feedback.words import points
from .console import stderr, stdout

NOT_RIGHT = 1


def validate(
    assignment: Annotated[str, typer.Argument(help="A shipped name, or an assignment's folder.", show_default=False)],
    quick: Annotated[bool, typer.Option("--quick", help="Fewer seeds, mutants and inputs: a first look.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Also grade mutants under this seed.")] = None,
) -> None:
    """Check an assignment before students see it; exit status 1 when something is not right.

    Example: grader validate backprop_relu --quick
    """
    declared = api.load_assignment(assignment)
    effort = QUICK if quick else Effort()
    if seed is not None:
        effort = replace(effort, seeds=(seed, *effort.seeds))
    with _progress(len(declared.exercises)) as advance:
        report = validated(declared, effort, advance)
    _show(report)
    if not report.is_right:
        raise typer.Exit(NOT_RIGHT)


@contextmanager
def _progress(exercises: int) -> Iterator[Callable[[str], None]]:
    """A bar with the exercise that is being checked, if somebody watches."""
    on = stderr()
    if not on.is_terminal:
        yield lambda name: None
        return
    columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=on, transient=True) as bar:
        task = bar.add_task("", total=exercises, completed=-1)
        yield lambda name: bar.update(task, advance=1, description=name)


def _show(report: Report) -> None:
    on = stdout()
    table = Table(box=None, pad_edge=False)
    table.add_column("exercise")
    for heading in ("points", "cases", "ms a case", "mistakes", "mutants caught", "set aside"):
        table.add_column(heading, justify="right")
    for exercise in report.exercises:
        table.add_row(*_row(exercise))
    on.print(table)
    for finding in sorted(report.all_findings, key=lambda finding: not finding.wrong):
        mark = Text("✗", "red") if finding.wrong else Text("note:", "dim")
        on.print(mark, Text(plain(str(finding))), soft_wrap=True)
    if report.wrong:
        share = 100 * report.caught / report.wrong
        on.print(f"Strength of the checks: {report.caught} of {report.wrong} wrong versions caught ({share:.4g} %).")
    on.print(f"{report.assignment}: {'all right' if report.is_right else 'not right yet'}.")


def _row(exercise: ExerciseReport) -> tuple[str, ...]:
    strength = exercise.strength
    caught = f"{strength.caught}/{strength.wrong}" if strength.wrong else "-"
    return (
        exercise.name,
        points(exercise.points),
        str(exercise.cases),
        f"{1000 * exercise.seconds:.2g}",
        str(exercise.mistakes),
        caught,
        str(len(strength.equivalent)),
    )
