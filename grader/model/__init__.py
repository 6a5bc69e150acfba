"""The frozen values that flow through the grader, in the order in which they arise.

A `Case` is drawn, an `Outcome` comes back from the sandbox, a `Verdict` judges it, and an `ExerciseGrade` and a
`Grade` add the verdicts up. Nothing here knows how any of them is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_SAID = 2  # parts of an example that a sentence shows


class GraderError(Exception):
    """Something that the user can mend: shown as one message with the way out, never as a traceback."""


class GraderFault(Exception):
    """The grader itself failed before the student's code had its chance; never points, never a zero."""


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


class Stage(StrEnum):
    """What is compared, in this order; the first that fails is the one that is named."""

    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    FINITENESS = "finiteness"
    VALUES = "values"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Case:
    """One call of an exercise's function.

    weight: its share of the exercise's points, relative to the other cases.
    """

    name: str
    args: tuple[object, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ExpectedCase:
    """A case together with the reference's answer, which stays on the trusted side.

    expected is None where a property judges. fixed: the inputs are the same under every seed, so an answer could
    have been written down beforehand.
    """

    case: Case
    expected: object
    fixed: bool


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one case came to.

    stage and part say where a returned value first differs (`grad_W[1]`); both are empty where it passed or where
    nothing was returned.
    """

    case: str
    passed: bool
    message: str = ""
    stage: Stage | None = None
    part: str = ""
    fixed: bool = False
    weight: float = 1.0
    notes: tuple[str, ...] = ()


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
