"""What a worker does, whichever engine it works for: grade one task after another on a sheet that it drew itself."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from ...assignment.catalogue import load
from ...assignment.sheet import draw
from ...grading import Grader
from ...model import GraderError, Submission
from ...sandbox import Runner
from ...submissions.files import Faulty
from ..record.keys import sheet_digest
from ..record.serialization import Line, to_line

MakeRunner = Callable[[], Runner]


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker needs to know: the assignment's folder, the seed, the sheet's digest, and which sandbox."""

    folder: str
    seed: int
    digest: str
    make_runner: MakeRunner


@dataclass(frozen=True, slots=True)
class Task:
    """One submission, with its bytes in it, and what its record says beside the grade. key names the result."""

    key: str
    submission: Submission
    record: Mapping[str, object]


class Engine(Protocol):
    """A way to have many tasks graded at a time."""

    def grade(self, tasks: Iterable[Task]) -> Iterator[Line]:
        """A line for every task, in the order of completion; tasks are taken only as they can be worked on.

        Raises GraderError where the workers cannot work, Halted where they are lost.
        """


class Bench:
    """A sheet and a sandbox of a worker's own."""

    def __init__(self, setup: Setup) -> None:
        """Draw the sheet. Raises GraderError where it is not the one that the run is about."""
        sheet = draw(load(setup.folder), setup.seed)
        if sheet_digest(sheet) != setup.digest:
            raise GraderError(f"{setup.folder}: a worker has other versions or another assignment than this run")
        self.grader = Grader(sheet, setup.make_runner())
        gc.collect()
        gc.freeze()  # the sheet stays; collections need not look at it

    def grade(self, task: Task) -> Line:
        """The task's line. An error of the grader's own is this submission's fault line, not the run's end."""
        try:
            grade = self.grader.grade(task.submission)
        except Exception as error:
            grade = self.grader.grade(set_aside(task, f"{type(error).__name__}: {error}").submission)
        return to_line(replace(grade, record={**grade.record, **task.record}))


def set_aside(task: Task, reason: str) -> Task:
    """The task as one that cannot be graded through the grader's own fault: its line says so, and nothing is run."""
    return replace(task, submission=replace(task.submission, content=Faulty(reason)))
