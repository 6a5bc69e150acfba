"""GitHub: annotations at the line that a student wrote, the job's summary, and what a classroom's reporter takes.

A workflow command begins a line, so no text of a student's may begin one: everything is escaped onto the command's own.
The reporter of GitHub Classroom reads a step's output `result`: JSON in base64, one per submission.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ...feedback import feedback_text, wording
from ...feedback.escaping import plain, workflow_command
from ...feedback.markdown_escape import table
from ..exporter import STDOUT, ClassFile, FilePerSubmission
from ..frames import Frames
from ..lines import line_in_file
from ..options import Choices
from ..records import ExerciseRecord, Paper, papers
from .markdown import mistakes, row

MOST_ANNOTATIONS = 10  # of a kind in a step; GitHub drops the rest
MOST_BYTES = 1_000_000
MOST_ROWS = 200
STATUS = {"passed": "pass", "raised": "error", "timed_out": "error", "crashed": "error", "grader_fault": "error"}


def commands(tables: Frames, choices: Choices) -> str:
    """One command per exercise that lost points, and a notice of how many more there are."""
    found = list(islice((line for paper in papers(tables) for line in _of_paper(paper, choices)), MOST_ANNOTATIONS))
    more = _lost(tables) - len(found)
    last = (
        [workflow_command("notice", {"title": "grader"}, f"and {more} more; the job's summary has them")]
        if more
        else []
    )
    return "".join(f"{line}\n" for line in [*found, *last])


def _lost(tables: Frames) -> int:
    """How many annotations there would be: one per lost exercise, or per submission that was not graded."""
    graded = tables.submissions["status"] == "graded"
    of_graded = tables.exercises["submission"].isin(tables.submissions.loc[graded, "submission"])
    return int((~graded).sum() + (of_graded & (tables.exercises["status"] != "passed")).sum())


def summary(tables: Frames, choices: Choices) -> str:
    """Markdown for the file that GITHUB_STEP_SUMMARY names: one submission in full, or the class as a table."""
    first = list(islice(papers(tables), MOST_ROWS))
    if len(first) == 1:
        return _fitting(feedback_text.markdown(first[0], choices))
    rows = [row(paper) for paper in first]
    head = ["Submission", "Student", "Score", "Percent", "Status", "First lost point"]
    left = len(tables.submissions) - len(first)
    more = [f"… and {left} more"] if left else []
    return _fitting("\n\n".join([table(head, rows), *more, *mistakes(tables)]) + "\n")


def _of_paper(paper: Paper, choices: Choices) -> Iterator[str]:
    file = _file(paper)
    if paper.status != "graded":
        kind = "error" if paper.status == "unreadable" else "notice"
        yield workflow_command(kind, {"file": file, "title": paper.status}, paper.message)
        return
    for exercise in paper.exercises:
        if exercise.status != "passed":
            yield _annotation(paper, file, exercise, choices)


def _annotation(paper: Paper, file: str, exercise: ExerciseRecord, choices: Choices) -> str:
    line = line_in_file(Path(paper.path), exercise.cell, exercise.line)
    earned = f"{wording.points(exercise.points)} of {wording.points(exercise.max_points)}"
    where = f"cell {exercise.cell}, line {exercise.line}: " if exercise.cell else ""
    properties = {"file": file, "line": str(line or 1), "title": f"{exercise.exercise}: {earned} points"}
    return workflow_command("error", properties, where + wording.explanation(exercise, choices.show_values))


def _file(paper: Paper) -> str:
    """The path from here, which is where the repository was checked out."""
    path = Path(paper.path)
    if paper.path and path.is_relative_to(Path.cwd()):
        return path.relative_to(Path.cwd()).as_posix()
    return paper.submission


def _fitting(text: str) -> str:
    """Cut at a line's end to what GitHub takes."""
    if len(text.encode()) <= MOST_BYTES:
        return text
    cut = text.encode()[:MOST_BYTES].decode("utf-8", "ignore")
    return cut[: cut.rindex("\n") + 1]


def classroom(paper: Paper, choices: Choices) -> str:
    """The reporter's encoded result; the tests' scores add up to the submission's points."""
    tests = [_classroom_test(paper, exercise, choices) for exercise in paper.exercises]
    if change := wording.adjustment(paper):
        tests.append(_adjusted(paper, change))
    whole = {"version": 1, "status": _classroom_status(paper), "max_score": paper.max_score, "tests": tests}
    return base64.b64encode(json.dumps(whole).encode()).decode()


def _adjusted(paper: Paper, change: float) -> dict[str, Any]:
    """A test that stands for a penalty or a correction, so that the scores add up."""
    said = plain(paper.message, keep="\n")
    test = {"name": "penalty or correction", "status": "fail" if change < 0 else "pass", "score": round(change, 4)}
    return test | {"max_score": 0, "message": said, "test_code": "", "filename": "", "line_no": 0, "duration": 0}


def _classroom_status(paper: Paper) -> str:
    if paper.status != "graded":
        return "error"
    return "pass" if all(exercise.status == "passed" for exercise in paper.exercises) else "fail"


def _classroom_test(paper: Paper, exercise: ExerciseRecord, choices: Choices) -> dict[str, Any]:
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


EXPORTERS = (
    ClassFile("github", STDOUT, commands),
    ClassFile("github-summary", "summary.md", summary),
    FilePerSubmission("github-classroom", "github-classroom", ".txt", classroom),
)
