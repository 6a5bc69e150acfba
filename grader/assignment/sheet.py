"""From a declaration and a seed to the cases, each with the reference's answer."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..model.cases import Case, ExpectedCase
from ..model.values import same
from .declaration import Assignment, Exercise
from .vocabulary import DeclarationError

ExpectedCases = Mapping[str, tuple[ExpectedCase, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An assignment drawn under one seed: what every submission of a run is graded on."""

    assignment: Assignment
    seed: int
    cases: ExpectedCases

    def of(self, exercise: Exercise) -> tuple[ExpectedCase, ...]:
        """The exercise's cases; of one that is not asked on this sheet, those that would be."""
        return self.cases.get(exercise.name) or expected_cases(exercise, self.seed)


def draw(assignment: Assignment, seed: int) -> Sheet:
    """Draw every exercise's cases under a seed and let the reference answer them.

    Raises DeclarationError if the cases cannot be drawn or the reference cannot answer.
    """
    return Sheet(assignment, seed, {exercise.name: expected_cases(exercise, seed) for exercise in assignment.exercises})


def expected_cases(exercise: Exercise, seed: int) -> tuple[ExpectedCase, ...]:
    """The exercise's cases under a seed. Those that two other seeds leave as they are count as fixed.

    Raises DeclarationError naming exercise and case.
    """
    cases, *others = (_drawn(exercise, other) for other in (seed, seed + 1, seed + 2))
    if len({len(drawn) for drawn in (cases, *others)}) > 1:
        raise DeclarationError(f"exercise {exercise.name!r}: how many cases there are must not depend on the seed")
    fixed = [all(_same_call(case, other[i]) for other in others) for i, case in enumerate(cases)]
    return tuple(ExpectedCase(case, _answer(exercise, case), fixed[i]) for i, case in enumerate(cases))


def _drawn(exercise: Exercise, seed: int) -> tuple[Case, ...]:
    """Each exercise has its own stream of random numbers, so that a new one leaves the others' cases alone."""
    rng = np.random.default_rng([seed, zlib.crc32(exercise.name.encode())])
    try:
        cases = tuple(exercise.draw(rng))
    except Exception as error:
        raise DeclarationError(
            f"exercise {exercise.name!r}: drawing its cases failed with {type(error).__name__}: {error}"
        ) from error
    if not cases or not all(isinstance(drawn, Case) for drawn in cases):
        raise DeclarationError(f"exercise {exercise.name!r}: its generator must yield case(...), at least once")
    if len({drawn.name for drawn in cases}) < len(cases):
        raise DeclarationError(f"exercise {exercise.name!r}: two of its cases have the same name")
    return cases


def _same_call(case: Case, other: Case) -> bool:
    return case.args.keywords == other.args.keywords and same(tuple(case.args), tuple(other.args))


def _answer(exercise: Exercise, case: Case) -> object:
    if exercise.reference is None:
        return None
    try:
        return case.args.given_to(exercise.reference)
    except Exception as error:
        raise DeclarationError(
            f"exercise {exercise.name!r}, case {case.name!r}: the reference failed with {type(error).__name__}: {error}"
        ) from error
