"""Why a function failed: what was counted elsewhere, which mistake explains its answers, and a small example.

By now the verdicts are known. So whatever goes wrong in the grader while it explains them costs the explanation, and
never the grade.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..model import (
    Arguments,
    Counterexample,
    ExerciseGrade,
    GraderFault,
    Outcome,
    PartEarned,
    Raised,
    Remark,
    Returned,
    Unexplained,
)
from .marking import Attempt, Finding, exercise_grade

if TYPE_CHECKING:
    from ..diagnosis import Diagnoser, Diagnosis, Probe
    from ..diagnosis.counterexample import Examples
    from .follow_through import Followed, FollowThrough
    from .submission_runner import SubmissionRunner

PROBE_CALLS = 60
PROBE_SECONDS = 0.5  # of one call
SLOW = 0.05
# Of all calls: more than those that were quick so far take, so that what is found does not depend on a machine's load.
PROBES_SECONDS = 2 * PROBE_CALLS * SLOW
MOST_SAID = 200


@dataclass(frozen=True, slots=True)
class Explainer:
    """What failures on one sheet are explained with, for all submissions alike.

    convention_earns: the share of the points of an answer that is right in another lecture's convention.
    """

    diagnoser: Diagnoser
    examples: Examples
    convention_earns: float

    def grade(
        self, attempt: Attempt, running: SubmissionRunner, through: FollowThrough, is_last_try: bool
    ) -> ExerciseGrade:
        """The grade of a function that failed. Raises GraderFault if the sandbox fails before the last try."""
        return _Explanation(self, attempt, running, through, is_last_try).grade()

    def smallest_example(self, attempt: Attempt, probe: Probe) -> Counterexample | None:
        """The smallest input found on which the function is wrong."""
        key = attempt.key
        return self.examples.smallest(key.exercise, attempt.outcomes, attempt.parameters, probe, key.tolerance)

    def worth(self, attempt: Attempt, diagnosis: Diagnosis | None) -> tuple[float, tuple[PartEarned, ...]]:
        """The share of the points that an answer earns because it is understood, and the remark that says so."""
        share = diagnosis.share(self.convention_earns) if diagnosis else 0.0
        if diagnosis is None or not share or attempt.exercise.all_or_nothing:
            return 0.0, ()
        points = attempt.exercise.points
        earned = points * share if share > attempt.share else 0.0
        return share, (PartEarned(earned, points, diagnosis.convention),)


@dataclass
class _Explanation:
    """What is found out about one function that failed."""

    explainer: Explainer
    own: Attempt
    running: SubmissionRunner
    through: FollowThrough
    is_last_try: bool
    faults: list[Remark] = field(default_factory=list)

    def grade(self) -> ExerciseGrade:
        exercise = self.own.exercise
        followed: Followed | None = None
        with self.sparing_the_grade():
            followed = self.through.followed(exercise)
        if followed and followed.attempt.passed:
            return self.graded(followed.attempt, followed, None, None)
        attempt = followed.attempt if followed else self.own
        # With stand-ins there are no further calls: what is asked of them has to belong to a case.
        probe = no_probe if followed else Probing(self.running, exercise.name, attempt.outcomes)
        diagnosis = self.diagnosis(attempt, probe)
        unmasked = None if followed else self.through.unmasked(exercise)
        # A helper's fault may hide one of the function's own, which shows once the helper is stood in for. A known
        # mistake that explains every answer as it is says more.
        if unmasked and not (diagnosis and diagnosis.mistakes):
            shown = self.diagnosis(unmasked.attempt, no_probe)
            ends_no_more = _ends_with_an_error(self.own) and not _ends_with_an_error(unmasked.attempt)
            if shown or (diagnosis is None and ends_no_more):
                return self.graded(unmasked.attempt, unmasked, shown, None)
        example: Counterexample | None = None
        with self.sparing_the_grade():
            example = self.explainer.smallest_example(attempt, probe)
        return self.graded(attempt, followed, diagnosis, example)

    def diagnosis(self, attempt: Attempt, probe: Probe) -> Diagnosis | None:
        """What explains every case."""
        exercise = attempt.exercise
        with self.sparing_the_grade():
            carried = [slip for slips in self.through.slips(exercise).values() for slip in slips]
            outcomes, parameters = attempt.outcomes, attempt.parameters
            return self.explainer.diagnoser.explain(exercise, outcomes, parameters, probe, carried)
        return None

    def graded(
        self,
        attempt: Attempt,
        followed: Followed | None,
        diagnosis: Diagnosis | None,
        example: Counterexample | None,
    ) -> ExerciseGrade:
        if diagnosis:
            self.through.diagnoses[attempt.exercise.name] = diagnosis
        earns, earned = self.explainer.worth(attempt, diagnosis)
        remarks: tuple[Remark, ...] = (followed.remark,) if followed else ()
        helpers = followed.remark.functions if followed else ()
        return exercise_grade(attempt, Finding(diagnosis, earns, helpers, (*remarks, *earned, *self.faults), example))

    @contextmanager
    def sparing_the_grade(self) -> Iterator[None]:
        """A fault within is remarked on. Of the sandbox's own there is another try, unless this is the last one."""
        try:
            yield
        except GraderFault as fault:
            if not self.is_last_try:
                raise
            self.faults.append(Unexplained(str(fault)[:MOST_SAID]))
        except Exception as error:
            self.faults.append(Unexplained(f"{type(error).__name__}: {error}"[:MOST_SAID]))


def _ends_with_an_error(attempt: Attempt) -> bool:
    return any(isinstance(outcome, Raised) for outcome in attempt.outcomes)


def no_probe(args: Arguments, seed: int = 0) -> None:
    """No further calls."""


class Probing:
    """Further calls of one function within a budget, and only where its calls have been quick so far.

    They are made apart from the graded ones, since an example of theirs is shown to the student.
    """

    def __init__(self, running: SubmissionRunner, name: str, outcomes: Sequence[Outcome]) -> None:
        """Look at how the function has done."""
        self._running, self._name = running, name
        self._calls = PROBE_CALLS if all(map(_is_quick, outcomes)) else 0
        self._seconds = PROBES_SECONDS

    def __call__(self, args: Arguments, seed: int = 0) -> Outcome | None:
        """What comes back; None where the budget is used up."""
        if self._calls <= 0 or self._seconds <= 0:
            return None
        started = time.monotonic()
        outcome = self._running.call_apart(self._name, args, seed, PROBE_SECONDS)
        self._calls, self._seconds = self._calls - 1, self._seconds - (time.monotonic() - started)
        if not isinstance(outcome, Returned | Raised):
            self._calls = 0
            return None
        return outcome


def _is_quick(outcome: Outcome) -> bool:
    return isinstance(outcome, Returned | Raised) and outcome.seconds < SLOW
