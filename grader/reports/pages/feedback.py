"""A page for one student: their own code beside the verdicts. It names nobody else, runs nothing and loads nothing."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath

from ...feedback import wording
from ..options import Choices
from ..records import Paper
from . import html


def page(paper: Paper, choices: Choices) -> str:
    """The feedback as one HTML file."""
    style = html.text("style.css", "feedback.css")
    return (
        html.environment()
        .get_template("feedback.html")
        .render(
            paper=paper,
            headline=wording.headline(paper),
            file_name=PurePosixPath(paper.submission).name,
            said=wording.SAID,
            mark=wording.mark,
            points=wording.points,
            reasons=partial(wording.reasons, show_values=choices.show_values),
            left_out=wording.worth_knowing(paper),
            next_step=wording.next_step,
            told=partial(wording.told, show_values=choices.show_values),
            tone=html.tone,
            prose=html.prose,
            marked=html.marked,
            style=style,
            style_digest=html.digest(style),
        )
    )
