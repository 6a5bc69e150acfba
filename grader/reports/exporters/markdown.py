"""Markdown: the class as tables of submissions and of mistakes, and the feedback for each student."""

from __future__ import annotations

from ...feedback import feedback_text, wording
from ...feedback.markdown_escape import code, escaped, prose, table
from .. import statistics
from ..exporter import ClassFile, FilePerSubmission
from ..frames import Frames
from ..options import Choices
from ..records import Paper, papers


def document(tables: Frames, choices: Choices) -> str:
    """The class as one Markdown document."""
    parts = ["# Grades", _everybody(tables), *mistakes(tables), *_attention(tables)]
    return "\n\n".join(parts) + "\n"


def mistakes(tables: Frames) -> list[str]:
    """What the class gets wrong, most frequent first, as a section; nothing where no mistake is known."""
    rows = [
        [str(len(one.submissions)), code(one.exercise), escaped(one.mistake), prose(one.diagnosis)]
        for one in statistics.mistakes(tables)
    ]
    return ["## Mistakes", table(["Submissions", "Exercise", "Mistake", "What happens"], rows)] if rows else []


def row(paper: Paper) -> list[str]:
    """A submission as cells: name, student, score, percent, status, and what went wrong first."""
    lost = next((exercise for exercise in paper.exercises if exercise.status != "passed"), None)
    why = f"{code(lost.exercise)}: {escaped(lost.mistake or wording.SAID[lost.status])}" if lost else ""
    score = "" if paper.score is None else f"{wording.points(paper.score)} / {wording.points(paper.max_score)}"
    percent = "" if paper.percent is None else f"{paper.percent:.0f}"
    why = escaped(paper.message) if paper.status != "graded" else why
    return [escaped(paper.submission), escaped(paper.student), score, percent, paper.status, why]


def _everybody(tables: Frames) -> str:
    return table(["Submission", "Student", "Score", "Percent", "Status", "First lost point"], map(row, papers(tables)))


def _attention(tables: Frames) -> list[str]:
    rows = [[escaped(one.submission), prose(one.why)] for one in statistics.attention(tables)]
    return ["## For a person to look at", table(["Submission", "Why"], rows)] if rows else []


EXPORTERS = (
    ClassFile("markdown", "grades.md", document),
    FilePerSubmission("feedback-markdown", "feedback-markdown", ".md", feedback_text.markdown),
)
