"""A submission's outcomes become points, a status and one message."""

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.words import message
from grader.grading import Grader
from grader.model import GraderFault, Status, Submission, SubmissionStatus
from grader.submissions.files import OnDisk
from tests.conftest import notebook
from tests.fakes import Endless, FakeRunner, Fatal


def slope(x):
    return 2 * x


def square_and_slope(x):
    return x**2, [2 * x]


def raising(error):
    def function(*_):
        raise error

    return function


@pytest.fixture
def grade(slopes, tmp_path):
    """Grades functions on the small assignment, without a process."""
    sheet = draw(load(str(slopes)), seed=1)
    path = tmp_path / "ada.ipynb"
    path.write_bytes(notebook())

    def graded(faults=0, **functions):
        return Grader(sheet, FakeRunner(functions, faults)).grade(Submission("ada.ipynb", "ada", path, OnDisk(path)))

    return graded


def test_right_functions_get_all_points(grade):
    """Every case passes, every point is given, and there is nothing to say."""
    result = grade(slope=slope, square_and_slope=square_and_slope)
    assert (result.score, result.max_score, result.percent) == (3.0, 3.0, 100.0)
    assert [(e.status, message(e)) for e in result.exercises] == [(Status.PASSED, "")] * 2


def test_points_are_shared_among_the_drawn_cases(grade):
    """A function that is right for vectors only gets the share of the drawn case that it passes."""
    result = grade(slope=lambda x: 2 * x if x.ndim == 1 else x)
    assert result.exercises[0].status is Status.PARTIAL
    assert result.exercises[0].points == pytest.approx(2 / 3)
    assert result.exercises[0].cases_passed == 2


def test_an_answer_from_a_table_earns_nothing(grade):
    """The case that is the same under every seed gives no points to a function that fails the drawn ones."""
    by_hand = np.array([2.0, 4.0])
    result = grade(slope=lambda x: by_hand if x.shape == (2,) else np.zeros_like(x))
    assert (result.exercises[0].points, result.exercises[0].status) == (0.0, Status.WRONG)


@pytest.mark.parametrize(
    ("function", "status", "words"),
    [
        (lambda x: x + 1, Status.WRONG, "entries differ"),
        (raising(ValueError("oh")), Status.RAISED, "Raises ValueError: oh (cell 1, line 2)."),
        (raising(Endless()), Status.TIMED_OUT, "took longer than 1 s"),
        (raising(Fatal()), Status.CRASHED, "SIGSEGV"),
    ],
)
def test_what_went_wrong_is_the_status_and_the_message(grade, function, status, words):
    """Wrong, raised, timed out and crashed are told apart, and never give points."""
    exercise = grade(slope=function).exercises[0]
    assert (exercise.status, exercise.points) == (status, 0.0)
    assert words in message(exercise)


def test_a_function_that_is_not_there_is_missing(grade):
    """No such name is `missing`, not `wrong`."""
    assert grade().exercises[0].status is Status.MISSING


@pytest.mark.parametrize("event", [Endless(), Fatal()])
def test_one_function_that_breaks_the_process_costs_only_itself(grade, event):
    """After a time-out or a crash the next exercise is graded in a new process."""
    result = grade(slope=raising(event), square_and_slope=square_and_slope)
    assert [exercise.points for exercise in result.exercises] == [0.0, 1.0]


def test_a_sandbox_that_is_lost_meanwhile_costs_nothing(grade):
    """The submission is graded once more, from the start."""
    lost = iter([GraderFault("the process that it was forked from has ended")])

    def slope(x):
        for fault in lost:
            raise fault
        return 2 * x

    assert grade(slope=slope, square_and_slope=square_and_slope).score == 3.0


def test_a_fault_of_the_grader_is_tried_again(grade):
    """A process that cannot be started once is no one's loss."""
    assert grade(faults=1, slope=slope, square_and_slope=square_and_slope).score == 3.0


def test_a_lasting_fault_of_the_grader_is_never_a_zero(grade):
    """When it fails again the submission is set apart for a person."""
    result = grade(faults=2)
    assert result.status is SubmissionStatus.GRADER_FAULT
    assert {exercise.status for exercise in result.exercises} == {Status.GRADER_FAULT}


def test_a_known_mistake_is_named_with_its_question(grade):
    """A slip from the bank is told in its own words, and the student is asked, not told."""
    exercise = grade(slope=lambda x: x).exercises[0]
    assert exercise.mistake == "no-2"
    assert message(exercise).startswith("Your function leaves out the 2.")
    assert exercise.question == "What does the power rule say?"


def test_a_slip_on_some_cases_only_is_not_named(grade):
    """A mistake must explain every answer; a student is not accused of half of one."""
    assert grade(slope=lambda x: x if x.ndim == 1 else x + 1).exercises[0].mistake == ""


def test_an_answer_that_changes_nothing_else_is_never_explained(grade):
    """A right answer has no mistake, whatever the bank holds."""
    assert [exercise.mistake for exercise in grade(slope=slope, square_and_slope=square_and_slope).exercises] == [
        "",
        "",
    ]
