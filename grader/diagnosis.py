"""From a wrong answer to the known mistake that explains it on every case.

A mistake is a set of replaced steps of the reference, so what a student who makes it would return can be computed
and compared with what they did return. Nothing short of every case counts: a student is never accused of a slip
that explains only some of their answers.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from .assignment import Exercise, Mistake
from .cases import Sheet
from .judge import compare
from .model import ExpectedCase, Outcome, Raised, Returned
from .steps import with_steps

PAIR_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The mistakes, one or two, that together explain every answer."""

    mistakes: tuple[Mistake, ...]

    @property
    def name(self) -> str:
        """Their short names, joined by a plus."""
        return " + ".join(mistake.name for mistake in self.mistakes)

    @property
    def says(self) -> str:
        """What to tell the student."""
        return " ".join(mistake.says for mistake in self.mistakes)

    @property
    def asks(self) -> str:
        """What to ask the student, so that they find the way themselves."""
        return " ".join(mistake.asks for mistake in self.mistakes)

    @property
    def earns(self) -> float:
        """The share of the points that the answer still gets; two mistakes earn nothing."""
        return self.mistakes[0].earns if len(self.mistakes) == 1 else 0.0


@dataclass(frozen=True, slots=True)
class _Refused:
    """A wrong version of the reference that raises on a case, as a student's function then does, too."""

    error: str


class Diagnoser:
    """Knows what every banked mistake would return on a sheet's cases; computed once, when first needed."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the cases that answers will be given on."""
        self._sheet = sheet
        self._answers: dict[tuple[str, ...], tuple[object, ...]] = {}

    def explain(self, exercise: Exercise, outcomes: Sequence[Outcome]) -> Diagnosis | None:
        """The single mistake, else the pair, that explains the outcome of every case; None where none does."""
        if exercise.reference is None or not all(isinstance(outcome, Returned | Raised) for outcome in outcomes):
            return None
        for mistakes in _singles_then_pairs(exercise.mistakes):
            if self._explains(exercise, mistakes, outcomes):
                return Diagnosis(mistakes)
        return None

    def _explains(self, exercise: Exercise, mistakes: tuple[Mistake, ...], outcomes: Sequence[Outcome]) -> bool:
        cases = self._sheet.cases[exercise.name]
        answers = self._answers_of(exercise, mistakes, cases)
        agreed = map(_agree, [exercise] * len(cases), cases, answers, outcomes)
        return any(isinstance(outcome, Returned) for outcome in outcomes) and all(agreed)

    def _answers_of(
        self, exercise: Exercise, mistakes: tuple[Mistake, ...], cases: Sequence[ExpectedCase]
    ) -> tuple[object, ...]:
        key = (exercise.name, *(mistake.name for mistake in mistakes))
        if key not in self._answers:
            self._answers[key] = tuple(_wrong_answers(exercise, mistakes, cases))
        return self._answers[key]


def _singles_then_pairs(bank: Sequence[Mistake]) -> Iterator[tuple[Mistake, ...]]:
    """Within a time bound, since pairs grow with the square of the bank."""
    yield from ((mistake,) for mistake in bank)
    deadline = time.monotonic() + PAIR_SECONDS
    for one, other in combinations(bank, 2):
        if time.monotonic() > deadline:
            return
        if not set(one.steps) & set(other.steps):
            yield one, other


def _wrong_answers(
    exercise: Exercise, mistakes: tuple[Mistake, ...], cases: Sequence[ExpectedCase]
) -> Iterator[object]:
    assert exercise.reference is not None
    steps = {step: wrong for mistake in mistakes for step, wrong in mistake.steps.items()}
    wrong = with_steps(exercise.reference, steps)
    for expected in cases:
        try:
            yield wrong(*copy.deepcopy(expected.case.args))
        except Exception as error:
            yield _Refused(type(error).__name__)


def _agree(exercise: Exercise, expected: ExpectedCase, answer: object, outcome: Outcome) -> bool:
    if isinstance(answer, _Refused) or isinstance(outcome, Raised):
        return isinstance(answer, _Refused) and isinstance(outcome, Raised) and answer.error == outcome.error
    assert isinstance(outcome, Returned)
    difference = compare(answer, outcome.value, tolerance=exercise.tolerance, inputs=expected.case.args)
    return difference is None
