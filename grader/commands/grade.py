"""`grader grade`: submissions → grades, and the files in which they stand."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import results
from ..assignment import Assignment
from ..batch import grade_all
from ..cases import draw
from ..catalogue import load
from ..grading import Grader
from ..model import Grade, GraderError, SubmissionStatus
from ..submissions import Submission, find
from . import isolation, screen

FAULT = 3


def grade(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, .py files, or folders of them.", show_default=False)],
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
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed, too.")] = False,
) -> None:
    """Grade submissions and write grades.csv, exercises.csv, results.jsonl, report.html and a page per student.

    Example: grader grade submissions/ -a backprop_relu -o graded
    """
    declared = load(assignment)
    submissions = _found(paths)
    earlier = results.read(output)
    chosen = seed if seed is not None else _seed_of(earlier, declared)
    grader = Grader(draw(declared, chosen), isolation.runner(isolation_level))
    grades = _graded(submissions, grader, jobs, output, [] if force else earlier)
    _write(grades, output)
    screen.summary(grades, output)
    if any(grade.status is SubmissionStatus.GRADER_FAULT for grade in grades):
        raise typer.Exit(FAULT)


def _found(paths: list[Path]) -> list[Submission]:
    submissions = find(paths)
    if not submissions:
        raise GraderError(f"{', '.join(map(str, paths))}: no notebook (.ipynb) or .py file is there; nothing to grade")
    return submissions


def _seed_of(earlier: list[Grade], assignment: Assignment) -> int:
    """The seed that earlier results of this assignment were drawn with, or a new one."""
    seeds: list[Any] = [grade.record.get("seed") for grade in earlier if grade.assignment == assignment.name]
    return next((seed for seed in seeds if isinstance(seed, int)), secrets.randbits(63))


def _graded(
    submissions: list[Submission], grader: Grader, jobs: int, output: Path, earlier: list[Grade]
) -> list[Grade]:
    """Grade what is not known yet; every grade is on disk before the next is waited for."""
    known = {str(grade.record["key"]): grade for grade in earlier if "key" in grade.record}
    grades: list[Grade] = []
    with results.Results(output) as file, screen.progress(len(submissions)) as advance:
        for grade in grade_all(submissions, grader, jobs, known):
            file.add(grade)
            grades.append(grade)
            advance(grade)
    results.rewrite(output, sorted(grades, key=lambda grade: grade.submission))
    return grades


def _write(grades: list[Grade], output: Path) -> None:
    from ..reports import formats  # noqa: PLC0415 - pandas takes half a second that wrong usage need not wait for
    from ..reports.frames import frames  # noqa: PLC0415

    formats.write_usual(frames(grades), output)
