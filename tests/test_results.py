"""The record of a run survives being cut off anywhere."""

import stat
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grader import results
from grader.model import ExerciseGrade, Grade, LeftOut, Place, Stage, Status, SubmissionStatus, Verdict

GRADE = Grade(
    submission="ada.ipynb",
    student="ada",
    assignment="slopes",
    status=SubmissionStatus.GRADED,
    score=1.5,
    max_score=2.0,
    exercises=(
        ExerciseGrade(
            exercise="slope",
            status=Status.PARTIAL,
            points=1.5,
            max_points=2.0,
            cases_passed=1,
            cases_total=2,
            message="`x` differs",
            place=Place(2, 1),
            verdicts=(Verdict("by hand", True, fixed=True), Verdict("drawn", False, "differs", Stage.VALUES, "x")),
        ),
    ),
    left_out=(LeftOut(3, 1, "shell line"),),
    missing_modules=("utils",),
    record={"seed": 5, "key": "k"},
)


def write(folder, *grades):
    with results.Results(folder) as file:
        for grade in grades:
            file.add(grade)


def test_a_grade_is_read_as_it_was_written(tmp_path):
    """Statuses, places, verdicts and all come back as the same values."""
    write(tmp_path, GRADE)
    assert results.read(tmp_path) == [GRADE]


def test_the_last_record_of_a_submission_counts(tmp_path):
    """A regraded submission replaces its earlier line."""
    write(tmp_path, GRADE, replace(GRADE, score=2.0))
    assert [grade.score for grade in results.read(tmp_path)] == [2.0]


def test_there_is_nothing_to_read_before_the_first_run(tmp_path):
    """A folder without records holds no grades."""
    assert results.read(tmp_path) == []


@given(cut=st.integers(2, 400))
def test_a_line_that_was_cut_off_costs_only_itself(tmp_path_factory, cut):
    """A run killed while writing leaves whole lines that count, and the next run writes after them."""
    folder = tmp_path_factory.mktemp("cut")
    write(folder, GRADE, replace(GRADE, submission="bob.ipynb"))
    data = (folder / results.FILE).read_bytes()
    (folder / results.FILE).write_bytes(data[:-cut])
    write(folder, replace(GRADE, submission="eve.ipynb"))
    assert [grade.submission for grade in results.read(folder)] == ["ada.ipynb", "eve.ipynb"]


def test_only_the_owner_can_read_the_record(tmp_path):
    """It holds the secret seed."""
    write(tmp_path, GRADE)
    results.rewrite(tmp_path, [GRADE])
    assert stat.S_IMODE((tmp_path / results.FILE).stat().st_mode) == 0o600
