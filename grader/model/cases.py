"""What a function is called with, and what is expected of it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


class Arguments(tuple[object, ...]):
    """The values that a function is called with, in order; keywords: the names of the last ones, which go by name."""

    keywords: tuple[str, ...]

    def __new__(cls, values: Iterable[object] = (), keywords: Iterable[str] = ()) -> Arguments:
        """Values, and the names of the last ones."""
        made = super().__new__(cls, values)
        made.keywords = tuple(keywords)
        return made

    @classmethod
    def of(cls, values: Iterable[object]) -> Arguments:
        """The same arguments, or plain values as arguments that all go by position."""
        return values if isinstance(values, Arguments) else cls(values)

    @property
    def positional(self) -> int:
        """How many go by position."""
        return len(self) - len(self.keywords)

    def given_to(self, function: Callable[..., object], *before: object) -> object:
        """What a function returns for a copy of them, behind other arguments if there are some."""
        own = copy.deepcopy(tuple(self))
        by_name = dict(zip(self.keywords, own[self.positional :], strict=True))
        return function(*before, *own[: self.positional], **by_name)

    def replaced(self, position: int, value: object) -> Arguments:
        """The same, with another value at a position."""
        return self.with_values((*self[:position], value, *self[position + 1 :]))

    def with_values(self, values: Iterable[object]) -> Arguments:
        """Other values that go the same way."""
        return Arguments(values, self.keywords)

    def names(self, parameters: Sequence[str]) -> tuple[str, ...]:
        """What each is called, empty if that is not known; parameters: the function's names of its arguments."""
        by_position = (*parameters, *[""] * self.positional)[: self.positional]
        return (*by_position, *self.keywords)


@dataclass(frozen=True, slots=True)
class Case:
    """One call of an exercise's function.

    weight: its share of the exercise's points, relative to the other cases.
    """

    name: str
    args: Arguments
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Take a plain tuple for arguments that all go by position."""
        object.__setattr__(self, "args", Arguments.of(self.args))


@dataclass(frozen=True, slots=True)
class ExpectedCase:
    """A case together with the reference's answer, which stays on the trusted side.

    expected is None where a property judges. fixed: the inputs are the same under every seed, so an answer could
    have been written down beforehand.
    """

    case: Case
    expected: object
    fixed: bool
