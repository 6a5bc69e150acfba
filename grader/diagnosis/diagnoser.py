"""From wrong answers to what explains every one of them, the best explanation first.

A banked mistake outranks two at once, and these outrank what is found from the values alone; within a rank what
explains the whole answer outranks what is confined to a part of it. Nothing short of every case counts: a student is
never accused of a slip that explains only some of their answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from ..model import Arguments, Outcome, Raised, Returned
from .bank import Variants
from .evidence import Diagnosis, Evidence, Probe, Squeezed, Theory, of_mistakes
from .factors import factors, offsets, simple_factors
from .observations import errors, observations
from .probes import own_loss, probed
from .rounding import Rounded, Rounding, roundings
from .scopes import scopes
from .transforms import forms, orders, shapes
from .wrong_target import inputs, others

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise
    from ..assignment.sheet import Sheet
    from ..assignment.vocabulary import Mistake

MOST_ALTERNATIVES = 3
FEW = 3
BESIDES = "Besides, its shape has a dimension of length 1 too many, or lacks one."


def no_probe(args: Arguments, seed: int = 0) -> None:
    """No further calls."""


class Diagnoser:
    """Explains wrong answers to a sheet's cases; what it knows of the banked mistakes is shared by all students."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        asked = [exercise for exercise in sheet.assignment.exercises if exercise.name in sheet.cases]
        self._variants = {exercise.name: Variants(exercise, sheet.cases[exercise.name]) for exercise in asked}
        self._lock = Lock()

    def explain(
        self,
        exercise: Exercise,
        outcomes: Sequence[Outcome],
        parameters: tuple[str, ...] = (),
        probe: Probe = no_probe,
        carried: Sequence[Mistake] = (),
    ) -> Diagnosis | None:
        """What explains the outcome of every case, at least one of them wrong; None if nothing does.

        parameters: the student's names of the arguments. probe makes further calls of the function. carried: mistakes
        of the student's earlier functions, which may come together with one that is made here.
        """
        evidence = self._evidence(exercise, outcomes, parameters)
        if evidence is None:
            return None
        with np.errstate(all="ignore"):
            fitting = self._fitting_loss(evidence, probe)
            with self._lock:
                banked = fitting or self._banked(evidence, carried) or self._rounded(evidence, carried)
                besides = None if banked else self._besides_the_shape(evidence, carried)
            return banked or self._detected(evidence) or besides or _first(probed(evidence, probe))

    def repeats(self, exercise: Exercise, outcomes: Sequence[Outcome], mistakes: Sequence[Mistake]) -> Mistake | None:
        """The one of these mistakes, made elsewhere, that explains the whole answer here, too."""
        evidence = self._evidence(exercise, outcomes, ())
        if evidence is None:
            return None
        with self._lock:
            for mistake in mistakes:
                theory = self._variants[exercise.name].theory(mistake, evidence)
                if all(map(theory.whole, range(len(evidence.cases)))):
                    return mistake
        return None

    def _evidence(
        self, exercise: Exercise, outcomes: Sequence[Outcome], parameters: tuple[str, ...]
    ) -> Evidence | None:
        explicable = all(isinstance(outcome, Returned | Raised) for outcome in outcomes)
        if exercise.reference is None or not explicable:
            return None
        return Evidence(exercise, self._sheet.cases[exercise.name], outcomes, parameters)

    def _banked(self, evidence: Evidence, carried: Sequence[Mistake]) -> Diagnosis | None:
        variants = self._variants[evidence.exercise.name]
        singles = list(variants.singles(evidence))
        pairs = () if evidence.constant else variants.pairs(evidence, carried)
        return (
            _several(singles, evidence) or _structure(evidence) or _best(pairs, evidence) or _apart(singles, evidence)
        )

    def _rounded(self, evidence: Evidence, carried: Sequence[Mistake]) -> Diagnosis | None:
        """The right numbers, or those of a banked mistake, with few digits."""
        wrong = [evidence.arrays[spot][1].ravel() for spot in evidence.failing if evidence.arrays]
        for rounding in roundings(np.concatenate(wrong)) if wrong else ():
            rounded = Rounded.of(evidence, rounding=rounding)
            if not rounded.failing:
                return _right_but_rounded(rounding)
            found = self._banked_rounded(rounded, carried) if rounding.tells else None
            if found:
                says = f"{found.says} Your numbers are rounded to {rounding.words}."
                return replace(found, says=says, convention=False, earns=0.0)
        return None

    def _banked_rounded(self, evidence: Evidence, carried: Sequence[Mistake]) -> Diagnosis | None:
        """Few digits may be those of two slips by chance, the more of the pairs there are: one number is not enough."""
        variants = self._variants[evidence.exercise.name]
        single = _several(list(variants.singles(evidence)), evidence)
        if single or evidence.constant or len(evidence.failing) < FEW:
            return single
        return _best(variants.pairs(evidence, carried), evidence)

    def _fitting_loss(self, evidence: Evidence, probe: Probe) -> Diagnosis | None:
        """Gradients of the student's own loss, where no single mistake explains both."""
        singles = list(self._variants[evidence.exercise.name].singles(evidence))
        is_single = any(all(map(theory.whole, range(len(evidence.cases)))) for theory in singles)
        return None if is_single else own_loss(evidence, (*singles, *factors(evidence)), probe)

    def _besides_the_shape(self, evidence: Evidence, carried: Sequence[Mistake]) -> Diagnosis | None:
        """Banked mistakes in answers that have dimensions of length 1 too many, or too few, as well."""
        lenient = Squeezed.of(evidence)
        found = self._banked(lenient, carried) if evidence.returned and lenient.failing else None
        return found and replace(found, says=f"{found.says} {BESIDES}", convention=False, earns=0.0)

    def _detected(self, evidence: Evidence) -> Diagnosis | None:
        if not evidence.returned:
            return _first(errors(evidence))
        exercises = [other for other in self._sheet.assignment.exercises if other.name != evidence.exercise.name]
        kinds: tuple[Callable[[], Iterator[Diagnosis]], ...] = (
            lambda: _explained(orders(evidence), evidence),
            lambda: _explained(others(evidence, exercises), evidence),
            lambda: _explained(inputs(evidence), evidence),
            lambda: _explained(factors(evidence), evidence),
            lambda: _explained(offsets(evidence), evidence),
            lambda: _explained(forms(evidence), evidence),
            lambda: observations(evidence),
        )
        return next((found for kind in kinds if (found := _first(kind()))), None)


