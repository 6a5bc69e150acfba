"""What people see: tables on stdout, progress and notices on stderr, nothing that students' text could take over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...feedback.escaping import one_line
from ...model import Grade, Status, SubmissionStatus

MOST_ROWS = 40


def stdout() -> Console:
    """Where results go; as wide as they need where nobody watches."""
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=120)


def stderr() -> Console:
    """Where progress, notices and errors go."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def summary(grades: Sequence[Grade], output: Path) -> None:
    """The class in a table, and where the files are."""
    console = stdout()
    ordered = sorted(grades, key=lambda grade: grade.submission)
    table = Table(box=None, pad_edge=False)
    for heading, justify in (
        ("submission", "left"),
        ("score", "right"),
        ("percent", "right"),
        ("first lost point", "left"),
    ):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for grade in ordered[:MOST_ROWS]:
        table.add_row(*map(Text, _row(grade)))
    console.print(table)
    if len(ordered) > MOST_ROWS:
        console.print(f"… and {len(ordered) - MOST_ROWS} more in grades.csv")
    console.print(f"\n{_counted(grades)}. Grades: {output / 'grades.csv'}; reasons: {output / 'exercises.csv'}.")


def score(points: float) -> str:
    """Points as people write them: at most two decimals, and none that are zero."""
    return f"{round(points, 2):g}"


def _row(grade: Grade) -> tuple[str, str, str, str]:
    name = one_line(grade.submission, 60)
    if grade.status is not SubmissionStatus.GRADED:
        return name, "", "", f"{grade.status}: {one_line(grade.message)}"
    lost = next((exercise for exercise in grade.exercises if exercise.status is not Status.PASSED), None)
    why = f"{lost.exercise}: {lost.mistake or lost.status}: {lost.message}" if lost else ""
    return name, f"{score(grade.score)}/{score(grade.max_score)}", f"{grade.percent:.0f}", one_line(why, 110)


def _counted(grades: Sequence[Grade]) -> str:
    counts = Counter(grade.status for grade in grades)
    return ", ".join(f"{count} {status.value}" for status, count in counts.items())
