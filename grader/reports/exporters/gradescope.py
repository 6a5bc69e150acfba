"""Gradescope's `results.json`, one per submission."""

from __future__ import annotations

import json
from typing import Any

from ...feedback.card import Card, SubmissionReport
from ...feedback.escaping import plain
from ...model import Status, SubmissionStatus
from ..exporter import FilePerSubmission


def results(report: SubmissionReport) -> str:
    """The file's content. If the grader itself failed there is no score, which Gradescope shows as a failed run."""
    whole: dict[str, Any] = {"output_format": "text", "visibility": "visible", "stdout_visibility": "hidden"}
    whole |= {"output": plain(_output(report), keep="\n"), "execution_time": round(report.grade.seconds, 3)}
    if report.score is not None:
        whole |= {"score": round(report.score, 4), "tests": list(map(_test, report.cards))}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _output(report: SubmissionReport) -> str:
    headline = "" if report.grade.status is SubmissionStatus.UNREADABLE else f"{report.headline}."
    return " ".join(filter(None, [headline, report.message]))


def _test(card: Card) -> dict[str, Any]:
    return {
        "name": card.exercise,
        "name_format": "text",
        "score": round(card.earned or 0.0, 4),
        "max_score": card.grade.max_points,
        "status": "passed" if card.status is Status.PASSED else "failed",
        "output": plain("\n\n".join(filter(None, [card.explanation, card.next_step])), keep="\n"),
        "output_format": "text",
        "visibility": "visible",
    }


EXPORTERS = (FilePerSubmission("gradescope", "gradescope", ".json", results),)
