"""What can be seen of wrong answers without knowing how they came about: where they are wrong, and in which way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from ..judging.comparison import as_array
from ..model import Opaque, Raised, Returned
from ..model.values import magnitude, same
from .errors import OF_SHAPES, ErrorKind, kind_of
from .evidence import Array, Diagnosis, Evidence, Spot
from .scopes import scopes

EXAMPLE = re.compile("(one|a single) example")  # what the only case is called that has no more than one
HALF = 1e-2  # of the largest entry: what some operations in half precision leave of a number
LARGE = 30.0  # for the exponential and its like

PRINTED = Diagnosis(
    "printed, not returned",
    "Your function prints its result but does not return it, so whoever calls it gets None.",
    "What does x = f(2) put into x?",
)
NOTHING_RETURNED = Diagnosis(
    "nothing returned",
    "Your function returns None, whatever it computes.",
    "What does x = f(2) put into x?",
)
NOT_A_NUMBER = Diagnosis(
    "always NaN",
    "Your function returns NaN, which is not a number, everywhere.",
    "Which of your operations has no answer, such as 0/0, inf − inf or the logarithm of a negative number?",
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
ERRORS = {ErrorKind.TRUTH_OF_AN_ARRAY: NOT_FOR_ARRAYS, ErrorKind.ONE_NUMBER_EXPECTED: ONE_NUMBER}
HALF_PRECISION = Diagnosis(
    "half precision",
    "Your answer is right to three digits only: it is an array of dtype float16.",
    "How many digits does a float16 hold, and where do you ask for one?",
)


def observations(evidence: Evidence) -> Iterator[Diagnosis]:
    """Everything that is true of every case's answer."""
    looks = (
        _nothing,
        _not_a_number,
        _constant,
        _not_finite,
        _in_layers,
        _examples,
        _signs,
        _depth,
        _half_precision,
    )
    yield from filter(None, (look(evidence) for look in looks if evidence.returned))


def errors(evidence: Evidence) -> Iterator[Diagnosis]:
    """What calls have in common that end with an error, on every wrong case or on those with several examples."""
    raised = [outcome for outcome in evidence.outcomes if isinstance(outcome, Raised)]
    kinds = {kind_of(outcome.message) for outcome in raised}
    if len(kinds) == 1 and (kind := kinds.pop()):
        yield ERRORS[kind]
    if all(outcome.error in OF_SHAPES for outcome in raised):
        yield from filter(None, (look(evidence) for look in (_examples, _depth)))
    yield from filter(None, [_not_finite(evidence)])


def _nothing(evidence: Evidence) -> Diagnosis | None:
    came = [outcome for outcome in evidence.outcomes if isinstance(outcome, Returned)]
    if any(outcome.value is not None for outcome in came):
        return None
    return PRINTED if all(outcome.printed.strip() for outcome in came) else NOTHING_RETURNED


def _not_a_number(evidence: Evidence) -> Diagnosis | None:
    came = [got for _, got in evidence.arrays.values()]
    return NOT_A_NUMBER if came and all(got.size and np.isnan(got).all() for got in came) else None


def _constant(evidence: Evidence) -> Diagnosis | None:
    """The same answer everywhere, on cases whose answers differ; or the same number in every entry."""
    values = [evidence.value(i) for i in range(len(evidence.cases))]
    if len(values) > 1 and not _holds_opaque(values[0]) and all(same(value, values[0]) for value in values[1:]):
        return SAME_ANSWER
    if not evidence.constant or len(evidence.failing) < 2:
        return None
    _, got = next(iter(evidence.arrays.values()))
    return Diagnosis(
        "always the same",
        f"Your function returns {got.flat[0] + 0.0:g} everywhere, whatever it is given.",
        "Which of the inputs should it use?",
    )


def _holds_opaque(value: object) -> bool:
    """Whether an answer holds objects of which nothing but the type is known, so that unlike ones look alike."""
    if isinstance(value, dict):
        value = list(value.values())
    return isinstance(value, Opaque) or (isinstance(value, list | tuple) and any(map(_holds_opaque, value)))


def _not_finite(evidence: Evidence) -> Diagnosis | None:
    """Every entry is right or not finite, or the call ends with an OverflowError: on the cases with large numbers."""
    wrong = _wrong_cases(evidence)
    large = [magnitude(expected.case.args) > LARGE for expected in evidence.cases]
    if all(wrong) or any(is_wrong and not of_large for is_wrong, of_large in zip(wrong, large, strict=True)):
        return None
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
            if not evidence.close((i, ()), np.where(finite, expected, 0.0), np.where(finite, got, 0.0)):
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
    """Right exactly on the case with one example, of an exercise that takes several at once; or wrong exactly there."""
    wrong = _wrong_cases(evidence)
    single = [bool(EXAMPLE.fullmatch(expected.case.name)) for expected in evidence.cases]
    if not any(single) or all(single):
        return None
    if wrong == single:
        return NOT_ONE_EXAMPLE
    return ONE_EXAMPLE if wrong == [not one for one in single] else None


def _depth(evidence: Evidence) -> Diagnosis | None:
    """Right exactly on the networks of at most so many layers."""
    wrong = _wrong_cases(evidence)
    for position in evidence.positions:
        values = [expected.case.args[position] for expected in evidence.cases]
        if not all(isinstance(value, list) and value and isinstance(value[0], np.ndarray) for value in values):
            continue
        depths = [len(value) for value in values]  # type: ignore[arg-type]
        for most in sorted(set(depths))[:-1]:
            if wrong == [depth > most for depth in depths] and 1 < sum(wrong) < len(wrong) - 1:
                layers = "one layer" if most == 1 else f"at most {most} layers"
                return Diagnosis(
                    "not for deeper networks",
                    f"Your function is right for networks of {layers} and wrong for all deeper ones.",
                    "What do your lines do in a deeper network that they do not do in the others?",
                )
    return None


def _signs(evidence: Evidence) -> Diagnosis | None:
    """Wrong exactly at the entries whose input has one sign, in answers that have an entry for each of an input's."""
    for position in evidence.positions:
        inputs = {spot: as_array(evidence.cases[spot[0]].case.args[position]) for spot in evidence.arrays}
        if not any(given is not None and (given > 0).any() and (given < 0).any() for given in inputs.values()):
            continue
        for sign, diagnosis in ((-1, POSITIVE), (1, NEGATIVE)):
            if all(_wrong_at_sign(evidence, spot, given, sign) for spot, given in inputs.items()):
                return diagnosis
    return None


def _wrong_at_sign(evidence: Evidence, spot: Spot, given: Array | None, sign: int) -> bool:
    expected, got = evidence.arrays[spot]
    if given is None or not given.shape == expected.shape == got.shape:
        return False
    wrong = evidence.tolerance.wrong_entries(expected, got, given)
    return bool((wrong == (np.sign(given) == sign)).all())


def _half_precision(evidence: Evidence) -> Diagnosis | None:
    def near(spot: Spot) -> bool:
        expected, got = evidence.arrays[spot]
        came = getattr(evidence.pairs[spot][1], "dtype", None)
        close = expected.shape == got.shape and np.abs(got - expected).max() <= HALF * magnitude(expected)
        return bool(came == np.float16 and close)

    return HALF_PRECISION if evidence.arrays and all(map(near, evidence.failing)) else None


def _wrong_cases(evidence: Evidence) -> list[bool]:
    return [
        not (isinstance(outcome, Returned) and evidence.agree(i, evidence.cases[i].expected, outcome.value))
        for i, outcome in enumerate(evidence.outcomes)
    ]
