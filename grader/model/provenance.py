"""Where a grade comes from: what it depends on, who handed it in and when, and how it stood before adjustments."""

from __future__ import annotations

from dataclasses import dataclass

from .outcomes import Status, SubmissionStatus

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class RawExercise:
    """An exercise as its cases gave it."""

    exercise: str
    status: Status
    points: float


@dataclass(frozen=True, slots=True)
class Raw:
    """A grade as the cases gave it, before late days and points that a person set."""

    status: SubmissionStatus
    score: float
    problem: str = ""
    exercises: tuple[RawExercise, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a grade comes from, as far as it is known.

    isolation: the layers of the sandbox. grader, numpy: versions. seed and sheet (a digest) say which cases, content
    (a digest) which submission, key (a digest) both. assignment is its folder and path the submission's, as they were.
    handed_in (ISO 8601) and late are what the system says that collected it, None where it does not say; ids are its
    names for the student. attempt_of names what this is one of several attempts at, best_of where the best one counts.
    group is that of the people who handed it in together, section theirs in the class, and helpers are the files of
    their own that lay beside it.
    """

    isolation: tuple[str, ...] = ()
    grader: str = ""
    numpy: str = ""
    seed: int | None = None
    sheet: str = ""
    assignment: str = ""
    content: str = ""
    key: str = ""
    path: str = ""
    handed_in: str | None = None
    late: bool | None = None
    ids: tuple[str, ...] = ()
    attempt_of: str = ""
    best_of: str = ""
    group: str = ""
    section: str = ""
    helpers: tuple[str, ...] = ()
    raw: Raw | None = None
