"""Answers that are right up to a factor, and which factor it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

import numpy as np

from .evidence import Diagnosis, Evidence, Spot, Theory

FactorOf = Callable[[Spot], float]
Candidate = tuple[Diagnosis, FactorOf]
SIMPLE = (-1.0, 2.0, 0.5)
FEW = 3
NAMED = (*SIMPLE, -2.0, -0.5)


def factors(evidence: Evidence) -> Iterator[Theory]:
    """The theories that every wrong piece is the right one times a factor: a number, a size, an argument."""
    yield from _fitting(evidence, lambda ratios: _candidates(evidence, ratios))


def simple_factors(evidence: Evidence) -> Iterator[Theory]:
    """`factors`, where these are a sign, a 2 or a ½, which take a single slip."""
    yield from _fitting(evidence, lambda ratios: map(_constant, SIMPLE))


def _fitting(evidence: Evidence, candidates: Callable[[Mapping[Spot, float]], Iterable[Candidate]]) -> Iterator[Theory]:
    ratios = {spot: _ratio(evidence, spot) for spot in evidence.failing if evidence.arrays}
    if not ratios or any(ratio is None for ratio in ratios.values()) or _entries(evidence) < 2:
        return
    known = {spot: ratio for spot, ratio in ratios.items() if ratio is not None}
    tolerance = 10 * evidence.exercise.tolerance
    for diagnosis, factor in candidates(known):
        if all(np.isclose(ratio, factor(spot), rtol=tolerance, atol=0) for spot, ratio in known.items()):
            yield _theory(evidence, diagnosis, factor)


def _candidates(evidence: Evidence, ratios: Mapping[Spot, float]) -> Iterator[Candidate]:
    yield from map(_constant, NAMED)
    for words, size in _quantities(evidence):
        yield from _by_quantity(words, size)
    some = next(iter(ratios.values()))
    if _entries(evidence) > 2 and some != 0:
        yield _constant(some)


def _constant(number: float) -> Candidate:
    return _by_number(number), lambda spot: number


def _by_number(number: float) -> Diagnosis:
    fraction = Fraction(number).limit_denominator(20)
    text = str(fraction) if abs(float(fraction) - number) < 1e-6 * abs(number) else f"{number:.6g}"
    if number == -1:
        return Diagnosis(
            "factor -1",
            "Your answer has the wrong sign, in every entry.",
            "Which way should it point, and where does your derivation lose a minus?",
        )
    return Diagnosis(
        f"factor {text}",
        f"Your answer is {text} times the right one, in every entry.",
        f"Where does a factor of {text} come from: a derivative, a mean, a convention such as the ½ before a square?",
    )


def _by_quantity(words: str, size: Callable[[Spot], float]) -> Iterator[tuple[Diagnosis, FactorOf]]:
    """Times and divided by, with either sign, and with the 2 that a square brings."""
    for number, said in ((1.0, ""), (-1.0, "-"), (2.0, "2 "), (0.5, "½ ")):
        sign = " and of the wrong sign" if number < 0 else ""
        twice = {2.0: " twice", 0.5: " half"}.get(number, "")
        yield (
            Diagnosis(
                f"factor {said}{words}",
                f"Your answer is too large by a factor of{twice} {words}{sign}.",
                "Is it a sum or a mean, and what is it divided by?",
            ),
            lambda spot, number=number: number * size(spot),  # type: ignore[misc]
        )
        yield (
            Diagnosis(
                f"factor {said}1/{words}",
                f"Your answer is divided by{twice} {words}{sign}, which it should not be.",
                "Is it a sum or a mean, and what is it divided by?",
            ),
            lambda spot, number=number: number / (size(spot) or np.nan),  # type: ignore[misc]
        )


def _quantities(evidence: Evidence) -> Iterator[tuple[str, Callable[[Spot], float]]]:
    """Numbers that change from case to case: rows, columns and entries of the arguments, arguments, sizes of a piece.

    A quantity that is the same on every case is no better an explanation than its number.
    """
    for position in evidence.positions:
        name = evidence.called(position)
        values = [expected.case.args[position] for expected in evidence.cases]
        for words, of in (
            ("the number of rows of", lambda v: _length(v, 0, 2)),
            ("the number of columns of", lambda v: _length(v, 1, 2)),
            ("the number of entries of", lambda v: _length(v, 0, 1)),
            ("the number of arrays in", lambda v: float(len(v)) if isinstance(v, list) else None),
            ("", lambda v: float(v) if isinstance(v, int | float | np.number) else None),
        ):
            numbers = [of(value) for value in values]  # type: ignore[no-untyped-call]
            if None not in numbers and len(set(numbers)) > 1:
                yield f"{words} {name}".strip(), lambda spot, numbers=numbers: numbers[spot[0]]  # type: ignore[misc]
    yield "the number of its entries", lambda spot: float(evidence.arrays[spot][0].size)


def _length(value: object, axis: int, ndim: int) -> float | None:
    return float(value.shape[axis]) if isinstance(value, np.ndarray) and value.ndim == ndim else None


def _ratio(evidence: Evidence, spot: Spot) -> float | None:
    """By what a piece must be multiplied to be what came; None if no number does it."""
    right, got = evidence.arrays[spot]
    if right.shape != got.shape or not np.isfinite(got).all() or not right.any():
        return None
    ratio = float(np.vdot(right, got) / np.vdot(right, right))
    return ratio if ratio and evidence.close(spot, ratio * right, got) else None


def _entries(evidence: Evidence) -> int:
    """How many entries other than 0 are wrong: few of them may agree with a factor by chance."""
    return sum(int(np.count_nonzero(evidence.arrays[spot][0])) for spot in evidence.failing)


def _theory(evidence: Evidence, diagnosis: Diagnosis, factor: FactorOf) -> Theory:
    def piece(spot: Spot) -> bool:
        right, got = evidence.arrays[spot]
        return evidence.close(spot, np.asarray(factor(spot) * right), got)

    return Theory(diagnosis, lambda i: all(piece(spot) for spot in evidence.arrays if spot[0] == i), piece)


def offsets(evidence: Evidence) -> Iterator[Theory]:
    """The theory that every wrong entry is off by the same whole number."""
    pairs = [evidence.arrays[spot] for spot in evidence.failing if evidence.arrays]
    if not pairs or any(right.shape != got.shape for right, got in pairs) or _entries(evidence) < FEW:
        return
    number = np.round(np.median(np.concatenate([(got - right).ravel() for right, got in pairs])))
    if number and np.isfinite(number):
        much = f"{abs(number):.6g} too {'large' if number > 0 else 'small'}"
        asks = "What is counted or added that does not belong there, or is left out?"
        diagnosis = Diagnosis(f"off by {number:.6g}", f"Your answer is {much}, in every entry.", asks)

        def piece(spot: Spot) -> bool:
            right, got = evidence.arrays[spot]
            return evidence.close(spot, np.asarray(right + number), got)

        yield Theory(diagnosis, lambda i: all(piece(spot) for spot in evidence.arrays if spot[0] == i), piece)
