"""What explains a wrong answer may fail, and hides no fault of the function's own behind a helper's."""

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.diagnosis import Diagnoser
from grader.diagnosis.counterexample import Examples
from grader.feedback.words import remark
from grader.grading import Grader
from grader.grading.follow_through import FollowThrough
from grader.model import CountedElsewhere, GraderFault, Status, SubmissionStatus, Unexplained
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find
from tests.fakes import FakeRunner

WRONG = {"slope": lambda x: 3 * x, "square_and_slope": lambda x: (x, [x])}


def graded(slopes, hand_in, functions=None):
    sheet = draw(load(str(slopes)), seed=9)
    return Grader(sheet, FakeRunner(functions or WRONG)).grade(find([hand_in("ada.ipynb", "")])[0])


@pytest.mark.parametrize("step", [(Diagnoser, "explain"), (Examples, "smallest"), (FollowThrough, "followed")])
@pytest.mark.parametrize("error", [ZeroDivisionError("ours"), GraderFault("no process could be started")])
def test_a_fault_in_explaining_costs_the_explanation(slopes, hand_in, monkeypatch, step, error):
    """The verdicts are known by then: points and status are what they are without it."""
    before = graded(slopes, hand_in)

    def failing(*args, **keywords):
        raise error

    monkeypatch.setattr(*step, failing)
    after = graded(slopes, hand_in)
    assert (after.status, after.score) == (SubmissionStatus.GRADED, before.score)
    assert [(one.status, one.points, one.verdicts) for one in after.exercises] == [
        (one.status, one.points, one.verdicts) for one in before.exercises
    ]
    said = [one for exercise in after.exercises for one in exercise.remarks if isinstance(one, Unexplained)]
    assert said and all(str(error) in remark(one) for one in said)


ODD = {
    "an object for some and a number for others": lambda x: object() if x.size % 2 else 0.5,
    "an empty array for a longer one": lambda x: x[:0],
    "None": print,
    "nested emptiness": lambda x: [[], {}, ()],
    "text": lambda x: "x" * 3,
    "not a number": lambda x: x * float("nan"),
    "a whole number without end": lambda x: 10**3000,
    "itself in a list": lambda x: [x, [x]],
}


@pytest.mark.parametrize("function", ODD.values(), ids=ODD)
def test_whatever_a_function_answers_is_explained_or_not(slopes, hand_in, function):
    """Plain Python that answers oddly is judged, and no fault of the grader's."""
    grade = graded(slopes, hand_in, {"slope": function, "square_and_slope": function})
    assert grade.status is SubmissionStatus.GRADED and grade.score == 0
    assert not [one for exercise in grade.exercises for one in exercise.remarks if isinstance(one, Unexplained)]


SPREAD = '''
import numpy as np

from grader.assignment import Assignment, Mistake, case

assignment = Assignment(title="Spread", public_seed=1)


def column_mean(M):
    return M.mean(axis=0, keepdims=True)


def distance(D):
    return D * D


def spread_(M):
    return column_mean(distance(M - column_mean(M)))


@assignment.exercise(reference=column_mean, points=1)
def means(rng):
    """The mean of each column, as one row."""
    for n, k in ((3, 2), (4, 3), (3, 3), (5, 1)):
        yield case(f"{n} by {k}", rng.normal(size=(n, k)))


ABSOLUTE = Mistake("absolute", "You take the absolute value.", "What is squared?", {distance: np.abs})


@assignment.exercise(reference=spread_, points=1, builds_on=("means",), mistakes=[ABSOLUTE])
def spread(rng):
    """The mean square distance from the column's mean, as one row."""
    for n, k in ((3, 2), (4, 3), (3, 3), (5, 1)):
        yield case(f"{n} by {k}", rng.normal(size=(n, k)))
'''


@pytest.mark.parametrize(
    "means", ["raise ValueError('no')", "return M.mean(axis=0) + np.random.rand()", "return M[:1] * np.inf"]
)
def test_a_helpers_fault_hides_none_of_the_functions_own(tmp_path, hand_in, means):
    """Once the helper is stood in for, what is left is explained; it costs what it would cost without the helper's."""
    (tmp_path / "spread").mkdir()
    (tmp_path / "spread" / "declaration.py").write_text(SPREAD, encoding="utf-8")
    source = f"import numpy as np\ndef means(M):\n    {means}\ndef spread(M):\n    return means(np.abs(M - means(M)))"
    grader = Grader(draw(load(str(tmp_path / "spread")), 1), BasicRunner())
    grade = grader.grade(find([hand_in("ada.ipynb", source)])[0]).exercises[1]
    assert (grade.mistake, grade.points, grade.status) == ("absolute", 0, Status.WRONG)
    assert grade.remarks[0] == CountedElsewhere(("means",), is_right=False)
