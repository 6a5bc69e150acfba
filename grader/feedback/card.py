"""A grade as every front end tells it: a card for each exercise, and a report for the whole submission.

`check_card` is for a self-check, where the cases are at hand: in the terminal, in a notebook and under pytest. A
`SubmissionReport` is for graded work, whose cases come from a secret seed: pages, files and gradebooks are made of it
(`SubmissionReport(grade, show_values).cards`). What may be told of a secret case is for `secrecy`, the words for causes
are in `words`. Light on purpose: a check should answer before one looks up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..model import (
    Counterexample,
    ExerciseGrade,
    ExpectedCase,
    Grade,
    LeftOut,
    LeftOutKind,
    Missing,
    Status,
    SubmissionStatus,
    Verdict,
)
from ..model.values import numbers
from .escaping import one_line, plain
from .secrecy import told
from .words import (
    MARKS,
    NEXT,
    SAID,
    example,
    example_lines,
    headline,
    lack,
    message_of,
    not_run,
    points_of,
    remark,
    set_by_hand,
)

if TYPE_CHECKING:
    from ..assignment.sheet import Sheet

EXPECTED = frozenset(
    {LeftOutKind.RUNS_CODE, LeftOutKind.SHELL, LeftOutKind.HELP, LeftOutKind.MAGIC, LeftOutKind.CELL_MAGIC}
)  # nobody expects them to count
LEAST_CHANGE = 0.005  # below it only rounding differs
MOST_CHARACTERS = 400
MOST_ENTRIES = 40
HAND_IN_AGAIN = "Open the notebook in Jupyter, save it once more, and hand in that file."


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise in words: a headline, then what explains it.

    why: what a person set, what explains the answers, and the case to look at first. example: the smallest input that
    shows what is wrong. call: where there is no example, what to try, as Python. shows_values: secret cases are told
    with their numbers. Each may be missing.
    """

    grade: ExerciseGrade
    why: tuple[str, ...] = ()
    example: Counterexample | None = None
    call: str = ""
    shows_values: bool = False

    @property
    def exercise(self) -> str:
        """The function's name."""
        return self.grade.exercise

    @property
    def status(self) -> Status:
        """How it ended."""
        return self.grade.status

    @property
    def mark(self) -> str:
        """The status as one character that needs no colour."""
        return MARKS.get(self.grade.status, "✗")

    @property
    def said(self) -> str:
        """The status in words."""
        return SAID[self.grade.status]

    @property
    def earned(self) -> float | None:
        """The points; None if the grader itself failed."""
        return None if self.grade.status is Status.GRADER_FAULT else self.grade.points

    @property
    def points(self) -> str:
        """What it earned of what there is."""
        return points_of(self.earned, self.grade.max_points)

    @property
    def place(self) -> str:
        """Where it stands in the notebook, of a function that is not right."""
        return str(self.grade.place) if self.grade.place and self.grade.status is not Status.PASSED else ""

    @property
    def asks(self) -> str:
        """A question that leads on."""
        return self.grade.question

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be noted beside the verdict."""
        return tuple(map(remark, self.grade.remarks))

    @property
    def next_step(self) -> str:
        """What to do next, empty where nothing is left to do."""
        return NEXT.get(self.grade.status, "")

    @property
    def cases(self) -> tuple[tuple[Verdict, str], ...]:
        """Every case with what may be told of it."""
        return tuple((verdict, told(verdict, self.shows_values)) for verdict in self.grade.verdicts)

    @property
    def example_lines(self) -> list[str]:
        """The example, line by line: inputs, then what came back of each part that differs and what was expected."""
        return list(example_lines(self.example)) if self.example else []

    @property
    def headline(self) -> str:
        """Mark, name, verdict and points on one line."""
        place = f" ({self.place})" if self.place else ""
        return f"{self.mark} {self.exercise}: {self.said}, {self.points}{place}"

    @property
    def explanation(self) -> str:
        """All that explains it, as one paragraph."""
        return " ".join(filter(None, [*self.why, self.asks, *self.notes]))

    @property
    def lines(self) -> list[str]:
        """What explains it, a line each, safe for a terminal."""
        small = example(self.example) if self.example else ""
        call = f"Try it: {self.call}" if self.call else ""
        whole = (*self.why, *self.notes, small, call, self.asks)
        return [plain(" ".join(line.split())) for line in whole if line]


@dataclass(frozen=True)
class SubmissionReport:
    """One graded submission in words. show_values: students are told the numbers of secret cases, too."""

    grade: Grade
    show_values: bool = False

    @property
    def is_graded(self) -> bool:
        """Whether it could be read and graded."""
        return self.grade.status is SubmissionStatus.GRADED

    @property
    def title(self) -> str:
        """The assignment's title; its name if the record is older than titles in records are."""
        return self.grade.title or self.grade.assignment

    @property
    def headline(self) -> str:
        """The result in a few words."""
        return headline(self.grade)

    @property
    def message(self) -> str:
        """Why there are no points, and what counted beside the cases."""
        return message_of(self.grade)

    @property
    def why_not(self) -> str:
        """Why there are no points to explain, and what to do."""
        if self.grade.status is SubmissionStatus.GRADER_FAULT:
            return NEXT[Status.GRADER_FAULT]
        return f"{self.message} {HAND_IN_AGAIN}"

    @property
    def score(self) -> float | None:
        """The points; None if the grader itself failed, which is never a zero."""
        return None if self.grade.status is SubmissionStatus.GRADER_FAULT else self.grade.score

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """A card for each exercise, in the assignment's order."""
        return tuple(feedback_card(exercise, self.show_values) for exercise in self.grade.exercises)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What was left out of the notebook and may surprise: nobody expects calls, magics and shell lines to count."""
        return tuple(left for left in self.grade.left_out if left.kind not in EXPECTED)

    @property
    def adjustment(self) -> float:
        """What lateness, or a person, adds to the points of the exercises; mostly 0, below it for a penalty."""
        change = self.grade.score - sum(exercise.points for exercise in self.grade.exercises)
        return change if self.is_graded and abs(change) >= LEAST_CHANGE else 0.0


def feedback_card(grade: ExerciseGrade, show_values: bool = False) -> Card:
    """An exercise of graded work; the case to look at first is one whose numbers may be shown, if there is one."""
    failed = sorted(grade.failed, key=lambda verdict: not verdict.fixed)
    why = tuple(_why(grade, next(iter(failed), None), show_values))
    return Card(grade, why, grade.counterexample, shows_values=show_values)


def check_card(grade: ExerciseGrade, sheet: Sheet) -> Card:
    """An exercise of a self-check; the inputs and numbers of a case are shown only if they are public."""
    cases = {expected.case.name: expected for expected in sheet.cases.get(grade.exercise, ())}
    verdict = _clearest(grade.verdicts, cases)
    is_public = sheet.seed == sheet.assignment.public_seed
    shown = is_public or (verdict is not None and verdict.fixed)
    is_instead = grade.counterexample is not None and shown and verdict is not None and verdict.stage is not None
    return Card(
        grade,
        tuple(_why(grade, None if is_instead else verdict, shown)),
        example=grade.counterexample if is_public else None,  # the function has seen the secret cases before it
        call=_call(grade.exercise, cases[verdict.case]) if verdict and shown and _is_to_try(grade) else "",
        shows_values=is_public,
    )


def total(grade: Grade) -> str:
    """The points of all that was checked."""
    return points_of(grade.score, grade.max_score)


def left_out(grade: Grade) -> Iterator[str]:
    """What of the notebook was not run and may surprise, and what is not installed, a line each."""
    for each in SubmissionReport(grade).left_out:
        yield f"left out: cell {each.cell}, line {each.line}: {one_line(each.reason)}"
    for module in grade.missing_modules:
        yield f"cannot be imported here: {one_line(module)}"


def _why(grade: ExerciseGrade, verdict: Verdict | None, show_values: bool) -> Iterator[str]:
    """Most telling first: what a person set, what explains every answer, and the case to look at first."""
    if grade.override:
        yield set_by_hand(grade.override, grade.max_points)
    if grade.status is Status.PASSED:
        return
    if grade.diagnosis:
        yield grade.diagnosis
    if grade.not_run:
        yield not_run(grade)
    elif verdict and isinstance(verdict.cause, Missing) and (show_values or verdict.fixed):
        said = lack(verdict.cause)
        yield f"{said[:1].upper()}{said[1:]}."
    elif verdict and isinstance(verdict.cause, Missing):
        yield told(verdict)  # what a student's process says once it holds the inputs is not believed to be harmless
    elif verdict:
        yield f"On the case “{verdict.case}”: {told(verdict, show_values)}"


def _is_to_try(grade: ExerciseGrade) -> bool:
    return grade.status is not Status.MISSING and grade.counterexample is None


def _clearest(verdicts: Sequence[Verdict], cases: dict[str, ExpectedCase]) -> Verdict | None:
    """The failed case that a person can best follow on paper: one made by hand, with the fewest numbers."""
    failed = [verdict for verdict in verdicts if not verdict.passed and verdict.case in cases]
    return min(failed, key=lambda verdict: (not verdict.fixed, _size(cases[verdict.case].case.args)), default=None)


def _size(args: tuple[object, ...]) -> int:
    return sum(array.size for array in numbers(args))


def _call(name: str, expected: ExpectedCase) -> str:
    """The call as one could type it, with what it should return; empty where it is too long to read.

    Without arguments the value is all that the exercise asks for, and not told.
    """
    if not expected.case.args:
        return ""
    args = expected.case.args
    named = [f"{keyword}={_written(arg)}" for keyword, arg in zip(args.keywords, args[args.positional :], strict=True)]
    call = f"{name}({', '.join([*map(_written, args[: args.positional]), *named])})"
    answer = "" if expected.expected is None else f" should return {_written(expected.expected)}"
    whole = call + answer
    if _size((*expected.case.args, expected.expected)) > MOST_ENTRIES or len(whole) > MOST_CHARACTERS:
        return ""
    return whole


def _written(value: object) -> str:
    """A value as Python would read it, with short numbers."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"np.array({_written(value.tolist())})"
    if isinstance(value, np.ndarray | np.generic):
        return _written(value.item())
    if isinstance(value, float):
        text = f"{value:.6g}"
        return f"{text}." if text.lstrip("-").isdigit() else text
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_written(key)}: {_written(part)}" for key, part in value.items()) + "}"
    return repr(value)
