"""How a returned value differs from the expected one: at which stage, in which part, and by what figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is compared, in this order; the first that fails is the one that is named."""

    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    FINITENESS = "finiteness"
    VALUES = "values"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Kinds:
    """Something of another kind came than was expected, each described in a few words.

    nothing: it is None where an array or a number is asked for, as of a function without a return statement.
    """

    got: str
    expected: str
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A dict lacks some keys, or has some that it should not have, as Python writes them."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """A set lacks some members, or has some that it should not have, as Python writes them."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shapes:
    """An array has another shape than the expected one."""

    got: tuple[int, ...]
    expected: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """A list or tuple holds another number of values; names: those of the parts that are asked for."""

    got: int
    expected: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """Numbers differ: the first that does, by its index, and how many of how many there are.

    largest: the largest difference; relative: the same over the scale of the tolerance. Numbers are text, since they
    may be whole numbers of any size, or not finite.
    """

    got: str
    expected: str
    index: tuple[int, ...] = ()
    differing: int = 1
    total: int = 1
    largest: str = ""
    relative: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """What of a property does not hold, in the words of the assignment.

    error: the type of an exception with which the property gave up on the answer.
    """

    says: str = ""
    error: str = ""


Figures = Kinds | Keys | Members | Shapes | Lengths | Entries | Broken


@dataclass(frozen=True, slots=True)
class Difference:
    """A value came back that is not as expected: at which stage, in which part (`grad_W[1]`), and by what.

    others: further parts that differ.
    """

    stage: Stage
    part: str
    figures: Figures
    others: tuple[str, ...] = ()
