"""A class graded, from the paths that were given to a record in which every submission has its line."""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ..assignment.declaration import Assignment
from ..assignment.sheet import draw
from ..sandbox.host import isolation
from . import changes, extensions, overrides
from .adjustments import Adjustments
from .batch import Basis, Batch
from .class_list import NOTHING_TO_NOTE, ClassList, class_list
from .engines import Engine, engine
from .engines.worker import Setup
from .events import Completed, Event, Finished, Reused, RunReport, SetAside, Started
from .options import RunOptions
from .record import results
from .record.keys import sheet_digest
from .record.results import Results


def grade_class(paths: Sequence[Path], declared: Assignment, output: Path, options: RunOptions) -> Generator[Event]:
    """Grade what is not known yet into the record of a folder, and tell how it gets on.

    Raises GraderError at once if the paths, the roster or the overrides cannot be used; while it runs, GraderError if
    another run holds the folder or no worker can work, and Halted if the run cannot go on. What is graded is kept.
    """
    members = class_list(paths, declared, output, options)
    usual = output / overrides.FILE
    by_hand = options.overrides or (usual if usual.exists() else None)
    usual = output / extensions.FILE
    more_time = options.extensions or (usual if usual.exists() else None)
    rules = Adjustments(
        declared.deadline,
        overrides.read(by_hand, declared) if by_hand else (),
        extensions.read(more_time, declared) if more_time else (),
        frozenset(submission.name for submission in members.submissions) if options.only else None,
    )
    return _Run(members, declared, rules, output, options).events()


@dataclass(frozen=True, slots=True)
class _Run:
    members: ClassList
    declared: Assignment
    rules: Adjustments
    output: Path
    options: RunOptions

    def events(self) -> Generator[Event]:
        """The folder is held while the consumer has the last event, so that nobody else writes reports there."""
        with Results(self.output, self.declared.name) as record:
            yield Started(len(self.members.submissions), self.options.jobs)
            basis = self._basis(record)
            completed: list[Completed] = []
            batch = Batch(record, basis, self.rules, self.options.force)
            for event in batch.run(self.members.submissions, self._engine(basis)):
                completed.append(event)
                yield event
            yield Finished(self._report(record, completed))

    def _basis(self, record: Results) -> Basis:
        """The seed that was asked for, else that of earlier runs in this folder, else a new one."""
        known = (seed for seed in (self.options.seed, record.seed) if seed is not None)
        seed = next(known, None)
        seed = secrets.randbits(63) if seed is None else seed
        return Basis(sheet_digest(draw(self.declared, seed)), seed, str(self.declared.folder))

    def _engine(self, basis: Basis) -> Engine:
        make_runner = partial(isolation.runner, self.options.isolation, self.declared.allowed_imports)
        patience = 60.0 + 10 * self.declared.limits.submission_seconds  # beyond two tries, and all that explains them
        setup = Setup(basis.assignment, basis.seed, basis.sheet, make_runner, patience)
        return engine(self.options.engine, setup, self.options.jobs, self.options.scheduler)

    def _report(self, record: Results, completed: Sequence[Completed]) -> RunReport:
        """Put the record in order, and collect what is no longer as it was."""
        members, whole_class = self.members, not self.options.only
        log = changes.Log(self.output, datetime.now(UTC).isoformat(timespec="seconds"))
        absent = record.names() - {submission.name for submission in members.submissions}
        dropped = absent if self.options.prune and whole_class else absent & {*members.notes.older}
        for name in sorted(dropped):
            log.left_out(record.line_of(name))
        record.finish(self.rules, log.compare, dropped)
        return RunReport(
            grades=tuple(results.read(self.output)),
            twins=self._twins(completed),
            set_aside=tuple(one.submission for one in completed if isinstance(one, SetAside)),
            absent=tuple(members.absent) if members.absent is not None and whole_class else None,
            notes=members.notes if whole_class else NOTHING_TO_NOTE,
            kept=tuple(sorted(absent - dropped)) if whole_class else (),
            changed=log.submissions,
            idle_overrides=tuple(self._idle_overrides()) if whole_class else (),
        )

    def _twins(self, completed: Sequence[Completed]) -> tuple[tuple[str, str], ...]:
        """Who has the same file as somebody else; the members of a group handed in one."""
        paths = {submission.name: submission.path for submission in self.members.submissions}
        twins = [(one.submission, one.twin) for one in completed if isinstance(one, Reused) and one.twin]
        return tuple((name, twin) for name, twin in twins if paths[name] != paths.get(twin))

    def _idle_overrides(self) -> Iterator[overrides.Override]:
        """Scores set by hand that are about no submission of this run: a slip of the pen, most likely."""
        people = [(submission.name, submission.student) for submission in self.members.submissions]
        for one in self.rules.overrides:
            if not any(one.names(*person) for person in people):
                yield one
