"""PrairieLearn's `results.json`, one per submission; at most 1 MB."""

from __future__ import annotations

import json
from typing import Any

from ...feedback import wording
from ...feedback.escaping import plain
from ..exporter import FilePerSubmission
from ..options import Choices
from ..records import ExerciseRecord, Paper

MOST_CHARACTERS = 4_000


def results(paper: Paper, choices: Choices) -> str:
    """The file's content; what could not be read or graded is not gradable, which costs no attempt."""
    if paper.status != "graded" or paper.percent is None:
        return _dumped({"gradable": False, "message": _capped(paper.message or wording.headline(paper))})
    return _dumped(
        {
            "gradable": True,
            "score": round(min(max(paper.percent / 100, 0.0), 1.0), 6),
            "message": _capped(" ".join(filter(None, [f"{wording.headline(paper)}.", paper.message]))),
            "output": "",
            "tests": [_test(exercise, choices) for exercise in paper.exercises],
        }
    )


def _test(exercise: ExerciseRecord, choices: Choices) -> dict[str, Any]:
    return {
        "name": exercise.exercise,
        "description": wording.SAID[exercise.status],
        "points": round(exercise.points or 0.0, 4),
        "max_points": exercise.max_points,
        "message": _capped(wording.explanation(exercise, choices.show_values)),
        "output": _capped(exercise.printed),
    }


def _capped(text: str) -> str:
    return plain(text[:MOST_CHARACTERS], keep="\n")


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


EXPORTERS = (FilePerSubmission("prairielearn", "prairielearn", ".json", results),)
