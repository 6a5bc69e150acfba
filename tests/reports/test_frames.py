"""Grades become tidy tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from grader.feedback.words import sentence
from grader.model import SubmissionStatus
from grader.reports import read
from grader.reports.frames import CASES, EXERCISES, Frames, frames
from grader.runs.record import results
from grader.runs.record.serialization import to_line
from tests.reports import classes


def test_submissions_have_the_promised_columns_and_one_per_exercise(tables: Frames) -> None:
    """Scripts outside rely on their names and order; further ones come last."""
    promised = ["submission", "student", "assignment", "score", "max_score", "percent", "status", "square", "slope"]
    assert list(tables.submissions.columns)[: len(promised)] == promised


def test_a_fault_of_the_grader_is_missing_and_never_a_zero(tables: Frames) -> None:
    """Neither in the score nor in any exercise."""
    row = tables.submissions.set_index("submission").loc["ours.ipynb"]
    assert row[["score", "percent", "square", "slope"]].isna().all()
    assert tables.exercises.loc[tables.exercises["submission"] == "ours.ipynb", "points"].isna().all()


def test_an_unreadable_submission_has_no_points(tables: Frames) -> None:
    """That is a zero, which a student can appeal."""
    row = tables.submissions.set_index("submission").loc["web page.ipynb"]
    assert (row["score"], row["percent"]) == (0.0, 0.0)


def test_rows_come_in_the_order_of_names_whatever_the_order_of_grading() -> None:
    """So that files are the same from run to run."""
    one, other = frames(classes.ordinary()), frames(list(reversed(classes.ordinary())))
    for mine, yours in zip(one.all, other.all, strict=True):
        pd.testing.assert_frame_equal(mine, yours)


def test_no_results_make_empty_tables_with_their_columns() -> None:
    """An empty class is a class."""
    tables = frames([])
    assert list(tables.exercises.columns) == EXERCISES
    assert list(tables.cases.columns) == CASES


def test_an_exercise_may_be_called_like_a_column() -> None:
    """Its points then stand under a name of their own."""
    tables = frames([classes.graded("a.ipynb", "a", classes.exercise("score"))])
    assert tables.submissions.loc[0, "score"] == tables.submissions.loc[0, "score_points"] == 3.0
    assert tables.submissions.columns.is_unique


def test_tables_hold_what_the_grades_held() -> None:
    """Each case and each line of an example is a row, with whose it is."""
    grade = classes.graded("a.ipynb", "Ada", classes.mistaken("slope"))
    tables = frames([grade])
    (exercise,) = grade.exercises
    row = tables.exercises.iloc[0]
    assert (row["source"], row["question"], row["cell"]) == (exercise.source, exercise.question, 2)
    assert list(tables.cases["message"]) == [sentence(one.cause) for one in exercise.verdicts if one.cause]
    assert list(tables.examples[["student", "role", "name"]].itertuples(index=False, name=None)) == [
        ("Ada", "input", "x"),
        ("Ada", "part", "y"),
    ]


def test_a_folder_of_results_is_read_in_one_line(tmp_path: Path) -> None:
    """What the documentation promises to instructors."""
    (tmp_path / results.FILE).write_text("".join(to_line(grade).text for grade in classes.ordinary()), encoding="utf-8")
    assert len(read(tmp_path).submissions) == len(classes.ordinary())
    assert read(str(tmp_path / "nothing")).submissions.empty


def test_every_status_of_a_submission_has_a_row(tables: Frames) -> None:
    """Nobody who handed something in is left out."""
    assert set(tables.submissions["status"]) == {status.value for status in SubmissionStatus}
