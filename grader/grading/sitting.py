"""One submission's time in the sandbox: a new session wherever the last one ended, within one time budget."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from ..model import Crashed, ExpectedCase, GraderFault, Missing, Outcome, Place, Raised, Returned, TimedOut
from ..sandbox import Job, Runner, Session
from ..sandbox.session import NO_HELPERS, About, Helpers

PROBE_CALLS = 60
PROBE_SECONDS = 0.5
SLOW = 0.05


class Sitting:
    """Runs a submission's functions; use it in a with statement, so that no process outlives it."""

    def __init__(self, runner: Runner, job: Job) -> None:
        """Start a process and open the notebook in it. Raises Unreadable, or GraderFault where no process starts."""
        self._runner, self._job = runner, job
        self._deadline = time.monotonic() + job.limits.submission_seconds
        self._session = self._start()
        self._about: dict[str, About] = {}
        self.opened = self._session.opened

    def __enter__(self) -> Sitting:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End its process."""
        self._session.close()

    def outcomes(self, name: str, cases: Sequence[ExpectedCase], helpers: Helpers = NO_HELPERS) -> Iterator[Outcome]:
        """The outcome of each case; once one has run out of time or taken the process down, the rest share its fate."""
        fate: Outcome | None = None
        for expected in cases:
            outcome = fate or self.call(name, expected.case.args, helpers)
            fate = outcome if isinstance(outcome, TimedOut | Crashed | Missing) else None
            yield outcome

    def call(
        self, name: str, args: tuple[object, ...], helpers: Helpers = NO_HELPERS, seed: int = 0, limit: float = 0.0
    ) -> Outcome:
        """Call a function once, within the limit of a case or a tighter one."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return TimedOut(self._job.limits.submission_seconds, whole=True)
        if not self._session.alive:
            self._session = self._start()
        seconds = min(limit or self._job.limits.case_seconds, left)
        outcome = self._session.call(name, args, seconds, helpers, seed)
        self._about[name] = self._session.about(name)
        return outcome

    def about(self, name: str) -> About:
        """A function's parameters and needs, once it has been called."""
        return self._about.get(name, About())

    def place(self, name: str) -> Place | None:
        """Where the notebook last binds a name."""
        found = self.opened.found.get(name)
        return found.place if found else None

    def _start(self) -> Session:
        """A fault of the grader's own is tried once more."""
        try:
            return Session(self._runner.start(self._job), self._job)
        except GraderFault:
            return Session(self._runner.start(self._job), self._job)


class Probing:
    """Further calls of one function within a budget, and only where its calls have been quick so far."""

    def __init__(self, sitting: Sitting, name: str, outcomes: Sequence[Outcome]) -> None:
        """Look at how the function has done."""
        self._sitting, self._name = sitting, name
        self._calls = PROBE_CALLS if all(map(_is_quick, outcomes)) else 0
        self._seconds = PROBE_SECONDS

    def __call__(self, args: tuple[object, ...], seed: int = 0) -> Outcome | None:
        """What comes back; None where the budget is used up."""
        if self._calls <= 0 or self._seconds <= 0:
            return None
        started = time.monotonic()
        outcome = self._sitting.call(self._name, args, seed=seed, limit=PROBE_SECONDS)
        self._calls, self._seconds = self._calls - 1, self._seconds - (time.monotonic() - started)
        if not isinstance(outcome, Returned | Raised):
            self._calls = 0
            return None
        return outcome


def _is_quick(outcome: Outcome) -> bool:
    return isinstance(outcome, Returned | Raised) and outcome.seconds < SLOW
