"""Gradescope's `results.json`, one per submission."""

from __future__ import annotations

import json
from typing import Any

from ...feedback import wording
from ...feedback.escaping import plain
from ..exporter import FilePerSubmission
from ..options import Choices
from ..records import ExerciseRecord, Paper


def results(paper: Paper, choices: Choices) -> str:
    """The file's content. Where the grader itself failed there is no score, which Gradescope shows as a failed run."""
    whole: dict[str, Any] = {"output_format": "text", "visibility": "visible", "stdout_visibility": "hidden"}
    whole |= {"output": plain(_output(paper), keep="\n"), "execution_time": round(paper.seconds, 3)}
    if paper.score is not None:
        whole |= {"score": round(paper.score, 4), "tests": [_test(each, choices) for each in paper.exercises]}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _output(paper: Paper) -> str:
    graded = paper.status != "unreadable"
    return " ".join(filter(None, [f"{wording.headline(paper)}." * graded, paper.message]))


def _test(exercise: ExerciseRecord, choices: Choices) -> dict[str, Any]:
    said = "\n\n".join(filter(None, [wording.explanation(exercise, choices.show_values), wording.next_step(exercise)]))
    return {
        "name": exercise.exercise,
        "name_format": "text",
        "score": round(exercise.points or 0.0, 4),
        "max_score": exercise.max_points,
        "status": "passed" if exercise.status == "passed" else "failed",
        "output": plain(said, keep="\n"),
        "output_format": "text",
        "visibility": "visible",
    }


EXPORTERS = (FilePerSubmission("gradescope", "gradescope", ".json", results),)
