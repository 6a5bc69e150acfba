"""What a kind of isolation provides: a process per submission, to be told requests and asked for what it answers."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ...assignment.vocabulary import Limits

ENDINGS = {
    "SIGSEGV": "memory that is not its own was touched, or the recursion was too deep",
    "SIGKILL": "the limit on processor time, or no memory left on the machine",
}


Reply = Callable[[Any], bytes]  # the frame that answers what a process asks for; raises Gone


class Silent(Exception):
    """Nothing was said within the time given."""


class Gone(Exception):
    """The process has ended, or said something that is no answer; the message says how."""


@dataclass(frozen=True, slots=True)
class Job:
    """A submission to be run: its bytes, how to read them, what lies beside it, its limits, and the names asked for.

    support: files by their paths from the working directory, none of which leads out of it. allowed_imports: the
    packages that their code may import, any if none is named. is_last_try: what kills its process is then taken for its
    own doing.
    """

    data: bytes
    suffix: str
    support: Mapping[str, bytes]
    limits: Limits
    names: tuple[str, ...] = ()
    allowed_imports: tuple[str, ...] = ()
    is_last_try: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError if a file would be written elsewhere: support files are laid out before the confinement."""
        for path in map(PurePosixPath, self.support):
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"{path} leads out of the working directory")


class Process(Protocol):
    """A confined process that serves the protocol of `guest/serving.py`.

    holds: how many bytes of requests may be on their way to it without anyone having to wait for anyone.
    """

    holds: int

    def send(self, data: bytes) -> None:
        """Hand a frame over. Raises Gone if nobody takes it."""

    def receive(self, seconds: float, reply: Reply) -> Any:
        """The next message. Raises Silent when the time is over, Gone when there will be none.

        reply: for what answers within this thread, and so cannot be sent anything before it has ended.
        """

    def kill(self) -> None:
        """End the process and everything that it started; harmless when it has ended."""


class Runner(Protocol):
    """A kind of isolation: starts a process per submission."""

    is_for_strangers: bool  # what runs there can spend nothing beyond its own limits

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds a process, by name, for the record."""

    def start(self, job: Job) -> Process:
        """A process ready to be asked. Raises GraderFault if the grader's own side fails."""

    def close(self) -> None:
        """Let go of whatever it keeps ready."""


def ending(code: int) -> str:
    """How a process ended, in words that a student can read.

    code: its exit code, or the negative number of a signal, as `subprocess` gives them.
    """
    if code >= 0:
        return f"the process ended itself (exit code {code})"
    name = _signal_name(-code)
    reason = f": {ENDINGS[name]}" if name in ENDINGS else ""
    return f"the process was ended by {name}{reason}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
