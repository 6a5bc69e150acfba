"""One submission's time in the sandbox: a new session wherever the last one ended, within one time budget."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..assignment.sheet import Sheet
from ..model import Crashed, ExpectedCase, Missing, Opaque, Outcome, Place, Raised, Returned, TimedOut, TimeFor
from ..model.values import size
from ..sandbox import Call, Job, Runner, Session
from ..sandbox.host.answers import About
from ..sandbox.host.session import NO_HELPERS, Helpers

PROBE_CALLS = 60
PROBE_SECONDS = 0.5  # of one call
SLOW = 0.05
# Of all calls: more than those that were quick so far take, so that what is found does not depend on a machine's load.
PROBES_SECONDS = 2 * PROBE_CALLS * SLOW
ALWAYS_KEPT = 2_000  # entries of a value; what has more is kept only where about as many are expected
ROOM = 4


class Packed:
    """The calls of a sheet's cases, packed once for all submissions."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet, which keeps its cases where they are."""
        self._sheet = sheet
        self._calls = {id(expected): _call(name, expected) for name, cases in sheet.cases.items() for expected in cases}

    def call(self, name: str, expected: ExpectedCase) -> Call:
        """The call of a function on a case, whether the sheet has it or not."""
        return self._calls.get(id(expected)) or _call(name, expected)


def _call(name: str, expected: ExpectedCase) -> Call:
    return Call(name, expected.case.args, is_secret=not expected.fixed)


def known_first(cases: Sequence[ExpectedCase]) -> list[ExpectedCase]:
    """The cases in the order in which a function is asked: what it says to known ones may be shown."""
    return sorted(cases, key=lambda case: not case.fixed)


class Sitting:
    """Runs a submission's functions; use it in a with statement, so that no process outlives it.

    seconds: what the cases of each function took so far.
    """

    def __init__(self, runner: Runner, job: Job, packed: Packed) -> None:
        """Start a process and open the notebook in it. Raises Unreadable, or GraderFault where no process starts."""
        self._runner, self._job, self._packed = runner, job, packed
        self._deadline = time.monotonic() + job.limits.submission_seconds
        self._session = self._start()
        self._apart: Session | None = None
        self._about: dict[str, About] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.opened = self._session.opened

    def __enter__(self) -> Sitting:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End its processes."""
        self._session.close()
        if self._apart:
            self._apart.close()

    def outcomes(self, asked: Mapping[str, Sequence[ExpectedCase]]) -> dict[str, tuple[Outcome, ...]]:
        """The outcome of each case of some functions, by name.

        Function after function, so that none costs another one before it time or peace. The secret cases of each come
        last: it has said all that may be shown of it before it is sent their inputs. Once one has run out of time,
        taken the process down or turned out to be a stub, the rest of its cases share its fate.
        """
        found: dict[int, Outcome] = {}
        fates: dict[str, Outcome] = {}
        todo = [(name, case) for name, cases in asked.items() for case in known_first(cases)]
        while todo := [(name, case) for name, case in todo if name not in fates and id(case) not in found]:
            self._run(todo, found, fates)
        return {
            name: tuple(found[id(case)] if id(case) in found else fates[name] for case in cases)
            for name, cases in asked.items()
        }

    def _run(
        self, todo: Sequence[tuple[str, ExpectedCase]], found: dict[int, Outcome], fates: dict[str, Outcome]
    ) -> None:
        """Add outcomes, and fates of functions, as far as a process lasts."""
        if self._left <= 0:
            fates.update((name, self._over) for name, _ in todo)
            return
        made = self._living().calls([self._packed.call(name, case) for name, case in todo], self._limit)
        before = time.monotonic()
        for (name, case), outcome in zip(todo, map(self._told, made), strict=False):
            if name not in fates:
                found[id(case)] = kept(outcome, case.expected)
                self._about[name] = self._session.about(name)
            self.seconds[name] += time.monotonic() - before
            before = time.monotonic()
            if isinstance(outcome, TimedOut | Crashed | Missing):
                fates.setdefault(name, outcome)
            if isinstance(outcome, Missing) and self._session.has_loaded(name):
                made.close()  # its further calls have been sent, and might take their time
                return

    def start_afresh(self) -> None:
        """What is called from here on is called in a process that has seen nothing yet."""
        self._session.close()

    def helped(self, name: str, case: ExpectedCase, helpers: Helpers) -> Outcome:
        """The outcome of a case with some of the student's own functions answered for here."""
        return kept(self.call(name, case.case.args, helpers), case.expected)

    def call(
        self, name: str, args: tuple[object, ...], helpers: Helpers = NO_HELPERS, seed: int = 0, limit: float = 0.0
    ) -> Outcome:
        """Call a function once, within the limit of a case or a tighter one."""
        if self._left <= 0:
            return self._over
        seconds = min(limit or self._job.limits.case_seconds, self._left)
        outcome = self._living().call(name, args, seconds, helpers, seed)
        self._about[name] = self._session.about(name)
        return self._told(outcome)

    def _told(self, outcome: Outcome) -> Outcome:
        """A call that had less than its own time is told as what it is: how much less depends on the machine."""
        return self._over if isinstance(outcome, TimedOut) and self._left <= 0 else outcome

    def call_apart(self, name: str, args: tuple[object, ...], seed: int, limit: float) -> Outcome:
        """Call a function in a process that has seen no case: what comes back is shown, and could hold one."""
        if self._left <= 0:
            return self._over
        if self._apart is None or not self._apart.alive:
            self._apart = self._start()
        return self._apart.call(name, args, min(limit, self._left), NO_HELPERS, seed)

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


class Probing:
    """Further calls of one function within a budget, and only where its calls have been quick so far.

    They are made apart from the graded ones, since an example of theirs is shown to the student.
    """

    def __init__(self, sitting: Sitting, name: str, outcomes: Sequence[Outcome]) -> None:
        """Look at how the function has done."""
        self._sitting, self._name = sitting, name
        self._calls = PROBE_CALLS if all(map(_is_quick, outcomes)) else 0
        self._seconds = PROBES_SECONDS

    def __call__(self, args: tuple[object, ...], seed: int = 0) -> Outcome | None:
        """What comes back; None where the budget is used up."""
        if self._calls <= 0 or self._seconds <= 0:
            return None
        started = time.monotonic()
        outcome = self._sitting.call_apart(self._name, args, seed, PROBE_SECONDS)
        self._calls, self._seconds = self._calls - 1, self._seconds - (time.monotonic() - started)
        if not isinstance(outcome, Returned | Raised):
            self._calls = 0
            return None
        return kept(outcome)


def kept(outcome: Outcome, expected: object = None) -> Outcome:
    """The outcome without a value far larger than the expected one, which cannot be right and takes long to explain."""
    if not isinstance(outcome, Returned) or not _is_far_larger(outcome.value, expected):
        return outcome
    return replace(outcome, value=Opaque(f"{type(outcome.value).__name__}, far larger than asked for"))


def _is_far_larger(value: object, expected: object) -> bool:
    entries = size(value)
    return entries > ALWAYS_KEPT and entries > ROOM * size(expected)


def _is_quick(outcome: Outcome) -> bool:
    return isinstance(outcome, Returned | Raised) and outcome.seconds < SLOW
