"""A mistake costs once: a function that fails only because of the student's own earlier ones is not charged again.

If a function fails, it is run again with those of the student's own functions that it needs, and that did not pass
themselves, stood in for: each call of one is answered by the oracle, from the reference, which never enters the
student's process. Only functions of exercises that the declaration says this one builds on are stood in for, so what is
asked has been graded before. Nothing is gained by a function that its helper needs in turn, by a helper that never
comes to an end, nor by handing on a helper's answer as one's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..model import Cause, CountedElsewhere, Outcome, Raised
from .marking import AnswerKey, AnswerKeys, Attempt
from .oracle import Oracle

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise
    from ..assignment.sheet import Sheet
    from ..assignment.vocabulary import Mistake
    from ..diagnosis import Diagnoser, Diagnosis
    from .references import References
    from .submission_runner import SubmissionRunner


@dataclass(frozen=True, slots=True)
class Followed:
    """An attempt that counts in the place of the first one, and what was not counted again in it."""

    attempt: Attempt
    remark: CountedElsewhere


class FollowThrough:
    """What one submission's functions come to, each with and without the student's own earlier ones."""

    def __init__(
        self, sheet: Sheet, keys: AnswerKeys, running: SubmissionRunner, diagnoser: Diagnoser, references: References
    ) -> None:
        """Start with nothing known."""
        self._sheet, self._keys, self._running = sheet, keys, running
        self._diagnoser, self._references = diagnoser, references
        self._attempts: dict[str, Attempt] = {}
        self._unmasked: dict[str, Followed] = {}
        self.diagnoses: dict[str, Diagnosis] = {}

    def attempt_all(self, exercises: Iterable[Exercise]) -> None:
        """Call the functions as they are on every case."""
        keys = {exercise.name: self._keys.of(exercise) for exercise in exercises}
        outcomes = self._running.outcomes(keys)
        for name, key in keys.items():
            self._attempts[name] = Attempt(key, outcomes[name], self._running.about(name).parameters)

    def attempt(self, exercise: Exercise) -> Attempt:
        """The function as it is, called on every case; once for each exercise."""
        if exercise.name not in self._attempts:
            self.attempt_all([exercise])
        return self._attempts[exercise.name]

    def followed(self, exercise: Exercise) -> Followed | None:
        """A better attempt at a function that failed; None if there is none, or if the assignment wants none."""
        if not self._sheet.assignment.follow_through:
            return None
        return self._with_stand_ins(exercise) or self._with_the_same_slip(exercise)

    def unmasked(self, exercise: Exercise) -> Followed | None:
        """An attempt that earns no more, but fails otherwise: the student's own fault may hide behind a helper's."""
        return self._unmasked.get(exercise.name)

    def _helped(self, exercise: Exercise, oracle: Oracle) -> Attempt:
        """What is returned for a known case may be shown, so no secret one has been seen before."""
        key = self._keys.of(exercise)
        self._references.prepare()
        self._running.start_afresh()
        outcomes: dict[int, Outcome] = {}
        for i in key.known_first:
            oracle.turn_to(i, key.cases[i])
            outcomes[i] = self._running.helped(exercise.name, key.cases[i], oracle.helpers)
        in_order = tuple(outcomes[i] for i in range(len(key.cases)))
        return Attempt(key, in_order, self._running.about(exercise.name).parameters)

    def slips(self, exercise: Exercise) -> dict[str, list[Mistake]]:
        """The banked mistakes that earlier exercises, those that this one builds on, have been charged for."""
        before = [earlier.name for earlier in self._sheet.assignment.before(exercise)]
        return {name: list(self.diagnoses[name].mistakes) for name in before if name in self.diagnoses}

    def _with_stand_ins(self, exercise: Exercise) -> Followed | None:
        """With all of the broken helpers stood in for, else with one of them: two may be wrong in the same way."""
        own = self.attempt(exercise)
        broken = self._broken_helpers(exercise)
        alone = [[helper] for helper in broken] if len(broken) > 1 else []
        best: Followed | None = None
        for helpers in filter(None, [broken, *alone]):
            found = self._with(exercise, helpers)
            if found and found.attempt.share > (best.attempt.share if best else own.share):
                best = found
            if found and found.attempt.share == own.share and _causes(found.attempt) != _causes(own):
                self._unmasked.setdefault(exercise.name, found)
            if best and best.attempt.passed:
                break
        return best

    def _with(self, exercise: Exercise, helpers: list[Exercise]) -> Followed | None:
        oracle = Oracle(exercise, helpers, self._sheet, self._references)
        attempt = self._helped(exercise, oracle)
        if not oracle.asked or oracle.is_the_answer(attempt):
            return None
        return Followed(attempt, CountedElsewhere(oracle.asked, is_right=attempt.passed))

    def _broken_helpers(self, exercise: Exercise) -> list[Exercise]:
        """Those of the earlier functions that this one needs, and that are wrong or not written yet."""
        needs = self._running.about(exercise.name).depends
        return [
            helper for helper in self._sheet.assignment.before(exercise) if self._is_broken(helper, exercise, needs)
        ]

    def _is_broken(self, helper: Exercise, exercise: Exercise, needs: frozenset[str]) -> bool:
        if not helper.solution or helper.name not in needs:
            return False
        attempt = self.attempt(helper)
        endless = any(isinstance(o, Raised) and o.error == "RecursionError" for o in attempt.outcomes)
        circle = exercise.name in self._running.about(helper.name).depends
        return not attempt.passed and not endless and not circle

    def _with_the_same_slip(self, exercise: Exercise) -> Followed | None:
        """The answers are those of someone who makes one of the slips that earlier functions have been charged for."""
        own = self.attempt(exercise)
        for name, slips in self.slips(exercise).items():
            slip = self._diagnoser.repeats(exercise, own.outcomes, slips)
            attempt = replace(own, key=_as_right(own))
            if slip is not None and attempt.passed:
                return Followed(attempt, CountedElsewhere((name,), is_right=True, slip=slip.says))
        return None


def _causes(attempt: Attempt) -> list[Cause | None]:
    return [verdict.cause for verdict in attempt.verdicts]


def _as_right(attempt: Attempt) -> AnswerKey:
    """A key with the answers that came back as the expected ones."""
    pairs = zip(attempt.cases, attempt.outcomes, strict=True)
    cases = tuple(replace(case, expected=getattr(outcome, "value", None)) for case, outcome in pairs)
    return AnswerKey(attempt.exercise, cases)
