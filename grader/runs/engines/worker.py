"""What a worker does, whichever engine it works for: grade one task after another on a sheet that it drew itself."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...assignment.catalogue import load
from ...assignment.sheet import draw
from ...grading import Grader
from ...model import GraderError, Submission
from ...sandbox import Runner
from ...submissions.files import Faulty
from ..record.keys import sheet_digest
from ..record.serialization import Line, to_line


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker needs to know: the assignment's folder, the seed, the sheet's digest, and which sandbox.

    patience: after so many seconds on one submission, the worker itself hangs.
    """

    folder: str
    seed: int
    digest: str
    make_runner: Callable[[], Runner]
    patience: float = 600.0


@dataclass(frozen=True, slots=True)
class Task:
    """One submission, with its bytes in it, and what its record says beside the grade. key names the result."""

    key: str
    submission: Submission
    record: Mapping[str, Any]

    def set_aside(self, reason: str) -> Task:
        """This task as one over which the grader itself failed: nothing is run, and its line gives the reason."""
        return replace(self, submission=replace(self.submission, content=Faulty(reason)))


class Worker:
    """A sheet and a sandbox of a worker's own."""

    def __init__(self, setup: Setup) -> None:
        """Draw the sheet. Raises GraderError if it is not the one that the run is about."""
        sheet = draw(load(setup.folder), setup.seed)
        if sheet_digest(sheet) != setup.digest:
            raise GraderError(f"{setup.folder}: a worker does not have the versions and the assignment of this run")
        self.grader = Grader(sheet, setup.make_runner())
        gc.collect()
        gc.freeze()  # the sheet stays for good, so later collections need not look at it

    def grade(self, task: Task) -> Line:
        """The task's line.

        Whatever goes wrong in the grader itself costs this one submission, which a person then looks at, and never the
        run.
        """
        try:
            return self._line(task)
        except Exception as error:
            return self._line(task.set_aside(f"{type(error).__name__}: {error}"))

    def _line(self, task: Task) -> Line:
        grade = self.grader.grade(task.submission)
        return to_line(replace(grade, record=replace(grade.record, **task.record)))
