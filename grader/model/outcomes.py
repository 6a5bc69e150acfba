"""What came back from the sandbox, before anybody judges it, and the ways in which things end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How an exercise ended."""

    PASSED = "passed"
    PARTIAL = "partial"
    WRONG = "wrong"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    MISSING = "missing"
    GRADER_FAULT = "grader_fault"


class SubmissionStatus(StrEnum):
    """How a submission ended."""

    GRADED = "graded"
    UNREADABLE = "unreadable"
    GRADER_FAULT = "grader_fault"


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
class Behind:
    """The earlier error because of which a name is not there."""

    error: str
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Raised:
    """The function, or the code that it needs, raised."""

    error: str
    message: str = ""
    place: Place | None = None
    printed: str = ""
    seconds: float = 0.0
    behind: Behind | None = None


class TimeFor(StrEnum):
    """What a limit of time was for."""

    CALL = "call"
    LOADING = "loading"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The limit (seconds of wall clock) of a call was over, or that of loading what the function needs.

    Or the limit of the whole submission: then this call may not have been made at all.
    """

    limit: float
    of: TimeFor = TimeFor.CALL


@dataclass(frozen=True, slots=True)
class Crashed:
    """The process ended, or said something that is no answer; the reason is a phrase of the sandbox's own."""

    reason: str


class Lack(StrEnum):
    """Why there is nothing to call."""

    STUB = "stub"
    UNDEFINED = "undefined"
    NOT_YET = "not_yet"  # in a running notebook
    SYNTAX = "syntax"
    CELL_MAGIC = "cell_magic"
    SPELLING = "spelling"
    LOOK_ALIKE = "look_alike"
    TEXT_CELL = "text_cell"
    NESTED = "nested"
    NOT_CALLABLE = "not_callable"
    NOT_IMPLEMENTED = "not_implemented"
    NOT_LOADED = "not_loaded"


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing to call.

    detail: what Python says of a cell that does not parse, the type of a value that cannot be called, the magic of a
    cell, another spelling of the name, or the function that the name is defined in. place: where that is; of a text
    cell, the code cell above it.
    """

    lack: Lack = Lack.UNDEFINED
    detail: str = ""
    place: Place | None = None


Outcome = Returned | Raised | TimedOut | Crashed | Missing
