"""The ways in which the grader gives up, and whose part it is to mend that."""

from __future__ import annotations


class GraderError(Exception):
    """Something that the user can mend: shown as one message with the way out, never as a traceback."""


class GraderFault(Exception):
    """The grader itself failed before the student's code had its chance; never points, never a zero."""


class Unreadable(GraderError):
    """A submission that is not a notebook or script that can be read; the message says why."""
