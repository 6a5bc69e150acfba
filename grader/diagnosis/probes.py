"""What only further calls can tell: whether an answer is random, and which inputs it does not depend on."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import numpy as np

from ..model import Outcome, Returned
from ..model.values import same
from .evidence import Diagnosis, Evidence, Probe

RANDOM = Diagnosis(
    "random",
    "Your function returns other numbers each time it is called with the same input.",
    "Where does a random number enter, or what does your function keep from one call to the next?",
)
OTHER_SEED = 1


def probed(evidence: Evidence, probe: Probe) -> Iterator[Diagnosis]:
    """What further calls show on every case, as far as the budget goes."""
    if evidence.exercise.reference is None or not evidence.returned:
        return
    if _is_random(evidence, probe):
        yield RANDOM
        return
    for position in range(len(evidence.cases[0].case.args)):
        if _ignores(evidence, position, probe):
            name = evidence.called(position)
            yield Diagnosis(
                f"does not use {name.strip('`')}",
                f"Your answer does not depend on {name}: with another value of it the same comes out.",
                f"Where does {name} stand in the formula?",
            )


def _is_random(evidence: Evidence, probe: Probe) -> bool:
    """With another seed, every case that was wrong comes out otherwise."""
    for i in _wrong(evidence):
        again = probe(evidence.cases[i].case.args, OTHER_SEED)
        if not isinstance(again, Returned) or _is_alike(evidence, i, again.value):
            return False
    return True


def _is_alike(evidence: Evidence, i: int, value: object) -> bool:
    """Whether it is what came back before, be it something that no exercise asks for."""
    return same(evidence.value(i), value) or evidence.agree(i, evidence.value(i), value)


def _ignores(evidence: Evidence, position: int, probe: Probe) -> bool:
    """Another value of an argument changes the right answer but not this one, on every case; the wrong ones first."""
    wrong, seen = set(_wrong(evidence)), 0
    for i in sorted(range(len(evidence.cases)), key=lambda i: i not in wrong):
        args = evidence.cases[i].case.args
        other = _other(args[position])
        if other is None or evidence.value(i) is None:
            return False
        changed = (*args[:position], other, *args[position + 1 :])
        if not _reference_differs(evidence, i, changed):
            continue
        far = (*args[:position], _opposite(other), *args[position + 1 :])
        if not all(_same_answer(evidence, i, probe(given)) for given in ((changed, far) if i in wrong else (changed,))):
            return False
        seen += 1
    return seen > 0


def _same_answer(evidence: Evidence, i: int, again: Outcome | None) -> bool:
    return isinstance(again, Returned) and evidence.agree(i, evidence.value(i), again.value)


def _opposite(value: object) -> object:
    """A value that has nothing in common with the one before: what an answer shows by its sign alone shows here."""
    if isinstance(value, list | tuple):
        return type(value)(_opposite(part) for part in value)
    is_real = isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    return 0.3 - 1.7 * value if is_real else value  # type: ignore[operator]


def _reference_differs(evidence: Evidence, i: int, changed: tuple[object, ...]) -> bool:
    assert evidence.exercise.reference is not None
    with np.errstate(all="ignore"):
        try:
            answer = evidence.exercise.reference(*copy.deepcopy(changed))
        except Exception:
            return False
    return not evidence.agree(i, evidence.cases[i].expected, answer)


def _other(value: object) -> object:
    """A value of the same kind and shape that is near enough to stay valid; None where none is known."""
    if isinstance(value, bool | str | dict) or value is None:
        return None
    if isinstance(value, int | np.integer):
        return int(value) - 1 if value > 1 else int(value) + 1
    if isinstance(value, float | np.floating):
        return float(value) * 0.75 + 0.01
    if isinstance(value, np.ndarray):
        return value * 0.75 + 0.01 if value.dtype.kind == "f" else value[::-1].copy()
    if isinstance(value, list | tuple):
        parts = [_other(part) for part in value]
        return None if any(part is None for part in parts) else type(value)(parts)
    return None


def _wrong(evidence: Evidence) -> Iterator[int]:
    for i, expected in enumerate(evidence.cases):
        if not evidence.agree(i, expected.expected, evidence.value(i)):
            yield i
