"""Worker processes of this machine, one submission at a time each.

A worker that ends while it grades is replaced, and its submission is tried once more; then it is set aside. What
they send each other is pickled: both ends are the grader's own.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any

from ...model import GraderError, GraderFault
from ..record.results import Halted
from ..record.serialization import Line
from .processes import cores_for, keep_to, spawning
from .worker import Setup, Task, Worker

READY = "ready"
TRIES = 2
MOST_FAILED_STARTS = 3
LOOK_SECONDS = 5.0
START_SECONDS = 600.0
END_SECONDS = 10.0
TWICE = f"the process that graded it ended each time it was tried ({TRIES} times)"


class LocalEngine:
    """Grades in processes of this machine. jobs: how many of them."""

    def __init__(self, setup: Setup, jobs: int, scheduler: str = "") -> None:
        """Keep what the workers need. Raises GraderError if a scheduler is given, which belongs to a cluster."""
        if scheduler:
            raise GraderError("--scheduler is the address of a Dask scheduler; add --engine dask")
        self._setup, self._jobs = setup, jobs
        self._workers: list[_Process] = []
        self._tasks: deque[Task] = deque()
        self._tried: Counter[str] = Counter()
        self._failed_starts = 0

    def grade(self, tasks: Iterable[Task]) -> Iterator[Line]:
        """A line for every task, in the order of completion. Raises GraderError, or Halted if no worker stays."""
        source = iter(tasks)
        self._tasks.extend(islice(source, self._jobs))
        self._workers = [_Process(self._setup, core) for core in cores_for(len(self._tasks))]
        try:
            while self._tasks or any(worker.task for worker in self._workers):
                self._hand_out()
                self._tasks.extend(islice(source, max(0, self._jobs - len(self._tasks))))
                yield from self._answers()
        finally:
            for worker in self._workers:
                worker.end()

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.is_idle and self._tasks:
                worker.give(self._tasks.popleft())

    def _answers(self) -> Iterator[Line]:
        """What the workers say next. One that has ended, or hangs, is replaced."""
        speaking = wait([worker.connection for worker in self._workers], LOOK_SECONDS)
        for number, worker in enumerate(self._workers):
            if worker.connection in speaking:
                try:
                    said = worker.take()
                except (EOFError, OSError, GraderFault) as error:
                    self._workers[number] = self._replaced(worker, error)
                    continue
                self._failed_starts = 0
                if said is not None:
                    yield said
            elif worker.is_stuck:
                self._workers[number] = self._replaced(worker)

    def _replaced(self, worker: _Process, error: Exception | None = None) -> _Process:
        """A worker in place of one that is no use. Its task is tried once more, then it is set aside.

        Raises Halted if workers end before they are ready, over and over again: then it is no submission's doing.
        """
        task, was_ready = worker.task, worker.is_ready
        worker.kill()
        self._failed_starts += not was_ready
        if self._failed_starts >= MOST_FAILED_STARTS:
            why = f" ({error})" if isinstance(error, GraderFault) else ""
            raise Halted(f"the processes that grade end as soon as they start{why}; the grades so far are kept")
        if task:
            self._tried[task.key] += 1
            self._tasks.appendleft(task if self._tried[task.key] < TRIES else task.set_aside(TWICE))
        return _Process(self._setup, worker.core)


class _Process:
    """The parent's end of one process."""

    def __init__(self, setup: Setup, core: int | None) -> None:
        self.core, self._patience = core, setup.patience
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, setup, core), daemon=True)
        with spawning():
            self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.is_ready = False
        self._since = time.monotonic()

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a task."""
        return self.is_ready and self.task is None

    @property
    def is_stuck(self) -> bool:
        """Whether it has been busy for longer than starting or any submission takes."""
        limit = self._patience if self.task else START_SECONDS
        return not self.is_idle and time.monotonic() - self._since > limit

    def give(self, task: Task) -> None:
        """Have a task graded. If it cannot be sent, nothing will come back either."""
        self.task, self._since = task, time.monotonic()
        with contextlib.suppress(OSError):
            self.connection.send(task)

    def take(self) -> Line | None:
        """What it says: a line, or None once it is ready.

        Raises GraderError if it cannot work, GraderFault if another might, EOFError or OSError at its end.
        """
        said: Any = self.connection.recv()
        if isinstance(said, GraderError | GraderFault):
            raise said
        if said == READY:
            self.is_ready = True
            return None
        assert isinstance(said, Line)
        self.task = None
        return said

    def end(self) -> None:
        """Have it clean up and go; what it is working on is given up."""
        self.connection.close()
        if self.task or not self.is_ready:
            self._process.terminate()
        self._process.join(END_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it in any case."""
        self.connection.close()
        self._process.kill()
        self._process.join()


def work(connection: Connection, setup: Setup, core: int | None) -> None:
    """Grade what comes until the parent hangs up. ^C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    keep_to(core)
    try:
        worker = Worker(setup)
    except (GraderError, GraderFault) as error:
        connection.send(error)
        return
    with contextlib.suppress(EOFError, OSError):
        connection.send(READY)
        while True:
            connection.send(worker.grade(connection.recv()))


def _leave(*_: object) -> None:
    """Clean up and go, undisturbed by being told again."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()
