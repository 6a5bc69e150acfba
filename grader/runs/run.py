"""One run of `grader grade`: from the class to a record in which every submission has its line."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from ..assignment.declaration import Assignment
from ..assignment.sheet import draw
from ..interfaces.cli import screen
from ..interfaces.cli.progress import Tally, progress
from ..model import GraderError
from ..sandbox.host import isolation
from . import changes
from .adjustments import Settling
from .batch import Basis, Batch
from .class_list import Class
from .engines.bench import Engine, Setup
from .engines.dask import DaskEngine
from .engines.local import LocalEngine
from .record.keys import sheet_digest
from .record.results import Results


class EngineName(StrEnum):
    """Where submissions are graded."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Way:
    """How a run is carried out; none of it changes a grade. force and prune are about what earlier runs left."""

    engine: EngineName
    jobs: int
    scheduler: str
    isolation: isolation.Level
    force: bool
    prune: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Who is graded, on what, under which rules for days and overrides, into which folder, and how."""

    members: Class
    declared: Assignment
    rules: Settling
    output: Path
    way: Way

    def grade(self, seed: int | None, record: Results) -> None:
        """Grade what is not known yet; every grade is on disk before the next is waited for.

        seed: None takes that of the record, else a new one. Raises GraderError, Halted where the run cannot go on.
        """
        tally = Tally(len(self.members.submissions), self.way.jobs)
        basis = self._basis(seed, record)
        with progress(tally) as watch:
            batch = Batch(record, basis, self.rules, watch, self.way.force)
            batch.run(self.members.submissions, self._engine(basis))
        for notice in (tally.end(), *self._finish(record), *self.members.notices(), *self._idle_overrides()):
            screen.stderr().print(notice)

    def _basis(self, seed: int | None, record: Results) -> Basis:
        chosen = next((known for known in (seed, record.seed) if known is not None), None)
        chosen = secrets.randbits(63) if chosen is None else chosen
        return Basis(sheet_digest(draw(self.declared, chosen)), chosen, str(self.declared.folder))

    def _engine(self, basis: Basis) -> Engine:
        make_runner = partial(isolation.runner, self.way.isolation)
        setup = Setup(basis.assignment, basis.seed, basis.sheet, make_runner)
        if self.way.engine is EngineName.DASK:
            return DaskEngine(setup, self.way.jobs, self.way.scheduler)
        if self.way.scheduler:
            raise GraderError("--scheduler is the address of a Dask scheduler; add --engine dask")
        return LocalEngine(setup, self.way.jobs)

    def _finish(self, record: Results) -> Iterator[str]:
        """Put the record in order, and say what is no longer as it was."""
        log = changes.Log(self.output, datetime.now(UTC).isoformat(timespec="seconds"))
        absent = record.names() - {submission.name for submission in self.members.submissions}
        dropped = absent if self.way.prune else absent & {submission.name for submission in self.members.older}
        for name in sorted(dropped):
            log.left_out(record.line_of(name))
        record.finish(self.rules, log.compare, dropped)
        if record.moved:
            yield f"the results of another assignment that were there are now in {record.moved}"
        if absent - dropped and not self.members.only:
            kept = len(absent - dropped)
            yield f"{kept} graded earlier are not at these paths now; their rows are kept (--prune drops them)"
        if log.submissions:
            yield f"{log.submissions} had other points before: {self.output / changes.FILE} says whose, and why"

    def _idle_overrides(self) -> Iterator[str]:
        """Scores set by hand that are nobody's here: a slip of the pen, most likely."""
        people = [(submission.name, submission.student) for submission in self.members.submissions]
        for one in () if self.members.only else self.rules.overrides:
            if not any(one.names(*person) for person in people):
                yield f"the override on line {one.line} ({one.submission or one.student}) is nobody's here"
