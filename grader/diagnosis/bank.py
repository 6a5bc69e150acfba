"""What banked mistakes would return: one at a time, then two at once.

A mistake is a set of replaced steps of the reference, so what a student who makes it would return can be computed
and compared with what they did return.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, permutations

import numpy as np

from ..assignment import Exercise, Mistake
from ..model import ExpectedCase, Outcome, Raised, Returned
from ..steps import Function, composed, with_steps
from .found import Evidence, Spot, Theory, of_mistakes, pieces

PAIR_SECONDS = 2.0
SHAPES = frozenset({"ValueError", "IndexError", "TypeError"})  # what code raises, by its style, where shapes do not fit
ARITHMETIC = frozenset({"OverflowError", "ZeroDivisionError", "FloatingPointError"})

Mistakes = tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A wrong version of the reference that raises on a case, as a student's function then does, too."""

    error: str


class Variants:
    """The wrong versions of one exercise's reference on its cases; each answer is computed when first needed."""

    def __init__(self, exercise: Exercise, cases: Sequence[ExpectedCase]) -> None:
        """Take the cases that answers will be given on."""
        self._exercise, self._cases = exercise, cases
        self._functions: dict[tuple[int, ...], Function] = {}
        self._answers: dict[tuple[tuple[int, ...], int], object] = {}

    def singles(self, evidence: Evidence) -> Iterator[Theory]:
        """Each banked mistake."""
        return (self.theory((mistake,), evidence) for mistake in self._exercise.mistakes)

    def pairs(self, evidence: Evidence, carried: Sequence[Mistake] = ()) -> Iterator[Theory]:
        """Every two, the second done to what the first has made; within a time bound, since they are many.

        carried: mistakes of other exercises that may be one of the two.
        """
        deadline = time.monotonic() + PAIR_SECONDS
        for two in _pairs((*self._exercise.mistakes, *carried)):
            if time.monotonic() > deadline:
                return
            yield self.theory(two, evidence)

    def theory(self, mistakes: Mistakes, evidence: Evidence) -> Theory:
        """That these mistakes were made, in this order."""
        whole = partial(self._explains, mistakes, evidence)
        return Theory(of_mistakes(mistakes), whole, partial(self._explains_piece, mistakes, evidence))

    def answer(self, mistakes: Mistakes, i: int) -> object:
        """What the mistakes return on a case; Refused where they raise."""
        key = tuple(map(id, mistakes))
        if (key, i) not in self._answers:
            self._answers[key, i] = _answered(self._function(key, mistakes), self._cases[i].case.args)
        return self._answers[key, i]

    def _function(self, key: tuple[int, ...], mistakes: Mistakes) -> Function:
        if key not in self._functions:
            steps = dict(mistakes[0].steps)
            for mistake in mistakes[1:]:
                steps = composed(steps, mistake.steps)
            assert self._exercise.reference is not None
            self._functions[key] = with_steps(self._exercise.reference, steps)
        return self._functions[key]

    def _explains(self, mistakes: Mistakes, evidence: Evidence, i: int) -> bool:
        answer, outcome = self.answer(mistakes, i), evidence.outcomes[i]
        if isinstance(answer, Refused) or isinstance(outcome, Raised):
            return self._both_raise(answer, outcome, evidence)
        return isinstance(outcome, Returned) and evidence.agree(i, answer, outcome.value)

    def _both_raise(self, answer: object, outcome: Outcome, evidence: Evidence) -> bool:
        """Shapes that do not fit raise one thing in a loop and another in a product; without a wrong value they must
        be the very same.
        """
        if not (isinstance(answer, Refused) and isinstance(outcome, Raised)):
            return False
        came_back = any(isinstance(each, Returned) for each in evidence.outcomes)
        errors = {answer.error, outcome.error}
        alike = errors <= SHAPES or errors <= ARITHMETIC
        return came_back and (len(errors) == 1 or (alike and _wrong_values(evidence)))

    def _explains_piece(self, mistakes: Mistakes, evidence: Evidence, spot: Spot) -> bool:
        i, path = spot
        answer = self.answer(mistakes, i)
        wanted = dict(pieces(answer, self._exercise.returns))
        return path in wanted and evidence.agree(i, wanted[path], evidence.pairs[spot][1])


def _pairs(bank: Sequence[Mistake]) -> Iterator[Mistakes]:
    """Two that replace different steps compose in any order; on a common step the order counts."""
    for one, other in combinations(bank, 2):
        yield from permutations((one, other)) if one.steps.keys() & other.steps.keys() else [(one, other)]


def _answered(function: Function, args: tuple[object, ...]) -> object:
    with np.errstate(all="ignore"):
        try:
            return function(*copy.deepcopy(args))
        except Exception as error:
            return Refused(type(error).__name__)


def _wrong_values(evidence: Evidence) -> bool:
    """Whether some call came back with a wrong value, not only with an error."""
    came = ((i, case) for i, case in enumerate(evidence.cases) if isinstance(evidence.outcomes[i], Returned))
    return any(not evidence.agree(i, case.expected, evidence.value(i)) for i, case in came)
