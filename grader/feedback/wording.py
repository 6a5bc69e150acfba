"""What a student is told, in every format alike: why points were lost, and what to do next.

Cases that come from the secret seed are told by stage and part; their numbers, and whatever the student's own code
says while it holds them, only if the instructor chooses so. Cases that are the same under every seed are no secret.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..reports.records import CaseRecord, ExampleRecord, ExerciseRecord, LeftOutRecord, Paper
from .card import EXPECTED
from .card import SAID as SAID_IN_A_CHECK
from .secrecy import without_values

BY_HAND = "Set by hand"
LEAST_CHANGE = 0.005  # below it only rounding differs
MARKS = {"passed": "✓", "partial": "◐", "grader_fault": "?"}
SAID = SAID_IN_A_CHECK
NEXT = {
    "partial": "Take a case that fails and follow it through your function on paper, line by line.",
    "wrong": "Take the smallest case that fails and follow it through your function on paper, line by line.",
    "raised": "Call the function in a new cell with small inputs; the last line of the error says what does not fit.",
    "timed_out": "Look for a loop that cannot end, or one that runs over far more than its input.",
    "crashed": "Look for recursion without an end, for very large arrays, and for calls that end Python.",
    "missing": "Define a function of exactly this name at the top level of a cell, and let it return its result.",
    "grader_fault": "This is no fault of yours and costs no points; a person will look at it.",
}


def points(value: float | None) -> str:
    """Points as people write them: at most two decimals, and none that are zero; a dash where there are none."""
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if round(value, 2) else "0"


def mark(status: str) -> str:
    """A status as one character that needs no colour."""
    return MARKS.get(status, "✗")


def told(case: CaseRecord, show_values: bool) -> str:
    """What a student may know of a case that failed."""
    return case.message if show_values or case.fixed else without_values(case)


def shown_first(exercise: ExerciseRecord) -> CaseRecord | None:
    """The failed case to look at first: one whose numbers may be shown, if there is one."""
    return next((case for case in exercise.failed if case.fixed), next(iter(exercise.failed), None))


def reasons(exercise: ExerciseRecord, show_values: bool) -> Iterator[str]:
    """Why points were lost, most telling first, each a sentence or a few; of a right answer, what a person changed."""
    if exercise.message.startswith(BY_HAND):
        yield exercise.message
    if exercise.status == "passed":
        return
    if exercise.diagnosis:
        yield exercise.diagnosis
    case = shown_first(exercise)
    if case is not None and exercise.status == "missing":
        said = told(case, show_values).removeprefix("Nothing to grade: ")
        yield said[:1].upper() + said[1:]
    elif case is not None:
        yield f"On the case “{case.case}”: {told(case, show_values)}"
    elif exercise.message and not exercise.diagnosis and not exercise.message.startswith(BY_HAND):
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
    return tuple(left for left in paper.left_out if not left.reason.startswith(EXPECTED))


def _example_lines(line: ExampleRecord) -> Iterator[str]:
    if line.role == "input":
        yield f"{line.name} = {line.got}"
    elif line.role == "failure":
        yield line.got
    elif line.differs:
        yield f"{line.name or 'result'}: {line.got}"
        yield from [f"{' ' * len(line.name or 'result')}  expected {line.expected}"] * bool(line.expected)
