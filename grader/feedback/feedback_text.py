"""The feedback for one student as Markdown and as plain text, for what does not take a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..reports.options import Choices
from ..reports.records import ExerciseRecord, Paper
from . import wording
from .escaping import plain
from .markdown_escape import block, code, escaped, prose
from .words import NEXT

WIDTH = 78


def markdown(paper: Paper, choices: Choices) -> str:
    """The whole feedback as Markdown."""
    parts = [f"# {escaped(paper.student)}", summary(paper)]
    for exercise in _explained(paper):
        parts += [f"## {title(exercise)}", body(exercise, choices.show_values)]
        parts += [block(exercise.source, "python")] if exercise.source else []
    if left_out := wording.worth_knowing(paper):
        parts += ["Left out of the grading, because it cannot be run there:"]
        parts += ["\n".join(f"- cell {left.cell}, line {left.line}: {escaped(left.reason)}" for left in left_out)]
    return "\n\n".join(filter(None, parts)) + "\n"


def summary(paper: Paper) -> str:
    """What the submission came to, in Markdown: a sentence, then a line per exercise."""
    lines = [f"**{wording.headline(paper)}** · {escaped(paper.assignment)} · {code(paper.submission)}"]
    if paper.status != "graded":
        return "\n\n".join([*lines, prose(_why_not(paper))])
    lines += [prose(paper.message)] if paper.message else []
    return "\n\n".join([*lines, "\n".join(f"- {title(exercise)}" for exercise in paper.exercises)])


def title(exercise: ExerciseRecord) -> str:
    """An exercise with its result, in Markdown."""
    earned = f"{wording.points(exercise.points)} of {wording.points(exercise.max_points)}"
    return f"{wording.mark(exercise.status)} {code(exercise.exercise)}: {earned}, {wording.SAID[exercise.status]}"


def body(exercise: ExerciseRecord, show_values: bool) -> str:
    """Why points were lost and what to do next, as paragraphs in Markdown."""
    example = [block(wording.example_text(exercise))] if exercise.example else []
    printed = ["It printed:", block(exercise.printed)] if exercise.printed else []
    return "\n\n".join([*map(prose, _paragraphs(exercise, show_values)), *example, *printed])


def text(paper: Paper, choices: Choices) -> str:
    """The whole feedback as plain text, in lines that fit a mail."""
    lines = [f"{paper.student}: {wording.headline(paper)}", f"{paper.assignment} · {paper.submission}"]
    if paper.status != "graded":
        lines += ["", _why_not(paper)]
    elif paper.message:
        lines += ["", paper.message]
    for exercise in paper.exercises if paper.status == "graded" else ():
        lines += ["", f"{wording.mark(exercise.status)} {exercise.exercise}: {_earned(exercise)}"]
        lines += [f"    {line}" for line in _paragraphs(exercise, choices.show_values)]
        lines += [f"        {line}" for line in wording.example_text(exercise).splitlines()]
    return "\n".join(line for each in lines for line in _wrapped(plain(" ".join(each.split()), ""), each)) + "\n"


def _earned(exercise: ExerciseRecord) -> str:
    points = f"{wording.points(exercise.points)} of {wording.points(exercise.max_points)} points"
    return f"{points}, {wording.SAID[exercise.status]}"


def _explained(paper: Paper) -> list[ExerciseRecord]:
    """The exercises that something is to be said about."""
    exercises = paper.exercises if paper.status == "graded" else ()
    return [each for each in exercises if each.status != "passed" or each.notes or each.message]


def _paragraphs(exercise: ExerciseRecord, show_values: bool) -> Iterator[str]:
    yield from wording.reasons(exercise, show_values)
    if exercise.notes:
        yield exercise.notes
    if following := wording.next_step(exercise):
        yield f"Next: {following}"


def _why_not(paper: Paper) -> str:
    """Why there are no points to explain."""
    if paper.status == "unreadable":
        return f"{paper.message} Open the notebook in Jupyter, save it once more, and hand in that file."
    return NEXT["grader_fault"]


def _wrapped(line: str, original: str) -> list[str]:
    indent = " " * (len(original) - len(original.lstrip()))
    return textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]
