"""The one message for an exercise."""

from grader.assignment.sheet import draw
from grader.feedback.words import message
from grader.grading.marking import AnswerKey, Attempt, Finding, exercise_grade
from grader.model import Lack, Missing, Returned
from tests.diagnosis.evidence import exercise_of

LINES = exercise_of(lambda x: 2 * x, lambda rng: ((rng.normal(size=3),) for _ in range(4)))
KEY = AnswerKey(LINES.exercises[0], draw(LINES, seed=1).cases["f"])


def test_what_is_missing_is_missing_on_every_case():
    """So no case is named; a wrong value is one of a case."""
    there = exercise_grade(Attempt(KEY, [Returned(1.0)] * len(KEY.cases)), Finding())
    gone = exercise_grade(Attempt(KEY, [Missing(Lack.UNDEFINED)] * len(KEY.cases)), Finding())
    assert message(there).startswith("On the case “case 1”: ")
    assert message(gone) == "Nothing to grade: the notebook defines no function of this name."
