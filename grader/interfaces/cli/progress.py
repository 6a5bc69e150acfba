"""How far a run is, on stderr: a line that moves if somebody watches, a line a minute if nobody does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from ...runs.events import Event, Finished, Graded, Reused, RunReport, SetAside, Started
from . import console

QUIET_SECONDS = 60.0


@dataclass
class Tally:
    """Counts the submissions of a run by what became of them."""

    total: int = 0
    jobs: int = 1
    graded: int = 0
    known: int = 0
    twins: int = 0
    set_aside: int = 0
    started: float = field(default_factory=time.monotonic)

    def count(self, event: Event) -> None:
        """Take one more event in."""
        match event:
            case Started(total, jobs):
                self.total, self.jobs = total, jobs
            case Graded():
                self.graded += 1
            case Reused(twin=""):
                self.known += 1
            case Reused():
                self.twins += 1
            case SetAside():
                self.set_aside += 1

    @property
    def done(self) -> int:
        """How many have their grade."""
        return self.graded + self.known + self.twins + self.set_aside

    def now(self) -> str:
        """How it stands: done, running, left, rate."""
        left = self.total - self.done
        running = min(self.jobs, left)
        return ", ".join([f"{self.done} of {self.total} done, {running} running, {left - running} left", *self._rate()])

    def end(self) -> str:
        """What the run came to."""
        seconds = time.monotonic() - self.started
        before = f"{self.known} of {self.total} had been graded before and have not changed"
        graded = ", ".join([f"{self.graded} graded in {seconds:.1f} s", *self._rate()])
        twins = f"{self.twins} took the grade of the same file" if self.twins else ""
        return "; ".join(filter(None, [before if self.known else "", graded, twins]))

    def _rate(self) -> Iterator[str]:
        seconds = time.monotonic() - self.started
        if self.graded and seconds:
            yield f"{self.graded / seconds:.1f} per second"


def shown(events: Iterable[Event]) -> RunReport:
    """The report of a run, which is watched until then and can be closed after it."""
    on, tally = console.stderr(), Tally()
    with _moving(on, tally) if on.is_terminal else _quiet(on, tally) as refresh:
        for event in events:
            if isinstance(event, Finished):
                break
            tally.count(event)
            refresh()
    on.print(tally.end())
    assert isinstance(event, Finished)
    return event.report


@contextmanager
def _moving(on: Console, tally: Tally) -> Iterator[Callable[[], None]]:
    columns = (
        BarColumn(),
        TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=on, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda: bar.update(task, total=tally.total, completed=tally.done, description=tally.now())


@contextmanager
def _quiet(on: Console, tally: Tally) -> Iterator[Callable[[], None]]:
    said = time.monotonic()

    def refresh() -> None:
        nonlocal said
        if time.monotonic() - said > QUIET_SECONDS:
            said = time.monotonic()
            on.print(tally.now())

    yield refresh
