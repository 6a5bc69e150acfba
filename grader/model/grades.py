"""Verdicts added up: exercises, and the submission that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .outcomes import Place, Status, SubmissionStatus
from .provenance import Provenance
from .verdicts import Remark, Verdict


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
    or a property judges, failure says what happened instead. error: the name of what was raised, if anything was.
    """

    inputs: tuple[tuple[str, str], ...]
    parts: tuple[ComparedPart, ...] = ()
    failure: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class SetByHand:
    """Points that a person set, and why."""

    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class Extended:
    """When it was due for one person, if not when it was due for all, and why."""

    until: str
    reason: str


@dataclass(frozen=True, slots=True)
class Late:
    """Days begun after the deadline, and the points that they cost of those earned."""

    days: int
    lost: float
    of: float


@dataclass(frozen=True, slots=True)
class ExerciseGrade:
    """One exercise of one submission: its status and points, and why some were lost.

    diagnosis explains the answers without any case's numbers, in the words of the assignment or of the detectors.
    source is the function as the student wrote it; printed is what it wrote when called with inputs that are no
    secret. Both are capped. followed: the student's own functions whose failures, counted where they belong, were not
    counted here again. not_run: why nothing was called. override: the points are those that a person set. asks: what
    was to be written, in the words of the assignment.
    """

    exercise: str
    status: Status
    points: float
    max_points: float
    cases_passed: int
    cases_total: int
    mistake: str = ""
    question: str = ""
    place: Place | None = None
    verdicts: tuple[Verdict, ...] = ()
    remarks: tuple[Remark, ...] = ()
    seconds: float = 0.0
    diagnosis: str = ""
    source: str = ""
    printed: str = ""
    counterexample: Counterexample | None = None
    followed: tuple[str, ...] = ()
    not_run: str = ""
    override: SetByHand | None = None
    asks: str = ""

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The cases that did not pass."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)


class LeftOutKind(StrEnum):
    """Why something of the notebook is not run; the same as in `notebooks`, which imports nothing of grader."""

    RUNS_CODE = "runs_code"
    SHELL = "shell"
    HELP = "help"
    MAGIC = "magic"
    CELL_MAGIC = "cell_magic"
    MAGIC_RESULT = "magic_result"
    SYNTAX = "syntax"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the notebook that is not run, and why; kind is None in records of earlier versions."""

    cell: int
    line: int
    reason: str
    kind: LeftOutKind | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One submission, graded.

    problem: why it was not, where it was not. late and override: what counted beside the cases, the latter last.
    extended: it was due later than for others. title: the assignment's, for people.
    """

    submission: str
    student: str
    assignment: str
    status: SubmissionStatus
    score: float
    max_score: float
    problem: str = ""
    exercises: tuple[ExerciseGrade, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    missing_modules: tuple[str, ...] = ()
    seconds: float = 0.0
    late: Late | None = None
    extended: Extended | None = None
    override: SetByHand | None = None
    title: str = ""
    record: Provenance = field(default_factory=Provenance)

    @property
    def percent(self) -> float:
        """The score as a percentage of the maximum, 0 to 100."""
        return 100.0 * self.score / self.max_score if self.max_score else 0.0
