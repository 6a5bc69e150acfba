"""A Dask cluster: one that is there, or one of this machine.

The workers need the same versions of the grader and of NumPy, and the assignment's folder under the same path; a
worker with others refuses. Whoever reaches the scheduler can run code on the workers: it belongs behind
a firewall, or behind TLS.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from queue import Empty, Queue
from typing import Any

from ...model import GraderError, GraderFault, install_line
from ..record.results import Halted
from ..record.serialization import Line
from .processes import cores_for, keep_to, spawning
from .worker import Setup, Task, Worker

AHEAD = 2  # chunks of tasks per thread of the cluster: one that is worked on and one that waits there
LARGEST_CHUNK = 16  # tasks sent together, since sending anything costs the scheduler milliseconds
CHUNKS_BEFORE = 8  # per thread, before chunks grow by a task: a small class is spread evenly
LOOK_AGAIN_SECONDS = 2.0  # asking how large the cluster is costs as much
LOOK_SECONDS = 5.0
WORKER_SECONDS = 60.0
TWICE = "the worker that graded it ended each time it was tried (2 times)"
# When a worker ends, its tasks become suspects at once, before they take other workers down. Nobody looks at profiles.
CONFIGURATION = {"distributed.scheduler.allowed-failures": 0, "distributed.worker.profile.enabled": False}
TALKATIVE = ("distributed", "distributed.client", "distributed.scheduler", "tornado", "asyncio")
KEPT = "the grades so far are kept; run the same command again to go on from there"
LOST = f"the Dask scheduler is lost; {KEPT}"
DESERTED = f"no Dask worker is left; {KEPT}"


class DaskEngine:
    """Grades on a cluster: that of a scheduler's address, else one with so many jobs that is started for this run."""

    def __init__(self, setup: Setup, jobs: int, scheduler: str = "") -> None:
        """Keep what the workers need. Raises GraderError if Dask is not installed."""
        _dask()
        self._setup, self._jobs, self._scheduler = setup, jobs, scheduler

    def grade(self, tasks: Iterable[Task]) -> Iterator[Line]:
        """A line for every task, in the order of completion. Raises GraderError, or Halted if the cluster is lost."""
        with self._client() as client:
            flow = _Flow(client, self._setup, () if self._scheduler else tuple(cores_for(self._jobs)))
            source = iter(tasks)
            while flow.top_up(source) or flow.futures:
                yield from flow.finished()
            # Several tasks were with a worker that ended. Alone, the one that ends it shows itself.
            for suspect in list(flow.suspects):
                yield flow.alone(suspect)

    @contextmanager
    def _client(self) -> Iterator[Any]:
        dask, distributed = _dask()
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        with dask.config.set(CONFIGURATION):
            try:
                with spawning():
                    client = distributed.Client(self._scheduler or self._cluster(), timeout=LOOK_SECONDS)
                client.wait_for_workers(1, timeout=WORKER_SECONDS)
            except (OSError, TimeoutError, ValueError) as error:
                raise GraderError(f"{self._scheduler or 'a local cluster'}: no Dask worker answers: {error}") from error
            try:
                yield client
            finally:
                _close(client, with_cluster=not self._scheduler)

    def _cluster(self) -> Any:
        return _dask()[1].LocalCluster(
            n_workers=self._jobs, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
        )


