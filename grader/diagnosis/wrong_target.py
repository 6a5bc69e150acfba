"""Answers that would be right somewhere else: an input as it came, or what another exercise asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ..judging.comparison import as_array
from .evidence import Diagnosis, Evidence, Theory

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise


def inputs(evidence: Evidence) -> Iterator[Theory]:
    """Theories that an argument is returned as it came."""
    for position in evidence.positions:
        diagnosis = Diagnosis(
            "returns its input",
            f"Your function returns {evidence.called(position)} as it came.",
            "Which of your lines should change it, and is its result the one that you return?",
        )
        yield Theory(diagnosis, partial(_is_input, evidence, position))


def _is_input(evidence: Evidence, position: int, i: int) -> bool:
    argument = evidence.cases[i].case.args[position]
    if isinstance(argument, str | dict):
        return False
    return evidence.agree(i, argument, evidence.value(i))


def others(evidence: Evidence, exercises: Sequence[Exercise]) -> Iterator[Theory]:
    """Theories that the function does what another exercise of the assignment asks for."""
    for other in exercises:
        if other.reference not in (None, evidence.exercise.reference):
            diagnosis = Diagnosis(
                f"that is {other.name}",
                f"Your function returns what `{other.name}` should return.",
                f"What is the difference between `{evidence.exercise.name}` and `{other.name}`?",
            )
            yield Theory(diagnosis, partial(_is_answer_of, evidence, other))


def _is_answer_of(evidence: Evidence, other: Exercise, i: int) -> bool:
    """A reference that cannot take the arguments, or only by broadcasting or by chance, answers nothing."""
    assert other.reference is not None
    with np.errstate(all="ignore"):
        try:
            answer = evidence.cases[i].case.args.given_to(other.reference)
        except Exception:
            return False
    array = as_array(answer)
    if array is not None and not np.isfinite(array.astype(float)).all():
        return False
    return evidence.agree(i, answer, evidence.value(i))
