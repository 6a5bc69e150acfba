"""What may be told of a case whose inputs are secret: where it failed, and nothing that could hold its numbers.

A student's own code may put the inputs that it was called with anywhere: into what it returns, prints or raises, even
into the name of an exception.
"""

from __future__ import annotations

import builtins

from ..model import Cause, Crashed, Difference, Lack, Missing, Raised, Sentence, Stage, TimedOut, Verdict
from .words import lack, sentence

STAGES = {
    Stage.TYPE: "is not the kind of value that is asked for",
    Stage.SHAPE: "has another shape than it should",
    Stage.DTYPE: "has entries of another type than it should",
    Stage.FINITENESS: "is infinite or not a number where it should be finite, or the other way round",
    Stage.VALUES: "has the right shape, but other values",
    Stage.PROPERTY: "does not have the property that is asked for",
}

WITHOUT_DETAIL = {
    Lack.SYNTAX: "its cell cannot be read as Python",
    Lack.CELL_MAGIC: "it stands in a cell that is not run as Python",
    Lack.SPELLING: "the notebook spells its name otherwise",
    Lack.LOOK_ALIKE: "its name in the notebook has letters of another alphabet",
    Lack.NESTED: "it is defined inside another function or class",
    Lack.NOT_CALLABLE: "the name is bound to something that cannot be called",
}


def told(verdict: Verdict, show_values: bool = False) -> str:
    """What a student may know of a case: everything where its inputs are no secret or all values are to be shown."""
    if verdict.cause is None:
        return ""
    return sentence(verdict.cause) if show_values or verdict.fixed else without_values(verdict.cause)


def without_values(cause: Cause) -> str:
    """Why a case failed, in words that hold nothing of its inputs."""
    match cause:
        case Difference(stage, part) | Sentence(_, Stage() as stage, part):
            return f"{f'`{part}`' if part else 'The result'} {STAGES[stage]}."
        case Raised(error):
            return f"Raises {error}." if _is_known_error(error) else "Raises an error."
        case TimedOut():
            return sentence(cause)
        case Crashed():
            return "The process did not survive the call."
        case Missing(lack_of):
            return f"There is nothing to grade: {WITHOUT_DETAIL.get(lack_of) or lack(Missing(lack_of))}."
        case Sentence():
            return "It did not pass."


def _is_known_error(name: str) -> bool:
    """Whether the name is one that Python chose; a student's own class could be named after the inputs."""
    kind = getattr(builtins, name, None)
    return (isinstance(kind, type) and issubclass(kind, BaseException)) or name in ("LinAlgError", "AxisError")
