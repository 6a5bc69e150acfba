"""What can be known of an exercise's cases before anybody is graded on them; each function yields what is wrong."""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from ..assignment.declaration import Exercise
from ..assignment.properties import Property
from ..assignment.steps import with_steps
from ..assignment.vocabulary import Limits, Mistake, Reference
from ..diagnosis.evidence import pieces
from ..feedback.words import sentence
from ..judging.comparison import compare, described
from ..judging.tolerance import Tolerance, tolerance_of
from ..model import Arguments, ExpectedCase, Opaque
from ..model.values import numbers, parts_of
from ..sandbox import wire
from ..sandbox.host import answers
from .answering import differs, quietly
from .variation import nudged

Drawn = Mapping[int, Sequence[ExpectedCase]]  # the cases of each seed

NUDGES = 4
JUMP = 1e-3  # inputs move by a ten-millionth; an answer that moves by a thousandth is not on solid ground
NO_ANSWERS: tuple[object, ...] = (None, "", 0, (), {}, float("nan"))
LENIENT = 0.01
FEWEST = 3  # cases that show what belongs to the exercise, and not to a case
MOST_HIDDEN = 100
SLOW = 0.5  # of the time that a student's call may take


def same_under_every_seed(exercise: Exercise, drawn: Drawn) -> Iterator[str]:
    """Names, weights and kinds of cases belong to the exercise, only their numbers to the seed."""
    outlines = {seed: [_outline(expected) for expected in cases] for seed, cases in drawn.items()}
    first, *others = outlines.values()
    for other in others:
        for (name, *_), one, another in zip(first, first, other, strict=True):
            if one != another:
                yield f"case {name!r} is another one under another seed: {one}, then {another}"
                return


def _outline(expected: ExpectedCase) -> tuple[object, ...]:
    case = expected.case
    return case.name, case.weight, case.args.keywords, *(_kind(arg) for arg in case.args), _kind(expected.expected)


def _kind(value: object) -> str:
    if isinstance(value, np.ndarray | np.generic) and np.ndim(value):
        return f"{np.ndim(value)}-d {np.asarray(value).dtype}"
    if isinstance(value, np.generic):
        return type(value.item()).__name__
    return type(value).__name__


def can_be_handed_over(drawn: Drawn) -> Iterator[str]:
    """Inputs reach a student's process, and answers come back from it, as what they are."""
    for expected in (expected for cases in drawn.values() for expected in cases):
        values = {f"argument {i}": arg for i, arg in enumerate(expected.case.args, start=1)}
        for what, value in (values | {"the answer": expected.expected}).items():
            lost = _lost(value)
            if lost:
                yield f"case {expected.case.name!r}: {what} {lost}, so no student's process could be given it"
                return


def _lost(value: object) -> str:
    """What of a value does not cross the wire; empty if all of it does."""
    data = io.BytesIO()
    try:
        data.write(wire.frame({"value": value}))
        data.seek(0)
        came = answers.inert(wire.read_frame(data.read)["value"])
    except (wire.WireError, RecursionError) as error:
        return f"cannot be sent ({error})"
    opaque = next(_opaque(came), None)
    return f"holds {described(opaque)}" if opaque else ""


def _opaque(value: object) -> Iterator[Opaque]:
    if isinstance(value, Opaque):
        yield value
    for part in parts_of(value) or ():
        yield from _opaque(part)


def reference_is_sound(exercise: Exercise, reference: Reference, drawn: Drawn) -> Iterator[str]:
    """It answers quietly, with finite numbers, the same each time, in values that a student's function could return."""
    for seed, cases in drawn.items():
        for expected in cases:
            trouble = _trouble(exercise, reference, expected)
            if trouble:
                yield f"case {expected.case.name!r} under seed {seed}: {trouble}"
                return


def _trouble(exercise: Exercise, reference: Reference, expected: ExpectedCase) -> str:
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"), warnings.catch_warnings():
            warnings.simplefilter("error")
            again = expected.case.args.given_to(reference)
    except Exception as error:
        return f"the reference overflows or warns: {type(error).__name__}: {error}"
    if not all(np.isfinite(array).all() for array in numbers(again)):
        return "the reference's answer is not finite"
    difference = compare(expected.expected, again, tolerance_of(exercise, [again]), inputs=expected.case.args)
    return f"the reference does not agree with itself: {sentence(difference)}" if difference else ""


def no_kinks(exercise: Exercise, reference: Reference, drawn: Drawn) -> Iterator[str]:
    """No case where rounding decides; unless the bank holds the mistake of deciding otherwise, so that it is meant."""
    rng = np.random.default_rng(0)
    for seed, cases in drawn.items():
        for expected in cases:
            near = [nudged(expected.case.args, rng) for _ in range(NUDGES)]
            if _jumps(reference, expected, near) and not _is_meant(exercise, reference, expected, near):
                yield (
                    f"case {expected.case.name!r} under seed {seed} sits on a kink: the answer jumps when its inputs "
                    "move by a ten-millionth, so rounding decides who is right; draw away from there"
                )
                return


def _jumps(reference: Reference, expected: ExpectedCase, near: Sequence[Arguments]) -> bool:
    """Whether the answer changes much, or into an error, right beside the case."""
    for args in near:
        try:
            with quietly():
                beside = args.given_to(reference)
        except Exception:
            return True
        if compare(expected.expected, beside, Tolerance(JUMP), inputs=args):
            return True
    return False


