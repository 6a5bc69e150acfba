"""What can be seen of wrong answers without knowing how they came about: where they are wrong, and in which way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from ..judge import as_array
from ..model import Raised, Returned
from ..values import same
from .bank import SHAPES
from .found import Array, Diagnosis, Evidence, Spot
from .scopes import scopes

ROUGHLY = 1e-3

PRINTED = Diagnosis(
    "printed, not returned",
    "Your function prints its result but does not return it, so whoever calls it gets None.",
    "What does x = f(2) put into x?",
)
NOTHING_RETURNED = Diagnosis(
    "nothing returned",
    "Your function returns None, whatever it computes.",
    "Does every way through the function end with a return statement?",
)
NOT_FINITE = Diagnosis(
    "overflow",
    "Your answer is right as long as the numbers stay moderate; where they grow large it turns into NaN or infinity.",
    "What is exp(1000) to a computer, and can the formula be written so that only exp of negative numbers is taken?",
)
ONE_EXAMPLE = Diagnosis(
    "only for one example",
    "Your function is right for a single example but not for several at once.",
    "Which of your operations treats all examples as if they were one: a product, a sum without an axis, a mean?",
)
NOT_ONE_EXAMPLE = Diagnosis(
    "not for one example",
    "Your function is right for several examples but not for a single one.",
    "What happens to your shapes when there is one example only?",
)
POSITIVE = Diagnosis(
    "only where positive",
    "Your function is right where its input is positive, and wrong where it is negative.",
    "What should come out for -1?",
)
NEGATIVE = Diagnosis(
    "only where negative",
    "Your function is right where its input is negative, and wrong where it is positive.",
    "What should come out for 1?",
)
SAME_ANSWER = Diagnosis(
    "always the same",
    "Your function returns the same answer, whatever it is given.",
    "Which numbers in it are typed in, and from which of the arguments should they be computed?",
)
NOT_FOR_ARRAYS = Diagnosis(
    "if on an array",
    "Your function decides about a whole array at once, with `if`, `and` or `max`; each entry needs its own decision.",
    "Which function of NumPy chooses entry by entry?",
)
ONE_NUMBER = Diagnosis(
    "math on an array",
    "Your function hands an array to something that takes one number, such as math.exp.",
    "Which function of NumPy does the same for every entry?",
)
ERRORS = (
    ("truth value of an array", NOT_FOR_ARRAYS),
    ("can be converted to Python scalars", ONE_NUMBER),
)
ROUGH = Diagnosis(
    "rounded",
    "Your answer is right to about three digits only: it is rounded, or a derivative is taken with too large a step.",
    "Which operation loses digits: round, a float16, a finite difference?",
)


def observations(evidence: Evidence) -> Iterator[Diagnosis]:
    """Everything that is true of every case's answer."""
    looks = (_nothing, _constant, _not_finite, _in_layers, _examples, _signs, _depth, _rough)
    yield from filter(None, (look(evidence) for look in looks if evidence.returned))


def errors(evidence: Evidence) -> Iterator[Diagnosis]:
    """What calls have in common that end with an error, on every wrong case or on those with several examples."""
    raised = [outcome for outcome in evidence.outcomes if isinstance(outcome, Raised)]
    for said, diagnosis in ERRORS:
        if raised and all(said in outcome.message for outcome in raised):
            yield diagnosis
    if all(outcome.error in SHAPES for outcome in raised):
        yield from filter(None, (look(evidence) for look in (_examples, _depth)))
    yield from filter(None, [_not_finite(evidence)])


def _nothing(evidence: Evidence) -> Diagnosis | None:
    came = [outcome for outcome in evidence.outcomes if isinstance(outcome, Returned)]
    if any(outcome.value is not None for outcome in came):
        return None
    return PRINTED if all(outcome.printed.strip() for outcome in came) else NOTHING_RETURNED


def _constant(evidence: Evidence) -> Diagnosis | None:
    """The same answer everywhere, on cases whose answers differ; or the same number in every entry."""
    values = [evidence.value(i) for i in range(len(evidence.cases))]
    if len(values) > 1 and all(same(value, values[0]) for value in values[1:]):
        return SAME_ANSWER
    if not evidence.constant or len(evidence.failing) < 2:
        return None
    _, got = next(iter(evidence.arrays.values()))
    return Diagnosis(
        "always the same",
        f"Your function returns {got.flat[0]:g} everywhere, whatever it is given.",
        "Which of the inputs should it use?",
    )


