"""What one case came to, and why: causes are values, and become words in `feedback` alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .outcomes import Crashed, Missing, Raised, TimedOut


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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A reason of which nothing but these words is known, as in records of earlier versions."""

    says: str
    stage: Stage | None = None
    part: str = ""


Cause = Difference | Raised | TimedOut | Crashed | Missing | Sentence


@dataclass(frozen=True, slots=True)
class ArgumentsChanged:
    """It alters arguments in place, by the student's names for them."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SinglePrecision:
    """It returns numbers of float32."""


@dataclass(frozen=True, slots=True)
class CountedElsewhere:
    """Failures of the student's own earlier functions, or a slip made in one, were not counted here again.

    is_right: nothing else is wrong. slip: what the earlier diagnosis says, if the same slip was made here.
    """

    functions: tuple[str, ...]
    is_right: bool
    slip: str = ""


@dataclass(frozen=True, slots=True)
class PartEarned:
    """What a wrong answer earns of the points because it is understood; points is 0 if the cases earn as much.

    convention: it is right in another lecture's convention; otherwise the rest of the answer fits the slip.
    """

    points: float
    of: float
    convention: bool


@dataclass(frozen=True, slots=True)
class Unexplained:
    """Why it is wrong could not be worked out, because the grader itself failed there."""

    fault: str


Remark = ArgumentsChanged | SinglePrecision | CountedElsewhere | PartEarned | Unexplained | Sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one case came to; cause: why it did not pass, None where it did.

    fixed: its inputs are the same under every seed, so they are no secret.
    """

    case: str
    passed: bool
    cause: Cause | None = None
    fixed: bool = False
    weight: float = 1.0
    remarks: tuple[Remark, ...] = ()

    @property
    def stage(self) -> Stage | None:
        """The stage at which a returned value first differs."""
        return self.cause.stage if isinstance(self.cause, Difference | Sentence) else None

    @property
    def part(self) -> str:
        """The part of the value that differs there; empty where it has no name."""
        return self.cause.part if isinstance(self.cause, Difference | Sentence) else ""
