"""What a function is called with, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One call of an exercise's function.

    weight: its share of the exercise's points, relative to the other cases.
    """

    name: str
    args: tuple[object, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ExpectedCase:
    """A case together with the reference's answer, which stays on the trusted side.

    expected is None where a property judges. fixed: the inputs are the same under every seed, so an answer could
    have been written down beforehand.
    """

    case: Case
    expected: object
    fixed: bool
