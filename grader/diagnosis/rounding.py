"""Numbers that came back with few digits: to which digits, and whether an answer is what they are rounded from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from ..judging.comparison import as_array
from .evidence import Array, Evidence

MOST_DIGITS = 7  # a number with more is not rounded for a reader
BINARY = 1e-12  # a decimal fraction is stored no nearer than that, relative to itself
ENOUGH_DECIMALS, ENOUGH_SIGNIFICANT = 4, 3


@dataclass(frozen=True, slots=True)
class Rounding:
    """What a student's numbers are rounded to. tells: whether that leaves enough digits to know an answer by them."""

    words: str
    of: Callable[[Array], Array]
    tells: bool

    def blended(self, answer: object, got: object) -> object:
        """The answer, with those of its numbers rounded that came rounded."""
        if isinstance(answer, Mapping) and isinstance(got, Mapping):
            return {key: self.blended(part, got.get(key)) for key, part in answer.items()}
        if isinstance(answer, list | tuple) and isinstance(got, list | tuple) and len(answer) == len(got):
            return [self.blended(part, came) for part, came in zip(answer, got, strict=True)]
        right, came = as_array(answer), as_array(got)
        if right is None or came is None or right.shape != came.shape or isinstance(answer, list | tuple):
            return answer
        return np.where(_same(self.of(right.astype(float)), came.astype(float)), came, right)


@dataclass(frozen=True)
class Rounded(Evidence):
    """The same evidence, looked at as if rounding made no difference."""

    rounding: Rounding = field(kw_only=True)

    def agree(self, i: int, answer: object, got: object) -> bool:
        """Whether two answers are the same but for the rounding."""
        return super().agree(i, self.rounding.blended(answer, got), got)


def roundings(numbers: Array) -> Iterator[Rounding]:
    """The fewest decimals, and the fewest significant digits, that the numbers with few digits among these have."""
    short = numbers[_same(decimals(numbers, MOST_DIGITS), numbers) | _same(significant(numbers, MOST_DIGITS), numbers)]
    if not (short % 1).any():
        return
    for kind, words, enough in (
        (decimals, "decimal", ENOUGH_DECIMALS),
        (significant, "significant digit", ENOUGH_SIGNIFICANT),
    ):
        fitting = (k for k in range(1, MOST_DIGITS + 1) if _same(kind(short, k), short).all())
        for k in list(fitting)[:1]:
            yield Rounding(f"{k} {words}{'s' * (k > 1)}", partial(kind, digits=k), k >= enough)


def decimals(numbers: Array, digits: int) -> Array:
    """Rounded to so many digits behind the point."""
    rounded: Array = np.round(numbers, digits)
    return rounded


def significant(numbers: Array, digits: int) -> Array:
    """Rounded to so many digits from the first that is not 0."""
    rounded = [float(f"{number:.{digits - 1}e}") for number in np.ravel(numbers)]
    return np.reshape(rounded, np.shape(numbers))


def _same(one: Array, other: Array) -> Array:
    alike: Array = np.isclose(one, other, rtol=BINARY, atol=0)
    return alike
