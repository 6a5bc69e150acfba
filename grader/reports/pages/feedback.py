"""A page for one student: their own code beside the verdicts. It names nobody else, runs nothing and loads nothing."""

from __future__ import annotations

from pathlib import PurePosixPath

from ...feedback.card import SubmissionReport
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
            file_name=PurePosixPath(report.grade.submission).name,
            tone=html.tone,
            prose=html.prose,
            marked=html.marked,
            style=style,
            style_digest=html.digest(style),
        )
    )
