"""`grader grade`: submissions → grades, and the files in which they stand."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from ... import api
from ...feedback.escaping import csv_lines
from ...model import GraderError, SubmissionStatus, require
from ...runs.record.results import Halted
from . import progress, seed_of, summary

FAULT = 3
ABSENT = "not_handed_in.csv"
NOT_GRADED = "not_graded.csv"
DEFAULTS = api.RunOptions()


def grade(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Annotated[
        list[Path],
        typer.Argument(help="Notebooks, .py files, folders, or an LMS download (zip or folder).", show_default=False),
    ],
    assignment: Annotated[str, typer.Option("-a", "--assignment", help="A shipped name, or an assignment's folder.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for grades and records.")],
    seed: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="The number that draws the cases; by default what GRADER_SEED says, else one that is drawn and kept.",
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many submissions to grade at the same time.")] = DEFAULTS.jobs,
    isolation: Annotated[
        api.Level, typer.Option("--isolation", help="strict for other people's code, basic for your own.")
    ] = DEFAULTS.isolation,
    engine: Annotated[
        str, typer.Option("--engine", help="local: this machine's processors; dask: a cluster.")
    ] = DEFAULTS.engine,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="The address of a Dask scheduler; without it a local cluster is started.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
    only: Annotated[str, typer.Option("--only", help="Grade this student (or submission) alone.")] = "",
    roster: Annotated[
        Path | None, typer.Option("--roster", help="A CSV file of the class; tells who handed in nothing.")
    ] = None,
    groups: Annotated[
        Path | None, typer.Option("--groups", help="A CSV file of who handed in together: group,student.")
    ] = None,
    extensions: Annotated[
        Path | None,
        typer.Option("--extensions", help="A CSV file of who has more time; by default extensions.csv in the output."),
    ] = None,
    attempts: Annotated[
        api.Attempts, typer.Option("--attempts", help="Which attempt counts if the LMS keeps several.")
    ] = DEFAULTS.attempts,
    overrides: Annotated[
        Path | None,
        typer.Option("--overrides", help="A CSV file of scores set by hand; by default overrides.csv in the output."),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Drop the rows of submissions that are no longer at these paths.")
    ] = False,
) -> None:
    """Grade submissions and write grades.csv, exercises.csv, results.jsonl, report.html and feedback/.

    Example: grader grade submissions/ -a backprop_relu -o graded
    """
    require("grade", "grading a class")
    options = api.RunOptions(
        seed=seed_of(seed),
        isolation=isolation,
        jobs=jobs,
        engine=engine,
        scheduler=scheduler,
        roster=roster,
        groups=groups,
        extensions=extensions,
        attempts=attempts,
        overrides=overrides,
        only=only,
        force=force,
        prune=prune,
    )
    try:
        with closing(api.grade_class(paths, assignment, output, options)) as events:
            report = progress.shown(events)
            _write(report, output)  # the run still holds the folder
    except Halted as error:
        typer.echo(f"grader: {error}", err=True)
        raise typer.Exit(FAULT) from error
    summary.table(report.grades, output)
    if any(each.status is SubmissionStatus.GRADER_FAULT for each in report.grades):
        raise typer.Exit(FAULT)


def _write(report: api.RunReport, output: Path) -> None:
    """Say what a person may have to look at, and make tables and pages. Raises Halted if one cannot be written."""
    from ...reports import files, write_usual  # noqa: PLC0415 - pandas takes half a second that wrong usage need not wait for

    summary.notices(report, output)
    try:
        write_usual(report.grades, output)
        if report.absent is not None:
            rows = [[person.student, " ".join(person.ids)] for person in report.absent]
            files.write(output / ABSENT, csv_lines([["student", "ids"], *rows]))
        if report.notes.left:
            files.write(output / NOT_GRADED, csv_lines(summary.not_graded(report.notes)))
    except GraderError as error:
        raise Halted(f"{error}. The grades are kept: run the same command again to write the reports") from error
