"""One submission in the sandbox: a new session wherever the last one ended, within one time budget."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import (
    Arguments,
    Crashed,
    ExpectedCase,
    Missing,
    Opaque,
    Outcome,
    Place,
    Returned,
    TimedOut,
    TimeFor,
)
from ..model.values import size
from ..sandbox import Job, Runner, Session
from ..sandbox.host.answers import About
from ..sandbox.host.session import NO_HELPERS, Helpers
from .marking import AnswerKey

ALWAYS_KEPT = 2_000  # entries of a value; what has more is kept only where about as many are expected
ROOM = 4

Asked = tuple[str, int]  # a function's name, and the number of one of its cases


class SubmissionRunner:
    """Runs a submission's functions; use it in a with statement, so that no process outlives it.

    seconds: what the cases of each function took so far.
    """

    def __init__(self, runner: Runner, job: Job) -> None:
        """Start a process and open the notebook in it.

        Raises Unreadable if it is no notebook, GraderFault if no process starts.
        """
        self._runner, self._job = runner, job
        self._deadline = time.monotonic() + job.limits.submission_seconds
        self._session = self._start()
        self._apart: Session | None = None
        self._about: dict[str, About] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.opened = self._session.opened

    def __enter__(self) -> SubmissionRunner:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()
        if self._apart:
            self._apart.close()

    def outcomes(self, keys: Mapping[str, AnswerKey]) -> dict[str, tuple[Outcome, ...]]:
        """The outcome of each case of some functions, by name.

        One function is asked after the other, so that a slow one costs those before it nothing. The secret cases of
        each come last: it has said all that may be shown of it before it is sent their inputs. Once a function has run
        out of time, taken the process down or turned out to be a stub, the rest of its cases share its fate.
        """
        found: dict[Asked, Outcome] = {}
        fates: dict[str, Outcome] = {}
        todo = [(name, i) for name, key in keys.items() for i in key.known_first]
        # A process may end at any call. Whatever has neither an outcome nor a fate then is asked again, in a new one.
        while todo := [(name, i) for name, i in todo if name not in fates and (name, i) not in found]:
            self._run(todo, keys, found, fates)
        return {
            name: tuple(found.get((name, i)) or fates[name] for i in range(len(key.cases)))
            for name, key in keys.items()
        }

    def _run(
        self,
        todo: Sequence[Asked],
        keys: Mapping[str, AnswerKey],
        found: dict[Asked, Outcome],
        fates: dict[str, Outcome],
    ) -> None:
        """Add outcomes, and fates of functions, as far as a process lasts."""
        if self._left <= 0:
            fates.update((name, self._over) for name, _ in todo)
            return
        made = self._living().calls([keys[name].calls[i] for name, i in todo], self._limit)
        before = time.monotonic()
        for (name, i), outcome in zip(todo, map(self._put_right, made), strict=False):
            if name not in fates:
                found[name, i] = kept(outcome, keys[name].cases[i].expected)
                self._about[name] = self._session.about(name)
            self.seconds[name] += time.monotonic() - before
            before = time.monotonic()
            if isinstance(outcome, TimedOut | Crashed | Missing):
                fates.setdefault(name, outcome)
            # Calls are sent ahead, before the answers to those before them. To go on reading would mean to wait for
            # all further calls of a stub, so the process that has them in its channel is given up instead.
            if isinstance(outcome, Missing) and self._session.has_loaded(name):
                made.close()
                return

    def start_afresh(self) -> None:
        """What is called from here on is called in a process that has seen nothing yet."""
        self._session.close()

    def helped(self, name: str, expected: ExpectedCase, helpers: Helpers) -> Outcome:
        """The outcome of a case with some of the student's own functions answered for here."""
        return kept(self.call(name, expected.case.args, helpers), expected.expected)

    def call(
        self, name: str, args: Arguments, helpers: Helpers = NO_HELPERS, seed: int = 0, limit: float = 0.0
    ) -> Outcome:
        """Call a function once, within the limit of a case or a tighter one."""
        if self._left <= 0:
            return self._over
        seconds = min(limit or self._job.limits.case_seconds, self._left)
        outcome = self._living().call(name, args, seconds, helpers, seed)
        self._about[name] = self._session.about(name)
        return self._put_right(outcome)

    def _put_right(self, outcome: Outcome) -> Outcome:
        """A call that had less than its own time ran out of the whole's: how much less depends on the machine."""
        return self._over if isinstance(outcome, TimedOut) and self._left <= 0 else outcome

    def call_apart(self, name: str, args: Arguments, seed: int, limit: float) -> Outcome:
        """Call a function in a process that has seen no case: what comes back is shown, and could hold one."""
        if self._left <= 0:
            return self._over
        if self._apart is None or not self._apart.alive:
            self._apart = self._start()
        return kept(self._apart.call(name, args, min(limit, self._left), NO_HELPERS, seed))

    def about(self, name: str) -> About:
        """A function's parameters and needs, once it has been called."""
        return self._about.get(name, About())

    def place(self, name: str) -> Place | None:
        """Where the notebook last binds a name."""
        found = self.opened.found.get(name)
        return found.place if found else None

    @property
    def _left(self) -> float:
        """Seconds until the submission's time is over."""
        return self._deadline - time.monotonic()

    @property
    def _over(self) -> TimedOut:
        return TimedOut(self._job.limits.submission_seconds, TimeFor.WHOLE)

    def _limit(self) -> float:
        return min(self._job.limits.case_seconds, self._left)

    def _living(self) -> Session:
        if not self._session.alive:
            self._session = self._start()
        return self._session

    def _start(self) -> Session:
        return Session(self._runner.start(self._job), self._job)


def kept(outcome: Outcome, expected: object = None) -> Outcome:
    """The outcome without a value far larger than the expected one, which cannot be right and takes long to explain."""
    if not isinstance(outcome, Returned) or not _is_far_larger(outcome.value, expected):
        return outcome
    return replace(outcome, value=Opaque(f"{type(outcome.value).__name__}, far larger than asked for"))


def _is_far_larger(value: object, expected: object) -> bool:
    entries = size(value)
    return entries > ALWAYS_KEPT and entries > ROOM * size(expected)
