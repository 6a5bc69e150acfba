"""Many submissions are graded as they complete, and nothing is graded twice without a reason."""

from dataclasses import replace

import pytest

from grader.batch import grade_all, sheet_digest
from grader.cases import draw
from grader.catalogue import load
from grader.grading import Grader
from grader.submissions import find
from tests.fakes import FakeRunner


def slope(x):
    return 2 * x


@pytest.fixture
def sheet(slopes):
    """The small assignment under one seed."""
    return draw(load(str(slopes)), seed=1)


@pytest.fixture
def run(sheet, hand_in):
    """Grades the folder that holds what was handed in; counts the processes that it took."""

    def graded(known=(), jobs=2, on=sheet):
        runner = FakeRunner({"slope": slope})
        keyed = {grade.record["key"]: grade for grade in known}
        folder = hand_in("ada.ipynb", "a").parent
        grades = list(grade_all(find([folder]), Grader(on, runner), jobs, keyed))
        return sorted(grades, key=lambda grade: grade.submission), runner.started

    return graded


def test_every_submission_is_graded_whatever_the_number_of_jobs(run, hand_in):
    """One job or four, the same grades come out."""
    for i in range(9):
        hand_in(f"{i}.ipynb", f"x = {i}")
    (one, _), (four, started) = run(jobs=1), run(jobs=4)
    assert [replace(g, seconds=0, exercises=()) for g in one] == [replace(g, seconds=0, exercises=()) for g in four]
    assert started == 10


def test_what_has_not_changed_is_not_graded_again(run):
    """The second run takes no process at all."""
    grades, first = run()
    again, second = run(known=grades)
    assert (first, second) == (1, 0)
    assert again == grades


def test_a_changed_submission_is_graded_again(run, hand_in):
    """Only the one that changed is run."""
    hand_in("bob.ipynb", "x = 1")
    grades, _ = run()
    hand_in("bob.ipynb", "x = 2")
    assert run(known=grades)[1] == 1


def test_another_seed_grades_everything_again(run, slopes):
    """A result holds for the seed that it was drawn with."""
    grades, _ = run()
    assert run(known=grades, on=draw(load(str(slopes)), seed=2))[1] == 1


def test_a_changed_declaration_grades_everything_again(sheet, slopes):
    """The digest of a sheet depends on the declaration's text."""
    before = sheet_digest(sheet)
    with (slopes / "declaration.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    assert sheet_digest(draw(load(str(slopes)), seed=1)) != before
