"""What banked mistakes would return: one at a time, then two at once.

A mistake is a set of replaced steps of the reference, so what a student who makes it would return can be computed
and compared with what they did return. A wrong version of the reference is made, and answers, when it is first
needed; it is kept for all students.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ..assignment.steps import Function, Replaced, compositions, with_steps
from ..model import Arguments, ExpectedCase, Outcome, Raised, Returned
from ..model.values import numbers
from .errors import OF_ARITHMETIC, OF_SHAPES
from .evidence import Evidence, Spot, Theory, of_mistakes, pieces

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise
    from ..assignment.vocabulary import Mistake

PAIR_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Refused:
    """What a wrong version of the reference answers on a case where it raises: there a student's function may, too."""

    error: str


class Variants:
    """The wrong versions of one exercise's reference, on the cases that answers will be given on."""

    def __init__(self, exercise: Exercise, cases: Sequence[ExpectedCase]) -> None:
        self._exercise, self._cases = exercise, cases
        self._known: dict[tuple[object, ...], Variant] = {}

    def singles(self, evidence: Evidence) -> Iterator[Theory]:
        """Each banked mistake."""
        return (self.theory(mistake, evidence) for mistake in self._exercise.mistakes)

    def pairs(self, evidence: Evidence, carried: Sequence[Mistake] = ()) -> Iterator[Theory]:
        """Every two of the bank, in every way in which they can be made at once; within a time bound, as they are many.

        carried: mistakes of other exercises that may be one of the two.
        """
        # Two slips in one function are not two edits of its answer: the second works on what the first has made. So a
        # pair is a third version of the reference, with both steps replaced, and where both replace the same step it
        # depends on what they are in which way that is done. All ways are tried.
        deadline = time.monotonic() + PAIR_SECONDS
        for one, other in combinations((*self._exercise.mistakes, *carried), 2):
            for way, steps in enumerate(compositions(one.steps, other.steps)):
                if time.monotonic() > deadline:
                    return
                yield self._theory((one, other), self._variant((one, other, way), steps), evidence)

    def theory(self, mistake: Mistake, evidence: Evidence) -> Theory:
        """That this mistake was made."""
        return self._theory((mistake,), self._variant((mistake,), mistake.steps), evidence)

    def _theory(self, mistakes: tuple[Mistake, ...], variant: Variant, evidence: Evidence) -> Theory:
        whole = partial(_explains, variant, evidence)
        return Theory(of_mistakes(mistakes), whole, partial(_explains_piece, variant, evidence))

    def _variant(self, key: tuple[object, ...], steps: Replaced) -> Variant:
        if key not in self._known:
            self._known[key] = Variant(self._exercise, self._cases, steps)
        return self._known[key]


class Variant:
    """The reference with some steps replaced, and its answers so far."""

    def __init__(self, exercise: Exercise, cases: Sequence[ExpectedCase], steps: Replaced) -> None:
        assert exercise.reference is not None
        self._cases, self._reference, self._steps = cases, exercise.reference, steps
        self._answers: dict[int, object] = {}

    def answer(self, i: int) -> object:
        """What it returns on a case, Refused if it raises."""
        if i not in self._answers:
            self._answers[i] = _answered(self._function, self._cases[i].case.args)
        return self._answers[i]

    @cached_property
    def _function(self) -> Function:
        return with_steps(self._reference, self._steps)


def _explains(variant: Variant, evidence: Evidence, i: int) -> bool:
    answer, outcome = variant.answer(i), evidence.outcomes[i]
    if isinstance(answer, Refused) or isinstance(outcome, Raised):
        return _both_fail(answer, outcome, evidence)
    return isinstance(outcome, Returned) and evidence.agree(i, answer, outcome.value)


def _both_fail(answer: object, outcome: Outcome, evidence: Evidence) -> bool:
    """Whether a version of the reference and the student's function fail in a way that may be the same mistake.

    An error alone is no evidence: some call must have come back.
    """
    # If shapes do not fit, a loop raises one thing and a product another; if a number is too large, or outside of a
    # logarithm's reach, one style raises and another is not finite. Such errors count as the same where a wrong value
    # on another case supports it; without one, they must be the very same.
    if not isinstance(outcome, Raised) or not any(isinstance(each, Returned) for each in evidence.outcomes):
        return False
    if not isinstance(answer, Refused):
        is_odd = not all(np.isfinite(array).all() for array in numbers(answer))
        return is_odd and outcome.error in {*OF_ARITHMETIC, "ValueError"} and _wrong_values(evidence)
    errors = {answer.error, outcome.error}
    alike = errors <= OF_SHAPES or errors <= OF_ARITHMETIC
    return len(errors) == 1 or (alike and _wrong_values(evidence))


def _explains_piece(variant: Variant, evidence: Evidence, spot: Spot) -> bool:
    i, path = spot
    answer = variant.answer(i)
    wanted = {} if isinstance(answer, Refused) else dict(pieces(answer, evidence.exercise.returns))
    return path in wanted and evidence.agree(i, wanted[path], evidence.pairs[spot][1])


def _answered(function: Function, args: Arguments) -> object:
    with np.errstate(all="ignore"):
        try:
            return args.given_to(function)
        except Exception as error:
            return Refused(type(error).__name__)


def _wrong_values(evidence: Evidence) -> bool:
    """Whether some call came back with a wrong value, not only with an error."""
    came = ((i, case) for i, case in enumerate(evidence.cases) if isinstance(evidence.outcomes[i], Returned))
    return any(not evidence.agree(i, case.expected, evidence.value(i)) for i, case in came)
