"""Where submissions are graded: in processes of this machine, or on a cluster. Every engine gives the same lines.

A further engine is one module with a class like these, and one line in `ENGINES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from ...model import GraderError
from ..record.serialization import Line
from .dask import DaskEngine
from .local import LocalEngine
from .worker import Setup, Task


class Engine(Protocol):
    """A way to grade many tasks at the same time."""

    def grade(self, tasks: Iterable[Task]) -> Iterator[Line]:
        """A line for every task, in the order of completion; tasks are taken only as they can be worked on.

        Raises GraderError if the workers cannot work, Halted if they are lost.
        """


# Each is made from what the workers need, how many submissions are graded at the same time, and the address of a
# scheduler, which may be empty. It raises GraderError if it is not installed, or has no use for a scheduler.
ENGINES: dict[str, Callable[[Setup, int, str], Engine]] = {"local": LocalEngine, "dask": DaskEngine}


def engine(name: str, setup: Setup, jobs: int, scheduler: str = "") -> Engine:
    """The engine of this name. Raises GraderError if there is none, or if it cannot be used here."""
    if name not in ENGINES:
        raise GraderError(f"--engine {name}: there is no such engine; there are: {', '.join(ENGINES)}")
    return ENGINES[name](setup, jobs, scheduler)
