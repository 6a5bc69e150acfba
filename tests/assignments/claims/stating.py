"""How the mathematics of a text is written down a second time, as code that the test runs.

A text claims something wherever it has an equals sign. Each such formula stands here as it stands there, beside code
that says the same in NumPy; what merely names sizes and indices is listed as notation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from grader.assignment.catalogue import load
from grader.assignment.sheet import expected_cases
from grader.judging.comparison import compare
from grader.judging.tolerance import Tolerance

Holds = Callable[[], None]


@dataclass(frozen=True)
class Claims:
    """What an assignment's texts claim.

    texts: cell → formulas that belong together, and a function that fails where they are wrong; notation: what has an
    equals sign and claims nothing; answers: exercise.mistake → what the message says that the student's function
    returns, from its arguments; relations: the same, where the message speaks of a part or a factor of it.
    """

    texts: dict[str, list[tuple[tuple[str, ...], Holds]]]
    notation: frozenset[str] = frozenset()
    answers: dict[str, Callable[..., Any]] = field(default_factory=dict)
    relations: dict[str, Callable[[tuple[Any, ...], Any, Any], bool]] = field(default_factory=dict)


@cache
def exercises(assignment: str) -> dict[str, Any]:
    """The exercises of an assignment by name."""
    return {exercise.name: exercise for exercise in load(assignment).exercises}


@cache
def drawn(assignment: str, name: str, seed: int = 0) -> tuple[Any, ...]:
    """An exercise's cases with their answers."""
    return expected_cases(exercises(assignment)[name], seed)


def computes(assignment: str, name: str, code: Callable[..., Any], cases: Iterable[str] = ()) -> Holds:
    """That the code gives the reference's answer in every case of an exercise, or in those that are named."""

    def holds() -> None:
        chosen = [each for each in drawn(assignment, name) if not cases or each.case.name in cases]
        assert chosen
        for each in chosen:
            with np.errstate(all="ignore"):
                came = code(*each.case.args)
            differs = compare(each.expected, came, Tolerance(1e-7), inputs=each.case.args)
            assert differs is None, f"{name}, {each.case.name}: {differs}"

    return holds


def equal(*pairs: tuple[Any, Any]) -> Holds:
    """That the first of each pair is the second."""

    def holds() -> None:
        for one, other in pairs:
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)

    return holds


def both(*all_of_these: Holds) -> Holds:
    """That each of these holds."""

    def holds() -> None:
        for each in all_of_these:
            each()

    return holds
