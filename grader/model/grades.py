"""Verdicts added up: exercises, and the submission that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .outcomes import Place
from .verdicts import Verdict

MOST_SAID = 2  # parts of an example that a sentence shows


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
class ComparedPart:
    """One part of an answer beside the expected one, as text, with « » around entries that differ."""

    name: str
    got: str
    expected: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A small input on which a function is wrong, never one of the secret ones.

    inputs: name and text of each argument. parts: what came back beside what was expected; where nothing came back,
    or a property judges, failure says what happened instead.
    """

    inputs: tuple[tuple[str, str], ...]
    parts: tuple[ComparedPart, ...] = ()
    failure: str = ""

    def __str__(self) -> str:
        """The example in a sentence or two of plain text."""
        given = ", ".join(f"{name} = {text}" for name, text in self.inputs)
        wrong = [part for part in self.parts if part.differs]
        shown = [f"`{part.name}` should be {part.expected}, yours is {part.got}" for part in wrong[:MOST_SAID]]
        more = [f"`{part.name}`" for part in wrong[MOST_SAID:]]
        too = f"{', '.join(more)} {'differs' if len(more) == 1 else 'differ'}, too"
        said = "; ".join([*shown, too] if more else shown)
        if [part.name for part in self.parts] == [""]:
            (part,) = self.parts
            should = f" should return {part.expected}, but" if part.expected else ""
            said = f"your function{should} returns {part.got}"
        rest = "; the rest is right" if len(wrong) < len(self.parts) else ""
        if self.failure:
            said = f"{said}: {self.failure}" if said else f"your function {self.failure.partition(':')[0]}"
        return f"A small example: for {given}, {said}{rest}."


@dataclass(frozen=True, slots=True)
class ExerciseGrade:
    """One exercise of one submission: its status, points and the first reason for a lost point.

    diagnosis is that reason without any case's numbers. source is the function as the student wrote it; printed is
    what it wrote when called with inputs that are no secret. Both are capped. followed: the student's own functions
    whose failures, counted where they belong, were not counted here again.
    """

    exercise: str
    status: Status
    points: float
    max_points: float
    cases_passed: int
    cases_total: int
    mistake: str = ""
    message: str = ""
    question: str = ""
    place: Place | None = None
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    diagnosis: str = ""
    source: str = ""
    printed: str = ""
    counterexample: Counterexample | None = None
    followed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the notebook that is not run, and why."""

    cell: int
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Grade:
    """One submission, graded."""

    submission: str
    student: str
    assignment: str
    status: SubmissionStatus
    score: float
    max_score: float
    message: str = ""
    exercises: tuple[ExerciseGrade, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    missing_modules: tuple[str, ...] = ()
    seconds: float = 0.0
    record: Mapping[str, object] = field(default_factory=dict)

    @property
    def percent(self) -> float:
        """The score as a percentage of the maximum, 0 to 100."""
        return 100.0 * self.score / self.max_score if self.max_score else 0.0
