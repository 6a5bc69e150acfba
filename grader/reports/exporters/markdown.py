"""Markdown: the class as tables of submissions and of mistakes, and the feedback for each student."""

from __future__ import annotations

from ...feedback import feedback_text
from ...feedback.markdown_escape import code, escaped, prose, table
from ...feedback.words import SAID, message_of, points
from ...model import Grade, Status, SubmissionStatus
from .. import statistics
from ..exporter import ClassFile, ClassResults, FilePerSubmission, ReportOptions
from ..frames import Frames

HEAD = ["Submission", "Student", "Score", "Percent", "Status", "First lost point"]


def document(results: ClassResults, options: ReportOptions) -> str:
    """The class as one Markdown document."""
    everybody = table(HEAD, map(row, results.grades))
    return "\n\n".join(["# Grades", everybody, *mistakes(results.tables), *_attention(results.tables)]) + "\n"


def mistakes(tables: Frames) -> list[str]:
    """What the class gets wrong, most frequent first, as a section; nothing if no mistake is known."""
    rows = [
        [str(len(one.submissions)), code(one.exercise), escaped(one.mistake), prose(one.diagnosis)]
        for one in statistics.mistakes(tables)
    ]
    return ["## Mistakes", table(["Submissions", "Exercise", "Mistake", "What happens"], rows)] if rows else []


def row(grade: Grade) -> list[str]:
    """A submission as cells: name, student, score, percent, status, and what went wrong first."""
    has_score = grade.status is not SubmissionStatus.GRADER_FAULT
    score = f"{points(grade.score)} / {points(grade.max_score)}" if has_score else ""
    percent = f"{grade.percent:.0f}" if has_score else ""
    return [escaped(grade.submission), escaped(grade.student), score, percent, grade.status.value, _first_loss(grade)]


def _first_loss(grade: Grade) -> str:
    if grade.status is not SubmissionStatus.GRADED:
        return escaped(message_of(grade))
    lost = next((exercise for exercise in grade.exercises if exercise.status is not Status.PASSED), None)
    return f"{code(lost.exercise)}: {escaped(lost.mistake or SAID[lost.status])}" if lost else ""


def _attention(tables: Frames) -> list[str]:
    rows = [[escaped(one.submission), prose(one.why)] for one in statistics.attention(tables)]
    return ["## For a person to look at", table(["Submission", "Why"], rows)] if rows else []


EXPORTERS = (
    ClassFile("markdown", "grades.md", document),
    FilePerSubmission("feedback-markdown", "feedback-markdown", ".md", feedback_text.markdown),
)
