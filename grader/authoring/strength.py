"""How strong are the checks? The reference is given one slip at a time, and each mutant is graded like a student.

A mutant that would get full marks has survived; fixed cases are left out, since their answers could be learnt from a
table, unless an exercise has no others. Whether it is wrong at all, or computes the same by other means, is
tried on many more inputs: further draws of the exercise's own generator, then inputs that go a little beyond it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from math import ceil
from pathlib import Path

import numpy as np

from ..assignment.catalogue import DISTRIBUTION
from ..assignment.declaration import Exercise
from ..assignment.sheet import expected_cases
from ..assignment.vocabulary import Reference
from ..judging.tolerance import Tolerance, tolerance_of
from ..model import Arguments
from ..model.values import magnitude
from .answering import differs, quietly, sound_answer
from .mutation import Mutant, mutants, reached
from .variation import varied

TELLING = 1e-3  # what is wrong by more is wrong, however lenient the exercise's tolerance is
FASTEST = 0.01  # seconds for a case, up to which everything is tried
LARGER = 4.0  # varied inputs may have answers so much larger than a case's; beyond that they are no longer alike


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried: seeds that are graded, further draws and varied inputs, and mutants at most."""

    seeds: tuple[int, ...] = (0, 1, 2)
    further_draws: int = 20
    varied_inputs: int = 100
    most_mutants: int | None = None

    def within(self, seconds: float) -> Effort:
        """Less of it for a reference that takes so long for a case, so that no mutant takes minutes."""
        share = min(1.0, FASTEST / max(seconds, 1e-9))
        draws, inputs = ceil(self.further_draws * share), ceil(self.varied_inputs * share)
        return replace(self, further_draws=draws, varied_inputs=inputs)


QUICK = Effort(seeds=(0,), further_draws=6, varied_inputs=40, most_mutants=60)


@dataclass(frozen=True, slots=True)
class Survivor:
    """A wrong version that would get full marks under a seed; shown_by: inputs that tell it from the reference."""

    mutant: Mutant
    seed: int
    shown_by: str

    def __str__(self) -> str:
        """What survives, and what would catch it."""
        return f"{self.mutant}, and gets full marks under seed {self.seed}; {self.shown_by} would tell"


@dataclass(slots=True)
class Strength:
    """What became of an exercise's mutants. waived: survivors that the author has given a reason for."""

    caught: int = 0
    equivalent: list[Mutant] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)
    waived: list[Survivor] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """Mutants that are wrong: caught or survivors."""
        return self.caught + len(self.survivors)


def strength(exercise: Exercise, folder: Path, effort: Effort, advance: Callable[[], None] = lambda: None) -> Strength:
    """What becomes of the mutants of everything that the exercise's reference runs; a property has none."""
    found = Strength()
    if exercise.reference is None:
        return found
    trial = _Trial(exercise, exercise.reference, effort)
    for mutant in _chosen(trial.mutants(folder), effort.most_mutants):
        _try(trial, mutant, found)
        advance()
    return found


def _try(trial: _Trial, mutant: Mutant, found: Strength) -> None:
    seed = trial.full_marks(mutant)
    if seed is None:
        found.caught += 1
        return
    shown_by = trial.telling_input(mutant)
    if shown_by is None:
        found.equivalent.append(mutant)
    else:
        (found.waived if mutant.waiver else found.survivors).append(Survivor(mutant, seed, shown_by))


def _chosen(all_of_them: Sequence[Mutant], most: int | None) -> Sequence[Mutant]:
    """All, or as many as are wanted, evenly spread."""
    if most is None or len(all_of_them) <= most:
        return all_of_them
    return [all_of_them[i * len(all_of_them) // most] for i in range(most)]


@dataclass(frozen=True, slots=True)
class _Question:
    """Inputs, and what the true reference answers; told: where they come from."""

    args: Arguments
    expected: object
    told: str


@dataclass
class _Trial:
    """One exercise's reference on everything that mutants are tried on, worked out before there are any."""

    exercise: Exercise
    reference: Reference
    effort: Effort

    def __post_init__(self) -> None:
        self.graded = {seed: self._drawn(seed) for seed in self.effort.seeds}
        answers = [question.expected for question in chain.from_iterable(self.graded.values())]
        self.tolerance = tolerance_of(self.exercise, answers)

    def mutants(self, folder: Path) -> list[Mutant]:
        questions = chain.from_iterable(self.graded.values())
        calls = [lambda args=question.args: args.given_to(self.reference) for question in questions]
        return list(mutants(reached(calls, (DISTRIBUTION / "reference", folder))))

    def full_marks(self, mutant: Mutant) -> int | None:
        """The first seed under which the mutant is right on every case."""
        for seed, questions in self.graded.items():
            if self._first_wrong(mutant, questions) is None:
                return seed
        return None

    def telling_input(self, mutant: Mutant) -> str | None:
        """The first of many inputs on which the mutant is wrong, in words."""
        strict = replace(self.tolerance, relative=min(self.tolerance.relative, TELLING))
        graded = chain.from_iterable(self.graded.values()) if strict != self.tolerance else ()
        wrong = self._first_wrong(mutant, [*graded, *self.further], strict)
        return wrong.told if wrong else None

    @cached_property
    def further(self) -> list[_Question]:
        seeds = range(1000, 1000 + self.effort.further_draws)
        return [*chain.from_iterable(map(self._drawn, seeds)), *self._varied()]

    def _drawn(self, seed: int) -> list[_Question]:
        cases = expected_cases(self.exercise, seed)
        counting = [expected for expected in cases if not expected.fixed] or cases
        return [
            _Question(expected.case.args, expected.expected, f"case {expected.case.name!r} under seed {seed}")
            for expected in counting
        ]

    def _varied(self) -> Iterator[_Question]:
        """Inputs beyond what is drawn, as far as the reference takes them."""
        rng = np.random.default_rng([zlib.crc32(self.exercise.name.encode())])
        cases = [question for questions in self.graded.values() for question in questions if question.args]
        for i in range(self.effort.varied_inputs if cases else 0):
            like = cases[i % len(cases)]
            try:
                args = varied(like.args, rng)
            except ValueError:
                continue
            with quietly():
                answer = sound_answer(self.reference, args)
            if answer is not None and magnitude(answer) <= LARGER * (magnitude(like.expected) or 1.0):
                yield _Question(args, answer, f"a case like {like.told}, with {_differing(like.args, args)},")

    def _first_wrong(
        self, mutant: Mutant, questions: Sequence[_Question], asked: Tolerance | None = None
    ) -> _Question | None:
        tolerance = asked or self.tolerance
        with mutant.in_place(), quietly():
            wrong = (q for q in questions if differs(tolerance, self.reference, q.args, q.expected))
            return next(wrong, None)


def _differing(one: object, other: object) -> str:
    """In which way inputs differ: their sizes, or their numbers alone."""
    return "other numbers" if _shapes(one) == _shapes(other) else f"other sizes: {_shapes(other)}"


def _shapes(value: object) -> str:
    if isinstance(value, np.ndarray):
        return str(value.shape)
    if isinstance(value, list | tuple):
        shapes = [_shapes(part) for part in value]
        return "[" + ", ".join(filter(None, shapes)) + "]" if any(shapes) else ""
    return ""
