"""A page for one student: their own code beside the verdicts. It names nobody else, runs nothing and loads nothing."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath

from ...feedback.card import SubmissionReport
from ...model import Grade
from . import html


def page(report: SubmissionReport) -> str:
    """The feedback as one HTML file."""
    style = html.text("style.css", "feedback.css")
    return (
        html.environment()
        .get_template("feedback.html")
        .render(
            report=report,
            grade=report.grade,
            command=_command(report.grade),
            tone=html.tone,
            prose=html.prose,
            marked=html.marked,
            style=style,
            style_digest=html.digest(style),
        )
    )


def _command(grade: Grade) -> str:
    """What a student types to check the same file, as a shell takes it."""
    name = PurePosixPath(grade.submission).name
    return shlex.join(["grader", "check", f"./{name}" if name.startswith("-") else name, "-a", grade.assignment])