@dataclass
class _Flow:
    """What is under way on the cluster, and what is suspected of having ended a worker.

    cores: those of the workers, if the cluster is on this machine.
    """

    client: Any
    setup: Setup
    cores: tuple[int | None, ...]
    futures: dict[str, tuple[Any, tuple[Task, ...]]] = field(default_factory=dict)
    suspects: list[Task] = field(default_factory=list)
    done: Queue[Any] = field(default_factory=Queue)
    sent: int = 0
    threads: int = 0
    looked: float = -math.inf

    def top_up(self, source: Iterator[Task]) -> bool:
        """Send as many tasks as the cluster can take; whether there were any."""
        room = AHEAD * max(1, self._threads()) - len(self.futures)
        chunks = iter(lambda: tuple(islice(source, self._chunk_size())), ())
        sent = [self._send(chunk) for chunk in islice(chunks, max(0, room))]
        return bool(sent)

    def _chunk_size(self) -> int:
        """How many tasks go together: one at first, and more as they turn out to be many."""
        return min(LARGEST_CHUNK, 1 + self.sent // (CHUNKS_BEFORE * max(1, self.threads)))

    def finished(self) -> Iterator[Line]:
        """The lines that have come back; waits for the next. Raises Halted if none can come any more."""
        try:
            ended = [self.done.get(timeout=LOOK_SECONDS)]
        except Empty:
            self._look_for_worker()
            return
        with suppress(Empty):
            while True:
                ended.append(self.done.get_nowait())
        for future in ended:
            yield from self._result(*self.futures.pop(future.key))

    def alone(self, task: Task) -> Line:
        """A suspect's line, with nothing else under way; a fault line if it ends its worker again."""
        for attempt in (task, task.set_aside(TWICE)):
            self._wait_for_worker()
            self._send((attempt,))
            while self.futures:
                for line in self.finished():
                    return line
        raise Halted(LOST)

    def _send(self, chunk: tuple[Task, ...]) -> str:
        future = self.client.submit(grade_chunk, self.setup, chunk, self.cores, pure=False)
        self.futures[future.key] = (future, chunk)
        self.sent += len(chunk)
        future.add_done_callback(self.done.put)
        return str(future.key)

    def _result(self, future: Any, chunk: tuple[Task, ...]) -> Iterator[Line]:
        """The lines that lie on a worker; Dask makes them again if that has gone. Raises GraderError, Halted."""
        lines: list[Line] | None = None
        while lines is None:
            lines = self._fetched(future, chunk)
        yield from lines

    def _fetched(self, future: Any, chunk: tuple[Task, ...]) -> list[Line] | None:
        """The lines, none of them for suspects; None if they have not come yet, but still can."""
        distributed = _dask()[1]
        try:
            lines: list[Line] = future.result(timeout=LOOK_SECONDS)
        except (Exception, distributed.CancelledError) as error:
            if future.status == "error":
                return self._failed(error, chunk)
            if isinstance(error, TimeoutError):
                self._look_for_worker()
                return None
            if isinstance(error, OSError | distributed.CancelledError):
                raise Halted(LOST) from error
            raise
        return lines

    def _failed(self, error: BaseException, chunk: tuple[Task, ...]) -> list[Line]:
        """What comes of a worker's end, or of what it raised: no lines, but suspects. Raises GraderError, Halted."""
        if isinstance(error, _dask()[1].KilledWorker):
            self.suspects += chunk
            return []
        if isinstance(error, GraderFault):
            raise Halted(f"{error}; {KEPT}") from error
        raise GraderError(str(error)) from error

    def _threads(self) -> int:
        """How many threads the cluster has, as of a moment ago."""
        if time.monotonic() > self.looked + LOOK_AGAIN_SECONDS:
            self._look()
        return self.threads

    def _look(self) -> None:
        """Count the cluster's threads. Raises Halted if nobody answers."""
        try:
            self.threads, self.looked = sum(self.client.nthreads().values()), time.monotonic()
        except (OSError, RuntimeError, TimeoutError) as error:
            raise Halted(LOST) from error

    def _look_for_worker(self) -> None:
        """See that there is a worker. Raises Halted if there is none, and none comes."""
        self._look()
        if not self.threads:
            self._wait_for_worker()

    def _wait_for_worker(self) -> None:
        try:
            self.client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError as error:
            raise Halted(DESERTED) from error
        except OSError as error:
            raise Halted(LOST) from error


def grade_chunk(setup: Setup, chunk: tuple[Task, ...], cores: tuple[int | None, ...]) -> list[Line]:
    """Runs on a worker: grade some tasks, on a sheet that is drawn for the first one and kept."""
    with _setting_up:
        if repr(setup) not in _workers:
            number = _dask()[1].get_worker().name  # a number if the cluster was started for the run
            keep_to(cores[number] if number in range(len(cores)) else None)
            _workers.clear()
            _workers[repr(setup)] = Worker(setup)
        worker = _workers[repr(setup)]
    return [worker.grade(task) for task in chunk]


_workers: dict[str, Worker] = {}
_setting_up = threading.Lock()


def _dask() -> tuple[Any, Any]:
    """The packages, which are large and come with an extra. Raises GraderError if they are not installed."""
    try:
        import dask  # noqa: PLC0415
        import distributed  # noqa: PLC0415
    except ImportError as error:
        raise GraderError(f"--engine dask needs Dask: {install_line('dask')}") from error
    return dask, distributed


def _close(client: Any, with_cluster: bool) -> None:
    """Leave the cluster, and end it if it was started for this run; it may have ended before."""
    cluster = client.cluster if with_cluster else None
    for part in filter(None, (client, cluster)):
        with suppress(OSError, RuntimeError, TimeoutError):
            part.close()
