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

from ...feedback import feedback_text
from ...feedback.card import Card, SubmissionReport
from ...feedback.escaping import plain, workflow_command
from ...feedback.markdown_escape import table
from ...model import Grade, Status, SubmissionStatus
from ..exporter import STDOUT, ClassFile, ClassResults, FilePerSubmission, ReportOptions
from ..lines import line_in_file
from .markdown import HEAD, mistakes, row

MOST_ANNOTATIONS = 10  # of a kind in a step; GitHub drops the rest
MOST_BYTES = 1_000_000
MOST_ROWS = 200
PASS, FAIL, ERROR = "pass", "fail", "error"
OUTCOMES = {Status.PASSED: PASS, Status.PARTIAL: FAIL, Status.WRONG: FAIL, Status.MISSING: FAIL}


def commands(results: ClassResults, options: ReportOptions) -> str:
    """One command per exercise that lost points, and a notice of how many more there are."""
    reports = [SubmissionReport(grade, options.show_values) for grade in results.grades]
    found = list(islice((line for report in reports for line in _annotations(report)), MOST_ANNOTATIONS))
    if more := sum(map(_lost, results.grades)) - len(found):
        found.append(workflow_command("notice", {"title": "grader"}, f"and {more} more; the job's summary has them"))
    return "".join(f"{line}\n" for line in found)


def summary(results: ClassResults, options: ReportOptions) -> str:
    """Markdown for the file that GITHUB_STEP_SUMMARY names: one submission in full, or the class as a table."""
    if len(results.grades) == 1:
        return _fitting(feedback_text.markdown(SubmissionReport(results.grades[0], options.show_values)))
    left = len(results.grades) - MOST_ROWS
    more = [f"… and {left} more"] if left > 0 else []
    rows = map(row, results.grades[:MOST_ROWS])
    return _fitting("\n\n".join([table(HEAD, rows), *more, *mistakes(results.tables)]) + "\n")


def outputs(results: ClassResults, options: ReportOptions) -> str:
    """Lines for the file that GITHUB_OUTPUT names, for later steps: the points, and the reporter's result."""
    return "".join(
        f"points={grade.score:g}\nmax-points={grade.max_score:g}\npercent={grade.percent:g}\n"
        f"result={classroom(SubmissionReport(grade, options.show_values))}\n"
        for grade in results.grades
    )


def _lost(grade: Grade) -> int:
    """How many annotations there would be: one per exercise that is not right, or for the whole."""
    if grade.status is not SubmissionStatus.GRADED:
        return 1
    return sum(exercise.status is not Status.PASSED for exercise in grade.exercises)


def _annotations(report: SubmissionReport) -> Iterator[str]:
    grade = report.grade
    file = _file(grade)
    if not report.is_graded:
        kind = "error" if grade.status is SubmissionStatus.UNREADABLE else "notice"
        yield workflow_command(kind, {"file": file, "title": grade.status}, report.message)
        return
    for card in report.cards:
        if card.status is not Status.PASSED:
            yield _annotation(grade, file, card)


def _annotation(grade: Grade, file: str, card: Card) -> str:
    place = card.grade.place
    line = line_in_file(Path(grade.record.path), place) if place else None
    where = f"{place}: " if place else ""
    properties = {"file": file, "line": str(line or 1), "title": f"{card.exercise}: {card.points}"}
    return workflow_command("error", properties, where + card.explanation)


def _file(grade: Grade) -> str:
    """The path from here, which is where the repository was checked out."""
    path = Path(grade.record.path)
    if grade.record.path and path.is_relative_to(Path.cwd()):
        return path.relative_to(Path.cwd()).as_posix()
    return grade.submission


def _fitting(text: str) -> str:
    """Cut at a line's end to what GitHub takes."""
    if len(text.encode()) <= MOST_BYTES:
        return text
    cut = text.encode()[:MOST_BYTES].decode("utf-8", "ignore")
    return cut[: cut.rindex("\n") + 1]


def classroom(report: SubmissionReport) -> str:
    """The reporter's encoded result; the tests' scores add up to the submission's points."""
    tests = [_classroom_test(report.grade, card) for card in report.cards]
    if report.adjustment:
        tests.append(_adjustment(report))
    whole = {"version": 1, "status": _outcome(report), "max_score": report.grade.max_score, "tests": tests}
    return base64.b64encode(json.dumps(whole).encode()).decode()


def _adjustment(report: SubmissionReport) -> dict[str, Any]:
    """A test that stands for a penalty or a correction, so that the scores add up."""
    change = report.adjustment
    test = {"name": "penalty or correction", "status": FAIL if change < 0 else PASS, "score": round(change, 4)}
    said = {"max_score": 0, "message": plain(report.message, keep="\n")}
    return test | said | {"test_code": "", "filename": "", "line_no": 0, "duration": 0}


def _outcome(report: SubmissionReport) -> str:
    if not report.is_graded:
        return ERROR
    return PASS if all(card.status is Status.PASSED for card in report.cards) else FAIL


def _classroom_test(grade: Grade, card: Card) -> dict[str, Any]:
    exercise = card.grade
    return {
        "name": exercise.exercise,
        "status": OUTCOMES.get(exercise.status, ERROR),
        "score": round(card.earned or 0.0, 4),
        "max_score": exercise.max_points,
        "message": plain(card.explanation, keep="\n"),
        "test_code": f"grader check -a {grade.assignment} --exercise {exercise.exercise}",
        "filename": plain(grade.submission),
        "line_no": exercise.place.line if exercise.place else 0,
        "duration": round(1000 * exercise.seconds),
    }


EXPORTERS = (
    ClassFile("github", STDOUT, commands),
    ClassFile("github-summary", "summary.md", summary),
    FilePerSubmission("github-classroom", "github-classroom", ".txt", classroom),
)