def _is_meant(exercise: Exercise, reference: Reference, expected: ExpectedCase, near: Sequence[Arguments]) -> bool:
    """Whether a banked mistake is wrong at the case itself, and nowhere beside it."""
    for mistake in exercise.mistakes:
        wrong = with_steps(reference, mistake.steps)
        tolerance = tolerance_of(exercise, [expected.expected])
        with quietly():
            there = differs(tolerance, wrong, expected.case.args, expected.expected)
            if there and not any(differs(tolerance, wrong, args, args.given_to(reference)) for args in near):
                return True
    return False


def tolerance_bites(exercise: Exercise) -> Iterator[str]:
    """A tolerance is for rounding and for other formulas, not for other answers."""
    if exercise.tolerance > LENIENT:
        percent = 100 * exercise.tolerance
        yield f"tolerance is {exercise.tolerance:g}: answers that are {percent:g} % off pass"


def no_entry_is_hidden(exercise: Exercise, drawn: Drawn) -> Iterator[str]:
    """No entry of an array that is so small beside another one, in every case, that the tolerance lets all of it go."""
    cases = [expected for some in drawn.values() for expected in some]
    if len(cases) < FEWEST:
        return
    hidden = [set(_hidden(exercise, expected)) for expected in cases]
    for name, index in sorted(set.intersection(*hidden), key=str)[:1]:
        place = f"`{name or 'answer'}[{', '.join(map(str, index))}]`"
        yield (
            f"in every case {place} is smaller than what the tolerance of {exercise.tolerance:g} leaves to the largest "
            'entry, so that any such number passes; choose scale="entry" or scale="row"'
        )


def _hidden(exercise: Exercise, expected: ExpectedCase) -> Iterator[tuple[str, tuple[int, ...]]]:
    tolerance = tolerance_of(exercise, [expected.expected])
    for path, part in pieces(expected.expected, exercise.returns):
        if isinstance(part, np.ndarray) and part.ndim and part.dtype.kind == "f":
            small = (part != 0) & (np.abs(part) <= tolerance.bounds(part, expected.case.args))
            for index in np.argwhere(small)[:MOST_HIDDEN]:
                yield ".".join(map(str, path)), tuple(map(int, index))


def property_refuses(exercise: Exercise, judge: Property, drawn: Drawn) -> Iterator[str]:
    """A property cannot be mutated, but what is no answer at all must not hold."""
    for expected in (expected for cases in drawn.values() for expected in cases):
        for nothing in NO_ANSWERS:
            if _holds(judge, nothing, expected.case.args):
                said = f"its property accepts {nothing!r} as an answer to the case {expected.case.name!r}"
                yield said
                return


def _holds(judge: Property, answer: object, args: Arguments) -> bool:
    try:
        with quietly():
            return not args.given_to(judge, answer)
    except Exception:
        return False


def slowest(reference: Reference, drawn: Drawn) -> float:
    """Seconds that the reference takes for the slowest case."""
    seconds = 0.0
    for expected in (expected for cases in drawn.values() for expected in cases):
        started = time.perf_counter()
        with quietly():
            expected.case.args.given_to(reference)
        seconds = max(seconds, time.perf_counter() - started)
    return seconds


def fast_enough(seconds: float, limits: Limits) -> Iterator[str]:
    """A student's function may be several times slower than the reference."""
    if seconds > SLOW * limits.case_seconds:
        yield (
            f"the reference takes {seconds:.2g} s for a case, and a student's call may take {limits.case_seconds:g} s"
        )


def bank_is_told_apart(exercise: Exercise, reference: Reference, drawn: Drawn) -> Iterator[str]:
    """Every mistake loses points under every seed, and gives other answers than any other of the exercise."""
    for seed, cases in drawn.items():
        answers = {mistake.name: list(_answers(reference, mistake, cases)) for mistake in exercise.mistakes}
        for name, given in answers.items():
            if _agree(exercise, cases, [expected.expected for expected in cases], given):
                yield f"mistake {name!r} gets full marks under seed {seed}: no case shows it"
        for (one, given), (other, too) in combinations(answers.items(), 2):
            if _agree(exercise, cases, given, too):
                yield f"mistakes {one!r} and {other!r} give the same answers under seed {seed}; which is it?"


def _answers(reference: Reference, mistake: Mistake, cases: Sequence[ExpectedCase]) -> Iterator[object]:
    wrong = with_steps(reference, mistake.steps)
    for expected in cases:
        try:
            with quietly():
                yield expected.case.args.given_to(wrong)
        except Exception as error:
            yield error


def _agree(exercise: Exercise, cases: Sequence[ExpectedCase], one: Sequence[object], other: Sequence[object]) -> bool:
    return all(_alike(exercise, expected, a, b) for expected, a, b in zip(cases, one, other, strict=True))


def _alike(exercise: Exercise, expected: ExpectedCase, one: object, other: object) -> bool:
    if isinstance(one, Exception) or isinstance(other, Exception):
        return type(one) is type(other)
    return compare(one, other, tolerance_of(exercise, [expected.expected]), inputs=expected.case.args) is None
