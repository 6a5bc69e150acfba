"""`grader check`: a student's self-check on the public cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..assignment import Assignment, Limits
from ..cases import draw
from ..catalogue import load, shipped
from ..grading import Grader
from ..model import Grade, GraderError, SubmissionStatus
from ..sandbox import Job, Opened, Session, Unreadable
from ..sandbox.basic import BasicRunner
from ..submissions import Submission, find
from . import screen

NOT_RIGHT = 1


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, or a .py file.", show_default=False)],
    assignment: Annotated[
        str, typer.Option("-a", "--assignment", help="A shipped name or a folder; by default what the notebook names.")
    ] = "",
    exercise: Annotated[str, typer.Option("--exercise", help="Only this function.")] = "",
) -> None:
    """Check your own notebook on the public cases; exit status 1 when something is not right yet.

    Example: grader check backprop_relu.ipynb --exercise evaluate
    """
    submission = _one(notebook)
    runner = BasicRunner()
    declared = load(assignment or _assignment_of(submission, runner))
    _refuse_unknown(exercise, declared)
    grade = Grader(draw(declared, declared.public_seed), runner).grade(submission, only=exercise)
    if grade.status is SubmissionStatus.UNREADABLE:
        raise GraderError(f"{notebook}: {grade.message}")
    screen.exercises(grade)
    if not _is_right(grade):
        raise typer.Exit(NOT_RIGHT)


def _one(path: Path) -> Submission:
    if path.is_dir():
        raise GraderError(f"{path}: this is a folder; check takes one notebook, `grader grade` takes folders")
    return find([path])[0]


def _assignment_of(submission: Submission, runner: BasicRunner) -> str:
    """The assignment that the notebook names, else the one whose functions it has most of."""
    try:
        opened = _opened(submission, runner)
    except Unreadable as error:
        raise GraderError(f"{submission.path}: {error}") from error
    if opened.assignment in shipped():
        return opened.assignment
    fitting = {name: _fit(name, opened) for name in shipped()}
    best = max(fitting.values(), default=0)
    candidates = [name for name, fit in fitting.items() if fit == best]
    if best == 0 or len(candidates) > 1:
        among = candidates if best else list(fitting)
        raise GraderError(f"{submission.path}: which assignment is it? Say so with -a: {', '.join(among)}")
    return candidates[0]


def _opened(submission: Submission, runner: BasicRunner) -> Opened:
    job = Job(submission.read(), submission.path.suffix, {}, Limits())
    with Session(runner.start(job), job) as session:
        return session.opened


def _fit(name: str, opened: Opened) -> int:
    return sum(exercise.name in opened.found for exercise in load(name).exercises)


def _refuse_unknown(exercise: str, assignment: Assignment) -> None:
    names = [declared.name for declared in assignment.exercises]
    if exercise and exercise not in names:
        raise GraderError(f"{assignment.name} has no exercise {exercise!r}; it has: {', '.join(names)}")


def _is_right(grade: Grade) -> bool:
    return all(exercise.points == exercise.max_points for exercise in grade.exercises)