def _first(found: Iterable[Diagnosis]) -> Diagnosis | None:
    return next(iter(found), None)


def _structure(evidence: Evidence) -> Diagnosis | None:
    """What is said of the whole answer in one simple sentence, about the order of its parts, its shape or its sign."""
    for theory in (*orders(evidence), *shapes(evidence), *simple_factors(evidence)) if evidence.returned else ():
        if all(map(theory.whole, range(len(evidence.cases)))):
            return theory.diagnosis
    return None


def _right_but_rounded(rounding: Rounding) -> Diagnosis:
    return Diagnosis(
        "rounded",
        f"Your numbers are the right ones, but rounded to {rounding.words}.",
        "Which line rounds, and does anything ask for it?",
    )


def _best(theories: Iterable[Theory], evidence: Evidence) -> Diagnosis | None:
    """The first theory that explains everything, else the first that does so in a part."""
    confined: Diagnosis | None = None
    for theory in theories:
        found = explained(theory, evidence)
        if found is theory.diagnosis:
            return found
        confined = confined or found
    return confined


def _explained(theories: Iterable[Theory], evidence: Evidence) -> Iterator[Diagnosis]:
    return (found for theory in theories if (found := explained(theory, evidence)))


def _several(theories: Sequence[Theory], evidence: Evidence) -> Diagnosis | None:
    """The theory that explains everything, else those that do so in a part; several of them are said to be several.

    Two that explain the whole agree on every case, so they count as one.
    """
    for theory in theories:
        if all(map(theory.whole, range(len(evidence.cases)))):
            return theory.diagnosis
    found = list(_explained(theories, evidence))
    return _either(found) if len(found) > 1 else _first(found)


def _either(found: Sequence[Diagnosis]) -> Diagnosis:
    some = found[:MOST_ALTERNATIVES]
    return Diagnosis(
        name=" or ".join(one.name for one in some),
        says=" Or: ".join(
            ("Your answer fits several known mistakes. " + some[0].says, *(one.says for one in some[1:]))
        ),
        asks=some[0].asks,
    )


def _apart(singles: Sequence[Theory], evidence: Evidence) -> Diagnosis | None:
    """Two mistakes in different parts of the answer."""
    if len(evidence.part_names) < 2 or not evidence.failing:
        return None
    parts = {where: spots for where, spots in scopes(evidence).items() if where and spots & evidence.failing}
    fitting = [
        (theory.diagnosis, where, spots)
        for theory in singles
        for where, spots in parts.items()
        if theory.piece and all(map(theory.piece, spots))
    ]
    for (one, here, some), (other, there, rest) in combinations(fitting, 2):
        if evidence.failing <= some | rest and not some & rest:
            both = of_mistakes((*one.mistakes, *other.mistakes))
            says = f"Two slips together. {_opening(here)}: {one.says} {_opening(there)}: {other.says}"
            return Diagnosis(both.name, says, both.asks, mistakes=both.mistakes)
    return None


def _opening(words: str) -> str:
    """As the beginning of a sentence, names in it as they are."""
    return words[:1].upper() + words[1:]


def explained(theory: Theory, evidence: Evidence) -> Diagnosis | None:
    """The theory's diagnosis, confined to a scope where it must be; None if it does not explain every answer.

    In a scope everything is as the theory says, outside everything is right.
    """
    if all(map(theory.whole, range(len(evidence.cases)))):
        return theory.diagnosis
    where = scope_of(theory, evidence)
    return None if where is None else theory.diagnosis.only(where)


def scope_of(theory: Theory, evidence: Evidence) -> str | None:
    """The first named scope that holds all that is wrong and nothing that the theory does not explain."""
    if theory.piece is None or not evidence.failing or not all(map(theory.piece, sorted(evidence.failing, key=str))):
        return None
    for where, spots in scopes(evidence).items():
        if evidence.failing <= spots and all(map(theory.piece, spots)):
            return where
    return None
