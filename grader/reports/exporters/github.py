"""GitHub Actions: annotations at the line that a student wrote, and the job's summary.

A workflow command begins a line, so no text of a student's may begin one: everything is escaped onto the command's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ...feedback import feedback_text as leaflet
from ...feedback import wording
from ...feedback.escaping import workflow_command
from ...feedback.markdown_escape import table
from ..frames import Frames
from ..lines import line_in_file
from ..options import Choices
from ..records import ExerciseRecord, Paper, papers
from . import markdown as tables_of

MOST_ANNOTATIONS = 10  # of a kind in a step; GitHub drops the rest
MOST_BYTES = 1_000_000
MOST_ROWS = 200


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
        return _fitting(leaflet.markdown(first[0], choices))
    rows = [tables_of.row(paper) for paper in first]
    head = ["Submission", "Student", "Score", "Percent", "Status", "First lost point"]
    left = len(tables.submissions) - len(first)
    more = [f"… and {left} more"] if left else []
    return _fitting("\n\n".join([table(head, rows), *more, *tables_of.mistakes(tables)]) + "\n")


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
