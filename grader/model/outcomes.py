"""What came back from the sandbox, before anybody judges it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in the student's file; cell counts code cells from 1, line counts from 1 within the cell."""

    cell: int
    line: int

    def __str__(self) -> str:
        """The place as a person says it."""
        return f"cell {self.cell}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Opaque:
    """A returned object of a type that no exercise asks for; only its type crosses the wire, and an array's shape."""

    type_name: str
    shape: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """The function came back with a value.

    changed: positions of the arguments that it altered in place. printed: the student's stdout and stderr, capped.
    """

    value: object
    changed: tuple[int, ...] = ()
    printed: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Raised:
    """The function, or the code that it needs, raised."""

    error: str
    message: str
    place: Place | None = None
    printed: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The call took longer than the limit (seconds of wall clock), or loading what it needs did.

    whole: or all of the submission's calls together, of which this one may not have been made at all.
    """

    limit: float
    loading: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Crashed:
    """The process ended, or said something that is no answer."""

    reason: str


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing to call: no such name, a name that is not callable, or a stub."""

    reason: str


Outcome = Returned | Raised | TimedOut | Crashed | Missing
