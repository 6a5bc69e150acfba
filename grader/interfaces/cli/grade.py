"""`grader grade`: submissions → grades, and the files in which they stand."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ...assignment.catalogue import load
from ...assignment.declaration import Assignment
from ...model import Grade, GraderError, SubmissionStatus
from ...runs import overrides
from ...runs.adjustments import Settling
from ...runs.class_list import Class, at, beside_notebooks, handed_in
from ...runs.record import results
from ...runs.record.results import Halted
from ...runs.run import EngineName, Run, Way
from ...sandbox.host import isolation
from ...submissions.attempts import Attempts
from . import screen

FAULT = 3


def grade(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Annotated[
        list[Path],
        typer.Argument(help="Notebooks, .py files, folders, or what an LMS gives (zip or folder).", show_default=False),
    ],
    assignment: Annotated[str, typer.Option("-a", "--assignment", help="A shipped name, or an assignment's folder.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for grades and records.")],
    seed: Annotated[
        int | None,
        typer.Option(
            min=0, envvar="GRADER_SEED", help="Draws the graded cases; kept secret and reused when not given."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Submissions graded at a time.")] = os.cpu_count() or 1,
    isolation_level: Annotated[
        isolation.Level, typer.Option("--isolation", help="strict for strangers' code, basic for one's own.")
    ] = isolation.Level.STRICT,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="local: this machine's processors. dask: a cluster.")
    ] = EngineName.LOCAL,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="The address of a Dask scheduler; without it a local cluster is made.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed, too.")] = False,
    only: Annotated[str, typer.Option("--only", help="Grade this student (or submission) alone.")] = "",
    roster: Annotated[
        Path | None, typer.Option("--roster", help="A CSV file of the class; says who handed in nothing.")
    ] = None,
    attempts: Annotated[
        Attempts, typer.Option("--attempts", help="Which counts of several attempts that the LMS tells apart.")
    ] = Attempts.NEWEST,
    override_file: Annotated[
        Path | None,
        typer.Option("--overrides", help="A CSV file of scores set by hand; by default overrides.csv in the output."),
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Drop rows of what is not at these paths any more.")] = False,
) -> None:
    """Grade submissions and write grades.csv, exercises.csv, results.jsonl, report.html and feedback/.

    Example: grader grade submissions/ -a backprop_relu -o graded
    """
    declared = load(assignment)
    given = at(paths, declared.name, output)
    members = replace(handed_in(given, attempts, roster, only), helpers=beside_notebooks(paths, given, declared))
    rules = Settling(declared.deadline, _overrides(override_file, output, declared))
    way = Way(engine, jobs, scheduler, isolation_level, force, prune and not only)
    try:
        with results.Results(output, declared.name) as record:  # nobody else writes there until the reports are made
            Run(members, declared, rules, output, way).grade(seed, record)
            grades = results.read(output)
            _write(grades, members, output)
    except Halted as error:
        screen.stderr().print(f"grader: {error}")
        raise typer.Exit(FAULT) from error
    screen.summary(grades, output)
    if any(grade.status is SubmissionStatus.GRADER_FAULT for grade in grades):
        raise typer.Exit(FAULT)


def _overrides(path: Path | None, output: Path, declared: Assignment) -> tuple[overrides.Override, ...]:
    usual = output / overrides.FILE
    chosen = path or (usual if usual.exists() else None)
    return overrides.read(chosen, declared) if chosen else ()


def _write(grades: list[Grade], members: Class, output: Path) -> None:
    """Make the tables and pages. Raises Halted where one of them cannot be written."""
    from ...reports import write_usual  # noqa: PLC0415 - pandas takes half a second that wrong usage need not wait for
    from ...reports.frames import frames  # noqa: PLC0415

    try:
        write_usual(frames(grades), output)
        members.write_absent(output)
    except GraderError as error:
        raise Halted(f"{error}; the grades are kept, and once it can be, the same command writes it") from error
