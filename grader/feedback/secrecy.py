"""What may be told of a case whose inputs are secret: where it failed, and nothing that could hold its numbers.

A student's own code may put the inputs that it was called with anywhere: into what it returns, prints or raises, even
into the name of an exception.
"""

from __future__ import annotations

import builtins
import re
from typing import Protocol


class Judged(Protocol):
    """A case that did not pass: the stage and part that differ, or a message alone where nothing was returned."""

    @property
    def stage(self) -> str | None:
        """What was compared when it failed; nothing where no value came back."""

    @property
    def part(self) -> str:
        """Which part of the value differs."""

    @property
    def message(self) -> str:
        """The whole reason, numbers included."""


STAGES = {
    "type": "is not the kind of value that is asked for",
    "shape": "has another shape than it should",
    "dtype": "has entries of another type than it should",
    "finiteness": "is infinite or not a number where it should be finite, or the other way round",
    "values": "has the right shape, but other values",
    "property": "does not have the property that is asked for",
}
OURS = ("The call took longer than", "Running what it needs took longer than", "Not run:")
HIDDEN = {
    "The process did not survive the call": "The process did not survive the call.",
    "Nothing to grade": "There is nothing to grade.",
}
RAISES = re.compile(r"Raises (\w+)")


def without_values(case: Judged) -> str:
    """Why a case failed, in words that hold nothing of its inputs; the student's code may have put them anywhere."""
    if case.stage:
        what = f"`{case.part}`" if case.part else "The result"
        return f"{what} {STAGES.get(str(case.stage), 'differs')}."
    if case.message.startswith(OURS):
        return case.message
    if found := RAISES.match(case.message):
        return f"Raises {found[1]}." if _is_known_error(found[1]) else "Raises an error."
    return next((said for start, said in HIDDEN.items() if case.message.startswith(start)), "It did not pass.")


def _is_known_error(name: str) -> bool:
    """Whether the name is one that Python chose; a student's own class could be named after the inputs."""
    kind = getattr(builtins, name, None)
    return (isinstance(kind, type) and issubclass(kind, BaseException)) or name in ("LinAlgError", "AxisError")
