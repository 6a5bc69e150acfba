"""A mistake costs once: a function that fails only because of the student's own earlier ones is not charged again.

Where a function fails, it is run again with those of the student's own functions that it needs, and that did not pass
themselves, stood in for: each call of one is answered here, by the reference, which never enters the student's
process. Only functions of exercises that the declaration says this one builds on are stood in for, so what is asked
has been graded before. Nothing is gained by a function that its helper needs in turn, by a helper that never comes
to an end, nor by handing on a helper's answer as one's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ..judging.comparison import compare
from ..judging.tolerance import tolerance_of
from ..model import CountedElsewhere, ExpectedCase, Missing, Outcome, Raised
from ..model.values import Extent, extent
from .argument_schema import ArgumentSchema
from .marking import AnswerKey, AnswerKeys, Attempt

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise
    from ..assignment.sheet import Sheet
    from ..assignment.vocabulary import Mistake
    from ..diagnosis import Diagnoser, Diagnosis
    from .submission_runner import SubmissionRunner

ROOM = 2  # how much larger than the cases' an argument that is asked for may be


@dataclass(frozen=True, slots=True)
class Followed:
    """An attempt that counts in the place of the first one, and what was not counted again in it."""

    attempt: Attempt
    remark: CountedElsewhere


class FollowThrough:
    """What one submission's functions come to, each with and without the student's own earlier ones."""

    def __init__(self, sheet: Sheet, keys: AnswerKeys, running: SubmissionRunner, diagnoser: Diagnoser) -> None:
        """Start with nothing known."""
        self._sheet, self._keys, self._running, self._diagnoser = sheet, keys, running, diagnoser
        self._attempts: dict[str, Attempt] = {}
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
        """A better attempt at a function that failed; None where there is none, or where the assignment wants none."""
        if not self._sheet.assignment.follow_through:
            return None
        return self._with_stand_ins(exercise) or self._with_the_same_slip(exercise)

    def _helped(self, exercise: Exercise, oracle: Oracle) -> Attempt:
        """What is returned for a known case may be shown, so no secret one has been seen before."""
        key = self._keys.of(exercise)
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
        broken = self._broken_helpers(exercise)
        alone = [[helper] for helper in broken] if len(broken) > 1 else []
        best: Followed | None = None
        for helpers in filter(None, [broken, *alone]):
            found = self._with(exercise, helpers)
            if found and found.attempt.share > (best.attempt.share if best else self.attempt(exercise).share):
                best = found
            if best and best.attempt.passed:
                break
        return best

    def _with(self, exercise: Exercise, helpers: list[Exercise]) -> Followed | None:
        oracle = Oracle(exercise, helpers, self._sheet)
        attempt = self._helped(exercise, oracle)
        names = tuple(name for name in oracle.helpers if name in oracle.asked)
        if not names or oracle.is_the_answer(attempt):
            return None
        return Followed(attempt, CountedElsewhere(names, is_right=attempt.passed))

    def _broken_helpers(self, exercise: Exercise) -> list[Exercise]:
        """Those of the earlier functions that this one needs, and that the student has tried without success."""
        needs = self._running.about(exercise.name).depends
        return [
            helper for helper in self._sheet.assignment.before(exercise) if self._is_broken(helper, exercise, needs)
        ]

    def _is_broken(self, helper: Exercise, exercise: Exercise, needs: frozenset[str]) -> bool:
        if not helper.solution or helper.name not in needs:
            return False
        attempt = self.attempt(helper)
        tried = not any(isinstance(outcome, Missing) for outcome in attempt.outcomes)
        endless = any(isinstance(o, Raised) and o.error == "RecursionError" for o in attempt.outcomes)
        circle = exercise.name in self._running.about(helper.name).depends
        return tried and not attempt.passed and not endless and not circle

    def _with_the_same_slip(self, exercise: Exercise) -> Followed | None:
        """The answers are those of someone who makes one of the slips that earlier functions have been charged for."""
        own = self.attempt(exercise)
        for name, slips in self.slips(exercise).items():
            slip = self._diagnoser.repeats(exercise, own.outcomes, slips)
            attempt = replace(own, key=_as_right(own))
            if slip is not None and attempt.passed:
                return Followed(attempt, CountedElsewhere((name,), is_right=True, slip=slip.says))
        return None


class Oracle:
    """Answers for the stood-in helpers from the reference, within bounds that the cases give.

    Whatever is asked has passed through the student's process, so it may be anything.
    """

    def __init__(self, exercise: Exercise, helpers: list[Exercise], sheet: Sheet) -> None:
        """Take the exercise that is run again, and the helpers that it may ask for."""
        self._tolerance = tolerance_of(exercise, [expected.expected for expected in sheet.of(exercise)])
        names = [exercise.name, *(helper.name for helper in helpers)]
        cases = [expected.case.args for name in names for expected in sheet.cases.get(name, ())]
        self._bounds = extent(cases)
        self._schemas = {
            helper.name: ArgumentSchema([expected.case.args for expected in sheet.of(helper)]) for helper in helpers
        }
        self._turn = -1
        self._given_away: set[int] = set()
        self._expected: ExpectedCase | None = None
        self.asked: set[str] = set()
        self.helpers: Mapping[str, Callable[[tuple[object, ...]], object]] = {
            helper.name: partial(self._answer, helper) for helper in helpers
        }

    def turn_to(self, number: int, expected: ExpectedCase) -> None:
        """What is asked from now on belongs to this case, by its number."""
        self._turn, self._expected = number, expected

    def is_the_answer(self, attempt: Attempt) -> bool:
        """Whether on every case that passed some helper had been asked for the very answer.

        Cases that a table could answer do not tell, unless there are no others.
        """
        passed = {turn: verdict for turn, verdict in enumerate(attempt.verdicts) if verdict.passed}
        drawn = {turn for turn, verdict in passed.items() if not verdict.fixed}
        return (drawn or passed.keys()) <= self._given_away

    def _answer(self, helper: Exercise, args: tuple[object, ...]) -> object:
        self.asked.add(helper.name)
        if not _within(extent(args), self._bounds):
            raise ValueError("it is called with more, or larger numbers, than any of its cases")
        function = helper.solution
        assert function is not None and self._expected is not None
        with np.errstate(all="ignore"):
            answer = function(*self._schemas[helper.name].taken(args))
        expected = self._expected
        if compare(expected.expected, answer, self._tolerance, inputs=expected.case.args) is None:
            self._given_away.add(self._turn)
        return answer


def _within(asked: Extent, known: Extent) -> bool:
    return (
        asked.length <= ROOM * known.length + ROOM
        and asked.whole <= ROOM * known.whole + ROOM
        and asked.dimensions <= known.dimensions + 1
    )


def _as_right(attempt: Attempt) -> AnswerKey:
    """A key with the answers that came back as the expected ones."""
    pairs = zip(attempt.cases, attempt.outcomes, strict=True)
    cases = tuple(replace(case, expected=getattr(outcome, "value", None)) for case, outcome in pairs)
    return AnswerKey(attempt.exercise, cases)
