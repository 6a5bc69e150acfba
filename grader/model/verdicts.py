"""What one case came to, and why: causes are values, and become words in `feedback` alone."""

from __future__ import annotations

from dataclasses import dataclass

from .differences import Difference, Stage
from .outcomes import Crashed, Missing, Raised, TimedOut


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
