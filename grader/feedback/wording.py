"""What a student is told, from the rows of tables; `card` does the same from a grade, for exporters that take one.

Cases that come from the secret seed are told by stage and part; their numbers, and whatever the student's own code
says while it holds them, only if the instructor chooses so. Cases that are the same under every seed are no secret.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..reports.records import CaseRecord, ExampleRecord, ExerciseRecord, LeftOutRecord, Paper
from .card import EXPECTED
from .words import NEXT, SAID, points

__all__ = ["SAID", "points"]
LEAST_CHANGE = 0.005  # below it only rounding differs
MARKS = {"passed": "✓", "partial": "◐", "grader_fault": "?"}


def mark(status: str) -> str:
    """A status as one character that needs no colour."""
    return MARKS.get(status, "✗")


def told(case: CaseRecord, show_values: bool) -> str:
    """What a student may know of a case that failed."""
    return case.message if show_values or case.fixed else case.guarded


def shown_first(exercise: ExerciseRecord) -> CaseRecord | None:
    """The failed case to look at first: one whose numbers may be shown, if there is one."""
    return next((case for case in exercise.failed if case.fixed), next(iter(exercise.failed), None))


def reasons(exercise: ExerciseRecord, show_values: bool) -> Iterator[str]:
    """Why points were lost, most telling first, each a sentence or a few; of a right answer, what a person changed."""
    if exercise.by_hand:
        yield exercise.by_hand
    if exercise.status == "passed":
        return
    if exercise.diagnosis:
        yield exercise.diagnosis
    case = shown_first(exercise)
    if case is not None and exercise.status == "missing":
        said = case.lack if show_values or case.fixed else case.guarded
        yield said[:1].upper() + said[1:].rstrip(".") + "."
    elif case is not None:
        yield f"On the case “{case.case}”: {told(case, show_values)}"
    elif exercise.message and not exercise.diagnosis and not exercise.by_hand:
        yield exercise.message
    if exercise.question:
        yield exercise.question


def explanation(exercise: ExerciseRecord, show_values: bool) -> str:
    """The reasons and notes as one paragraph."""
    return " ".join([*reasons(exercise, show_values), *filter(None, [exercise.notes])])


def example_text(exercise: ExerciseRecord) -> str:
    """The smallest counterexample as lines of text: inputs, then what came back and what was expected."""
    return "\n".join(line for each in exercise.example for line in _example_lines(each))


def next_step(exercise: ExerciseRecord) -> str:
    """What to do next, empty where nothing is left to do."""
    return NEXT.get(exercise.status, "")


def adjustment(paper: Paper) -> float:
    """What a late hand-in, or a person, adds to the points of the exercises; mostly 0, below it for a penalty."""
    earned = sum(exercise.points or 0.0 for exercise in paper.exercises)
    change = 0.0 if paper.score is None else paper.score - earned
    return change if abs(change) >= LEAST_CHANGE else 0.0


def headline(paper: Paper) -> str:
    """The result of a submission in a few words."""
    if paper.score is None:
        return "not graded yet"
    if paper.status == "unreadable":
        return "could not be read"
    return f"{points(paper.score)} of {points(paper.max_score)} points"


def worth_knowing(paper: Paper) -> tuple[LeftOutRecord, ...]:
    """What was left out of the notebook and may surprise; everybody expects calls and magics not to count."""
    return tuple(left for left in paper.left_out if left.kind not in EXPECTED)


def _example_lines(line: ExampleRecord) -> Iterator[str]:
    if line.role == "input":
        yield f"{line.name} = {line.got}"
    elif line.role == "failure":
        yield line.got
    elif line.differs:
        yield f"{line.name or 'result'}: {line.got}"
        yield from [f"{' ' * len(line.name or 'result')}  expected {line.expected}"] * bool(line.expected)
