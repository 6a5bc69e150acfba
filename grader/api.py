"""The grader as a library. The command line, the notebook, CI and the web all stand on these functions.

    from grader import api

    for event in api.grade_class(["submissions"], "backprop_relu", "graded"):
        print(event)

Nothing here prints, and whatever a student handed in is a value that comes back, never an exception. GraderError is for
what the caller can mend: a file that is not there, an assignment that is broken.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .assignment import catalogue
from .assignment.declaration import Assignment
from .assignment.sheet import Sheet, draw
from .assignment.vocabulary import python_name
from .grading import Grader
from .model import Grade, GraderError, Submission
from .runs.events import Completed, Event, Finished, Graded, Reused, RunReport, SetAside, Started
from .runs.options import RunOptions
from .runs.record import results
from .runs.record.results import Halted
from .sandbox import Runner
from .sandbox.host.isolation import Level, started
from .selfcheck import checking
from .selfcheck.checking import Extracted
from .submissions.attempts import Attempts

__all__ = [
    "Attempts",
    "CheckResult",
    "Completed",
    "Event",
    "Extracted",
    "Finished",
    "Graded",
    "GraderError",
    "Halted",
    "Level",
    "Reused",
    "RunOptions",
    "RunReport",
    "SetAside",
    "Started",
    "assignments",
    "check",
    "extract",
    "grade",
    "grade_class",
    "load_assignment",
    "open_grader",
    "read_results",
    "submission",
]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check came to: the grade, and the sheet that it was made on, which is needed to put it into words."""

    grade: Grade
    sheet: Sheet

    @property
    def is_right(self) -> bool:
        """Whether every point was earned."""
        return all(exercise.points == exercise.max_points for exercise in self.grade.exercises)


def assignments() -> list[str]:
    """The names of the assignments that come with the grader."""
    return catalogue.shipped()


def load_assignment(name: str | Path) -> Assignment:
    """The assignment of a shipped name, or of a folder. Raises GraderError if there is none, or if it is broken."""
    return catalogue.load(str(name))


def submission(path: str | Path) -> Submission:
    """The notebook or .py file at this path as something handed in. Raises GraderError if there is none."""
    return checking.submission_of(Path(path))


def extract(notebook: str | Path | Submission) -> Extracted:
    """What of a notebook would be graded, and what is left out and why; none of its code is run.

    Raises GraderError if it cannot be read.
    """
    return checking.extracted(notebook if isinstance(notebook, Submission) else submission(notebook))


def check(
    notebook: str | Path | Submission,
    assignment: str = "",
    *,
    exercise: str = "",
    seed: int | None = None,
    isolation: Level | Runner | None = None,
) -> CheckResult:
    """Check a notebook as its author would, on the public cases.

    assignment: a shipped name, a folder or a public data file; empty takes the one that the notebook points to.
    exercise: only this one. seed: draw other cases than the public ones; then the assignment must be named. isolation:
    how far the code is kept away from everything else, or a runner that is there already; by default strict with a
    seed, which the code could read otherwise, and basic without one. Raises GraderError if the notebook cannot be read,
    if it cannot be told which assignment it is about, or if this machine cannot provide the isolation.
    """
    handed_in = notebook if isinstance(notebook, Submission) else submission(notebook)
    exercise = python_name(exercise)
    sheet = checking.sheet_for(handed_in, assignment, exercise, seed)
    if isolation is None:
        isolation = Level.BASIC if seed is None else Level.STRICT
    if not isinstance(isolation, Level):
        return CheckResult(checking.grade(handed_in, sheet, isolation, exercise), sheet)
    with closing(started(isolation, sheet.assignment.allowed_imports)) as runner:
        return CheckResult(checking.grade(handed_in, sheet, runner, exercise), sheet)


@contextmanager
def open_grader(assignment: str | Path | Assignment, *, seed: int, isolation: Level = Level.STRICT) -> Iterator[Grader]:
    """A grader for one submission after another: its cases are drawn once, and its sandbox stays warm.

    Raises GraderError if the assignment is broken, or if this machine cannot provide the isolation.
    """
    declared = assignment if isinstance(assignment, Assignment) else load_assignment(assignment)
    with closing(started(isolation, declared.allowed_imports)) as runner:
        yield Grader(draw(declared, seed), runner)


def grade(
    notebook: str | Path | Submission,
    assignment: str | Path | Assignment,
    *,
    seed: int,
    isolation: Level = Level.STRICT,
) -> Grade:
    """Grade one notebook on the cases that this seed draws. Raises GraderError as `open_grader` and `submission` do."""
    handed_in = notebook if isinstance(notebook, Submission) else submission(notebook)
    with open_grader(assignment, seed=seed, isolation=isolation) as grader:
        return grader.grade(handed_in)


def grade_class(
    paths: Sequence[str | Path],
    assignment: str | Path | Assignment,
    output: str | Path,
    options: RunOptions | None = None,
) -> Generator[Event]:
    """Grade all that lies at these paths into the record of a folder, and tell how it gets on.

    The events are `Started`, one per submission in the order of completion, and `Finished`, which holds the report.
    Every grade is on disk before its event comes, so the same call goes on with a run that was given up. The folder is
    locked from the first event until the iterator ends or is closed: whoever writes reports at `Finished` is alone.

    Raises GraderError at once if an argument cannot be used; while events are taken, GraderError if another run holds
    the folder or the workers cannot work, and its subclass Halted if the run cannot go on.
    """
    from .runs.run import grade_class as run  # noqa: PLC0415 - a check needs no engine

    declared = assignment if isinstance(assignment, Assignment) else load_assignment(assignment)
    return run([Path(path) for path in paths], declared, Path(output), options or RunOptions())


def read_results(folder: str | Path) -> list[Grade]:
    """The grades in a folder of results, one per submission that counts; none if nothing was graded there."""
    return results.read(Path(folder))
