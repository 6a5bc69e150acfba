"""Answers that hold the right numbers in another form: transposed, in another order, of another shape, rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import permutations

import numpy as np

from .evidence import Array, Diagnosis, Evidence, Spot, Theory

Test = Callable[[Array, Array, Callable[[Array, Array], bool]], bool]
Form = Callable[[Sequence[object]], object]

TRANSPOSED = Diagnosis(
    "transposed",
    "Your answer is right but transposed, as in lectures that exchange the roles of rows and columns.",
    "What does a row stand for here, and what a column?",
    convention=True,
)
LOST_DIMENSION = Diagnosis(
    "lost dimension",
    "Your numbers are right, but a dimension of length 1 is lost on the way.",
    "What shape is asked for, and which operation drops an axis (an index, a sum without keepdims)?",
)
EXTRA_DIMENSION = Diagnosis(
    "extra dimension",
    "Your numbers are right, but they come with a dimension of length 1 too many.",
    "What shape is asked for, and where does the additional axis come from?",
)
FLATTENED = Diagnosis(
    "flattened",
    "Your numbers are right, but they come in one row instead of a matrix.",
    "What shape is asked for, and which operation flattens (ravel, reshape, a loop that appends)?",
)
RESHAPED = Diagnosis(
    "another shape",
    "Your numbers are right and in the right order, but in an array of another shape.",
    "What shape is asked for, and where do you reshape?",
)
BROADCAST = Diagnosis(
    "broadcast",
    "Your answer is a matrix with the right numbers on its diagonal: a column has met a row and was broadcast.",
    "Which shapes do the two operands have on the line before?",
)
NESTED = Diagnosis(
    "nested",
    "Your answer is right but comes within a tuple or list of one.",
    "Is there a comma or a bracket too many?",
)
WHOLE_NUMBERS = Diagnosis(
    "whole numbers",
    "Your numbers are the right ones without their decimals: integer division, or an array of an integer dtype.",
    "What is the dtype of the array that you fill, and do you divide with / or with //?",
)
NOT_SUMMED = Diagnosis(
    "not summed up",
    "Your function returns the terms one by one; their sum is asked for.",
    "Over what does the formula sum?",
)
NOT_AVERAGED = Diagnosis(
    "not averaged",
    "Your function returns the values one by one; their mean is asked for.",
    "Over what does the formula take the mean?",
)
SUMMED = Diagnosis(
    "summed up",
    "Your function adds up what should stay apart: the answer is the sum of the right entries.",
    "Which shape is asked for, and over which axis may be summed?",
)
AVERAGED = Diagnosis(
    "averaged",
    "Your function returns the mean of the right entries; they should stay apart.",
    "Which shape is asked for?",
)
REVERSED = Diagnosis(
    "reversed", "Your entries are right but stand in reverse order.", "Which one comes first in the lecture?"
)
SHIFTED = Diagnosis(
    "shifted",
    "Your entries are right but moved by one place, as when the bias stands last where it should be first.",
    "Which entry comes first?",
)
SIGN_LOST = Diagnosis(
    "sign lost", "Your answer is the absolute value of the right one.", "Where may a negative number be right?"
)
CLIPPED = Diagnosis(
    "clipped at 0", "Your answer is 0 wherever the right one is negative.", "Where may a negative number be right?"
)
SQUARED = Diagnosis("squared", "Your answer is the square of the right one.", "Is there one square too many?")
ROOT = Diagnosis("square root", "Your answer is the square root of the right one.", "Is there one root too many?")
RECIPROCAL = Diagnosis(
    "reciprocal", "Your answer is 1 divided by the right one.", "What belongs above the line and what below it?"
)
ONE_MINUS = Diagnosis(
    "1 minus", "Your answer is 1 minus the right one.", "Which of the two probabilities or slopes is asked for?"
)
LOGARITHM = Diagnosis(
    "logarithm", "Your answer is the logarithm of the right one.", "Is there a logarithm too many, or an exp too few?"
)
EXPONENTIAL = Diagnosis(
    "exponential", "Your answer is e to the power of the right one.", "Is there an exp too many, or a log too few?"
)


def _reshaped(fits: Callable[[Array, Array], bool]) -> Test:
    """The same numbers in the same order, the shapes related as told."""
    return lambda e, g, close: e.size == g.size and (e.shape == g.shape or fits(e, g)) and close(e, g.reshape(e.shape))


def _squeezed_alike(e: Array, g: Array) -> bool:
    return [n for n in e.shape if n > 1] == [n for n in g.shape if n > 1]


def _made(f: Callable[[Array], Array]) -> Test:
    """What came is a function of what was expected."""

    def test(e: Array, g: Array, close: Callable[[Array, Array], bool]) -> bool:
        with np.errstate(all="ignore"):
            return close(np.asarray(f(e)), g)

    return test


def _along_first(f: Callable[[Array], Array]) -> Test:
    return _made(lambda e: f(e) if e.ndim else e)


def _is_diagonal(e: Array, g: Array, close: Callable[[Array, Array], bool]) -> bool:
    if g.ndim == 2 and g.shape == (e.size, e.size) and e.size > 1:
        return close(e.ravel(), np.diagonal(g))
    return close(e.ravel(), g.ravel())


SHAPES: tuple[tuple[Diagnosis, Test], ...] = (
    (TRANSPOSED, _made(lambda e: e.T)),
    (LOST_DIMENSION, _reshaped(lambda e, g: g.ndim < e.ndim and _squeezed_alike(e, g))),
    (EXTRA_DIMENSION, _reshaped(lambda e, g: g.ndim > e.ndim and _squeezed_alike(e, g))),
    (FLATTENED, _reshaped(lambda e, g: g.ndim == 1)),
    (RESHAPED, _reshaped(lambda e, g: True)),
)
FORMS: tuple[tuple[Diagnosis, Test], ...] = (
    (NOT_SUMMED, lambda e, g, close: e.ndim == 0 and close(e, np.asarray(g.sum()))),
    (NOT_AVERAGED, lambda e, g, close: e.ndim == 0 and g.size > 0 and close(e, np.asarray(g.mean()))),
    (SUMMED, _made(np.sum)),
    (AVERAGED, _made(np.mean)),
    (BROADCAST, _is_diagonal),
    (REVERSED, _along_first(lambda e: e[::-1])),
    (SHIFTED, _along_first(lambda e: np.roll(e, 1, axis=0))),
    (SHIFTED, _along_first(lambda e: np.roll(e, -1, axis=0))),
    (SIGN_LOST, _made(np.abs)),
    (CLIPPED, _made(lambda e: np.maximum(e, 0))),
    (ONE_MINUS, _made(lambda e: 1 - e)),
    (SQUARED, _made(np.square)),
    (ROOT, _made(np.sqrt)),
    (RECIPROCAL, _made(lambda e: 1 / e)),
    (LOGARITHM, _made(np.log)),
    (EXPONENTIAL, _made(np.exp)),
)


def _without_decimals(evidence: Evidence) -> Iterator[Theory]:
    """Answers near 0 become 0 and 1 in many ways: only larger ones, or an array of integers, show lost decimals."""
    wrong = np.concatenate([evidence.arrays[spot][0].ravel() for spot in evidence.failing])
    kinds = {np.asarray(evidence.pairs[spot][1]).dtype.kind for spot in evidence.failing}
    above = bool(((np.abs(wrong) > 1) & (wrong % 1 != 0)).any())
    for cut in (np.trunc, np.floor, np.rint):
        if above or (kinds <= {"i", "u"} and cut is np.trunc):
            yield _theory(evidence, WHOLE_NUMBERS, _made(cut))


def shapes(evidence: Evidence) -> Iterator[Theory]:
    """Theories that each array holds the right numbers in another shape."""
    if evidence.arrays and evidence.failing:
        yield from (_theory(evidence, diagnosis, test) for diagnosis, test in SHAPES)


def forms(evidence: Evidence) -> Iterator[Theory]:
    """Theories about each array by itself; few numbers, or all alike, may fit a function of them by chance."""
    came = [evidence.arrays[spot][1].ravel() for spot in evidence.failing if evidence.arrays]
    yield from shapes(evidence)
    if came and len(np.unique(np.concatenate(came))) > 1:
        yield from _without_decimals(evidence)
        yield from (_theory(evidence, diagnosis, test) for diagnosis, test in FORMS)


def _theory(evidence: Evidence, diagnosis: Diagnosis, test: Test) -> Theory:
    def piece(spot: Spot) -> bool:
        e, g = evidence.arrays[spot]
        return test(e, g, partial(evidence.close, spot))

    return Theory(diagnosis, lambda i: all(piece(spot) for spot in evidence.arrays if spot[0] == i), piece)


def orders(evidence: Evidence) -> Iterator[Theory]:
    """Theories about the parts of an answer: permuted, one of them alone, one too many or too few, lists reversed."""
    names = evidence.exercise.returns
    first = evidence.cases[0].expected
    if not isinstance(first, list | tuple):
        yield Theory(NESTED, partial(_is_nested, evidence))
        return
    if names:
        yield from _permuted(evidence, names)
        for i, name in enumerate(names):
            yield _built(evidence, _alone(name), lambda parts, i=i: parts[i])  # type: ignore[misc]
    if isinstance(first, list) or all(isinstance(part, list) for part in first):
        yield _built(evidence, REVERSED, lambda parts: _in_lists(parts, lambda layers: layers[::-1]))
    for end, cut in (("first", slice(1, None)), ("last", slice(None, -1))):
        yield _built(evidence, _lacking(end), lambda parts, cut=cut: _in_lists(parts, lambda layers: layers[cut]))  # type: ignore[misc]
        yield Theory(_surplus(end), partial(_has_surplus, evidence, cut))


def _permuted(evidence: Evidence, names: Sequence[str]) -> Iterator[Theory]:
    if len(names) > 5:
        return
    for order in list(permutations(range(len(names))))[1:]:
        listed = ", ".join(names[i] for i in order)
        diagnosis = Diagnosis(
            "parts in another order",
            f"Your parts are right but come in another order: {listed}.",
            f"In which order does the exercise ask for {', '.join(names)}?",
        )
        yield _built(evidence, diagnosis, lambda parts, order=order: [parts[i] for i in order])  # type: ignore[misc]


def _built(evidence: Evidence, diagnosis: Diagnosis, form: Form) -> Theory:
    def whole(i: int) -> bool:
        parts = evidence.cases[i].expected
        return isinstance(parts, list | tuple) and evidence.agree(i, form(parts), evidence.value(i))

    return Theory(diagnosis, whole)


def _is_nested(evidence: Evidence, i: int) -> bool:
    got = evidence.value(i)
    return isinstance(got, list | tuple) and len(got) == 1 and evidence.agree(i, evidence.cases[i].expected, got[0])


def _in_lists(parts: Sequence[object], change: Callable[[Sequence[object]], object]) -> object:
    """The change done to a list, or to each of several."""
    if parts and all(isinstance(part, list) for part in parts):
        return [change(part) for part in parts]  # type: ignore[arg-type]
    return change(parts)


def _has_surplus(evidence: Evidence, cut: slice, i: int) -> bool:
    got = evidence.value(i)
    if not isinstance(got, list | tuple) or len(got) < 2:
        return False
    return evidence.agree(i, evidence.cases[i].expected, _in_lists(got, lambda layers: layers[cut]))


def _alone(name: str) -> Diagnosis:
    return Diagnosis(
        f"only {name}",
        f"Your function returns `{name}` alone, and that is right; the other parts are missing.",
        "What else does the exercise ask for?",
    )


def _lacking(end: str) -> Diagnosis:
    return Diagnosis(
        f"{end} one missing",
        f"Your list lacks the {end} one; all others are right.",
        "Where does your loop begin, and where does it end?",
    )


def _surplus(end: str) -> Diagnosis:
    which = {"first": "begins with one too many", "last": "ends with one too many"}[end]
    return Diagnosis(
        f"one too many at the {'front' if end == 'first' else 'end'}",
        f"Your list {which}; all others are right.",
        "Which ones does the exercise ask for: does the input, or the output, belong to them?",
    )