def _not_finite(evidence: Evidence) -> Diagnosis | None:
    """Every entry is right or not finite; or the call ends with an OverflowError."""
    odd = 0
    for i, outcome in enumerate(evidence.outcomes):
        if isinstance(outcome, Raised) and outcome.error == "OverflowError":
            odd += 1
        elif not isinstance(outcome, Returned):
            return None
        else:
            expected, got = as_array(evidence.cases[i].expected), as_array(outcome.value)
            if expected is None or got is None or expected.shape != got.shape:
                return None
            finite = np.isfinite(got)
            odd += int((~finite & np.isfinite(expected)).sum())
            if not evidence.close(i, np.where(finite, expected, 0.0), np.where(finite, got, 0.0)):
                return None
    return NOT_FINITE if odd else None


def _in_layers(evidence: Evidence) -> Diagnosis | None:
    """Wrong in exactly the first or last layer of everything that has layers."""
    for where, spots in scopes(evidence).items():
        wrong_everywhere = {i for i, _ in evidence.failing} == {i for i, _ in spots}
        if "layer" in where and evidence.failing and evidence.failing <= spots and wrong_everywhere:
            return Diagnosis(
                f"wrong {where}",
                f"Your answer is right except {where}.",
                "What is different there: what comes in, which activation, which index?",
            )
    return None


def _examples(evidence: Evidence) -> Diagnosis | None:
    """Right exactly on the cases with one row, or one column, of some matrix."""
    wrong = _wrong_cases(evidence)
    for position, axis in product(range(len(evidence.cases[0].case.args)), (0, 1)):
        values = [expected.case.args[position] for expected in evidence.cases]
        if all(isinstance(value, np.ndarray) and value.ndim in (1, 2) for value in values):
            single = [value.ndim == 1 or value.shape[axis] == 1 for value in values]  # type: ignore[attr-defined]
            if any(single) and not all(single):
                if wrong == [not one for one in single]:
                    return ONE_EXAMPLE
                if wrong == single and sum(single) > 1:
                    return NOT_ONE_EXAMPLE
    return None


def _depth(evidence: Evidence) -> Diagnosis | None:
    """Right exactly on the networks of at most so many layers."""
    wrong = _wrong_cases(evidence)
    for position in range(len(evidence.cases[0].case.args)):
        values = [expected.case.args[position] for expected in evidence.cases]
        if not all(isinstance(value, list) and value and isinstance(value[0], np.ndarray) for value in values):
            continue
        depths = [len(value) for value in values]  # type: ignore[arg-type]
        for most in sorted(set(depths))[:-1]:
            if wrong == [depth > most for depth in depths] and sum(wrong) > 1:
                layers = "one layer" if most == 1 else f"{most} layers"
                return Diagnosis(
                    "not for deeper networks",
                    f"Your function is right for a network of {layers}, but not for deeper ones.",
                    "How often does your loop run, and what does each round hand on to the next?",
                )
    return None


def _signs(evidence: Evidence) -> Diagnosis | None:
    """Wrong exactly at entries whose input has one sign, where an input has the shape of the answer."""
    for position in range(len(evidence.cases[0].case.args)):
        inputs = {spot: as_array(evidence.cases[spot[0]].case.args[position]) for spot in evidence.arrays}
        for sign, diagnosis in ((-1, POSITIVE), (1, NEGATIVE)):
            if inputs and all(_wrong_at_sign(evidence, spot, given, sign) for spot, given in inputs.items()):
                return diagnosis
    return None


def _wrong_at_sign(evidence: Evidence, spot: Spot, given: Array | None, sign: int) -> bool:
    expected, got = evidence.arrays[spot]
    if given is None or not given.shape == expected.shape == got.shape:
        return False
    there = np.sign(given) == sign
    right_elsewhere = evidence.close(spot[0], np.where(there, 0.0, expected), np.where(there, 0.0, got))
    wrong_there = not there.any() or not evidence.close(
        spot[0], np.where(there, expected, 0.0), np.where(there, got, 0.0)
    )
    return right_elsewhere and wrong_there


def _rough(evidence: Evidence) -> Diagnosis | None:
    def near(spot: Spot) -> bool:
        expected, got = evidence.arrays[spot]
        scale = float(np.abs(expected).max(initial=0.0))
        return expected.shape == got.shape and bool(np.all(np.abs(got - expected) <= ROUGHLY * scale))

    return ROUGH if evidence.arrays and all(map(near, evidence.failing)) else None


def _wrong_cases(evidence: Evidence) -> list[bool]:
    return [
        not (isinstance(outcome, Returned) and evidence.agree(i, evidence.cases[i].expected, outcome.value))
        for i, outcome in enumerate(evidence.outcomes)
    ]
