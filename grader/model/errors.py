"""The two ways in which the grader itself gives up."""

from __future__ import annotations


class GraderError(Exception):
    """Something that the user can mend: shown as one message with the way out, never as a traceback."""


class GraderFault(Exception):
    """The grader itself failed before the student's code had its chance; never points, never a zero."""
