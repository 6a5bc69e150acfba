"""What a run came to: what a person may have to look at, and the class in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ...feedback.escaping import one_line
from ...feedback.words import message, message_of, points
from ...model import Grade, Status, SubmissionStatus
from ...runs.class_list import ClassNotes
from ...runs.events import RunReport
from ...submissions.selection import Why
from . import console

MOST_ROWS = 40
MOST_NAMED = 10
WHY = {
    Why.HELPER: "lies beside what is graded",
    Why.TEST: "is a test, or a file of a tool",
    Why.NOT_CODE: "is neither a notebook (.ipynb) nor a .py file",
    Why.NOT_HANDED_IN: "was handed in by nobody, as the download is laid out",
    Why.OTHER_ASSIGNMENT: "was handed in for another assignment",
    Why.SUPERSEDED: "has nothing to grade, and another attempt does",
}


def notices(report: RunReport, output: Path) -> None:
    """A line on stderr for each thing that a person may have to look at."""
    on = console.stderr()
    for line in _notices(report, output):
        on.print(line)


def _notices(report: RunReport, output: Path) -> Iterator[str]:
    if report.changed:
        yield f"Points differ from the last run (submissions: {report.changed}): {output / 'changes.csv'} says why."
    notes = report.notes
    twins = [f"{name} (as {twin})" for name, twin in report.twins]
    for what, names, advice in (
        ("Not graded, because the grader itself failed", report.set_aside, "Run the same command again to retry."),
        ("Handed in nothing", [person.student for person in report.absent or ()], ""),
        ("Not on the roster", notes.strangers, ""),
        ("Name and number are two people's on the roster, so they are nobody's", notes.doubtful, ""),
        ("In the groups, but not on the roster", notes.unlisted, ""),
        ("Older attempts, which do not count", notes.older, ""),
        ("Same file as another submission", twins, ""),
        ("Python files beside others, not graded", _beside(notes), "To have one graded, name it as a PATH."),
        ("Neither notebooks nor Python files, not graded", _not_code(notes), ""),
        ("Handed in by nobody, as the download is laid out", _nobodys(notes), ""),
        ("No time is known, so no late days are counted", notes.untimed, ""),
        ("Graded earlier, but no longer at these paths", report.kept, "Their rows are kept; --prune drops them."),
    ):
        if names:
            yield f"{what} ({len(names)}): {_listed(names)}. {advice}".rstrip()
    yield from _about_the_class(report.notes)
    for override in report.idle_overrides:
        whose = one_line(override.submission or override.student, 60)
        yield f"Overrides, line {override.line}: there is no submission of “{whose}”, so the line changes nothing."


def _about_the_class(notes: ClassNotes) -> Iterator[str]:
    for nearly in notes.nearly:
        others = f"not all that is there was written by {nearly.system}: {_listed(nearly.others)}"
        yield f"{nearly.path}: no names and times were read, because {others}."
    for path, number, text in notes.unusable:
        yield f"{path}, line {number}, names nobody: {one_line(text, 60)}"
    for people in notes.large:
        yield f"Handed in by more people than may hand in together ({len(people)}): {_listed(people)}."
    for student, names in notes.several:
        yield f"{one_line(student, 60)} is in several groups: {_listed(names)}."


def _beside(notes: ClassNotes) -> list[str]:
    """Scripts that somebody may have handed in, in folders that no system laid out."""
    return [file.name for file in notes.left if not file.student and file.why in (Why.HELPER, Why.TEST)]


def _not_code(notes: ClassNotes) -> list[str]:
    return [file.name for file in notes.left if not file.student and file.why is Why.NOT_CODE]


def _nobodys(notes: ClassNotes) -> list[str]:
    return [file.name for file in notes.left if file.why is Why.NOT_HANDED_IN]


def not_graded(notes: ClassNotes) -> list[list[str]]:
    """A row for each file that is not graded: what it is called, whose it is if that is known, and why."""
    return [["file", "student", "why"], *([file.name, file.student, WHY[file.why]] for file in notes.left)]


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(one_line(name, 60) for name in names[:MOST_NAMED]) + more


def table(grades: Sequence[Grade], output: Path) -> None:
    """The class as a table on stdout, and where the files are."""
    on = console.stdout()
    rows = Table(box=None, pad_edge=False)
    rows.add_column("submission", overflow="fold")
    rows.add_column("score", justify="right", overflow="fold")
    rows.add_column("percent", justify="right", overflow="fold")
    rows.add_column("first lost point", overflow="fold")
    for grade in sorted(grades, key=lambda grade: grade.submission)[:MOST_ROWS]:
        rows.add_row(*map(Text, _row(grade)))
    on.print(rows)
    if len(grades) > MOST_ROWS:
        on.print(f"… and {len(grades) - MOST_ROWS} more in grades.csv")
    statuses = Counter(grade.status for grade in grades)
    counted = ", ".join(f"{count} {status.value}" for status, count in statuses.items())
    on.print(f"\n{counted}. Grades: {output / 'grades.csv'}; reasons: {output / 'exercises.csv'}.")


def _row(grade: Grade) -> tuple[str, str, str, str]:
    name = one_line(grade.submission, 60)
    if grade.status is not SubmissionStatus.GRADED:
        return name, "", "", f"{grade.status}: {one_line(message_of(grade))}"
    lost = next((exercise for exercise in grade.exercises if exercise.status is not Status.PASSED), None)
    why = f"{lost.exercise}: {lost.mistake or lost.status}: {message(lost)}" if lost else ""
    return name, f"{points(grade.score)}/{points(grade.max_score)}", f"{grade.percent:.0f}", one_line(why, 110)
