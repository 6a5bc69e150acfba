"""How far a run is, on stderr: a line that moves where somebody watches, a line a minute where nobody does."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from ...model import SubmissionStatus
from ...runs.batch import How, Watch
from . import screen

QUIET_SECONDS = 60.0


class Tally:
    """Counts what has its line, and how it came to it."""

    def __init__(self, total: int, jobs: int) -> None:
        """total: how many submissions there are. jobs: how many are graded at a time, at most."""
        self.total, self._jobs = total, jobs
        self.how: Counter[How] = Counter()
        self.faults = 0
        self._started = time.monotonic()

    def count(self, how: How, status: SubmissionStatus) -> None:
        """One more has its line."""
        self.how[how] += 1
        self.faults += status is SubmissionStatus.GRADER_FAULT

    @property
    def done(self) -> int:
        """How many have their line."""
        return self.how.total()

    def now(self) -> str:
        """How it stands: done, running, left, rate, faults."""
        left = self.total - self.done
        running = min(self._jobs, left)
        parts = [f"{self.done} of {self.total} done, {running} running, {left - running} left", self._rate()]
        return ", ".join([*filter(None, parts), *self._faults()])

    def end(self) -> str:
        """What the run came to."""
        seconds = time.monotonic() - self._started
        known, alike = self.how[How.KNOWN], self.how[How.ALIKE]
        graded = f"{self.how[How.GRADED]} graded in {seconds:.1f} s"
        before = [f"{known} of {self.total} had been graded before and have not changed"] if known else []
        twins = [f"{alike} are the same file as another one's"] if alike else []
        return "; ".join([*before, ", ".join([graded, *filter(None, [self._rate()]), *self._faults()]), *twins])

    def _rate(self) -> str:
        graded, seconds = self.how[How.GRADED], time.monotonic() - self._started
        return f"{graded / seconds:.1f} per second" if graded and seconds else ""

    def _faults(self) -> list[str]:
        return [f"{self.faults} through the grader's own fault not graded"] if self.faults else []


@contextmanager
def progress(tally: Tally) -> Iterator[Watch]:
    """Shows the tally while it is counted."""
    console = screen.stderr()
    yield from _moving(console, tally) if console.is_terminal else _quiet(console, tally)


def _moving(console: Console, tally: Tally) -> Iterator[Watch]:
    columns = (
        BarColumn(),
        TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(tally.now(), total=tally.total)

        def watch(how: How, status: SubmissionStatus) -> None:
            tally.count(how, status)
            bar.update(task, completed=tally.done, description=tally.now())

        yield watch


def _quiet(console: Console, tally: Tally) -> Iterator[Watch]:
    said = time.monotonic()

    def watch(how: How, status: SubmissionStatus) -> None:
        nonlocal said
        tally.count(how, status)
        if time.monotonic() - said > QUIET_SECONDS:
            said = time.monotonic()
            console.print(tally.now())

    yield watch
