"""What GitHub Classroom's reporter reads from a step's output `result`: JSON in base64, one per submission."""

from __future__ import annotations

import base64
import json
from typing import Any

from ...feedback import wording
from ...feedback.escaping import plain
from ..options import Choices
from ..records import ExerciseRecord, Paper

STATUS = {"passed": "pass", "raised": "error", "timed_out": "error", "crashed": "error", "grader_fault": "error"}


def result(paper: Paper, choices: Choices) -> str:
    """The encoded result; the tests' scores add up to the submission's points."""
    tests = [_test(paper, exercise, choices) for exercise in paper.exercises]
    if change := wording.adjustment(paper):
        tests.append(_adjusted(paper, change))
    whole = {"version": 1, "status": _status(paper), "max_score": paper.max_score, "tests": tests}
    return base64.b64encode(json.dumps(whole).encode()).decode()


def _adjusted(paper: Paper, change: float) -> dict[str, Any]:
    """A test that stands for a penalty or a correction, so that the scores add up."""
    said = plain(paper.message, keep="\n")
    test = {"name": "penalty or correction", "status": "fail" if change < 0 else "pass", "score": round(change, 4)}
    return test | {"max_score": 0, "message": said, "test_code": "", "filename": "", "line_no": 0, "duration": 0}


def _status(paper: Paper) -> str:
    if paper.status != "graded":
        return "error"
    return "pass" if all(exercise.status == "passed" for exercise in paper.exercises) else "fail"


def _test(paper: Paper, exercise: ExerciseRecord, choices: Choices) -> dict[str, Any]:
    return {
        "name": exercise.exercise,
        "status": STATUS.get(exercise.status, "fail"),
        "score": round(exercise.points or 0.0, 4),
        "max_score": exercise.max_points,
        "message": plain(wording.explanation(exercise, choices.show_values), keep="\n"),
        "test_code": f"grader check -a {paper.assignment} --exercise {exercise.exercise}",
        "filename": plain(paper.submission),
        "line_no": exercise.line or 0,
        "duration": round(1000 * exercise.seconds),
    }
