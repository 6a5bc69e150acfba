"""PrairieLearn's `results.json`, one per submission; at most 1 MB."""

from __future__ import annotations

import json
from typing import Any

from ...feedback.card import Card, SubmissionReport
from ...feedback.escaping import plain
from ..exporter import FilePerSubmission

MOST_CHARACTERS = 4_000


def results(report: SubmissionReport) -> str:
    """The file's content; what could not be read or graded is not gradable, which costs no attempt."""
    if not report.is_graded:
        whole: dict[str, Any] = {"gradable": False, "message": _capped(report.message or report.headline)}
    else:
        whole = {
            "gradable": True,
            "score": round(min(max(report.grade.percent / 100, 0.0), 1.0), 6),
            "message": _capped(" ".join(filter(None, [f"{report.headline}.", report.message]))),
            "output": "",
            "tests": list(map(_test, report.cards)),
        }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _test(card: Card) -> dict[str, Any]:
    return {
        "name": card.exercise,
        "description": card.said,
        "points": round(card.earned or 0.0, 4),
        "max_points": card.grade.max_points,
        "message": _capped(card.explanation),
        "output": _capped(card.grade.printed),
    }


def _capped(text: str) -> str:
    return plain(text[:MOST_CHARACTERS], keep="\n")


EXPORTERS = (FilePerSubmission("prairielearn", "prairielearn", ".json", results),)
