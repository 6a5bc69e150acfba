"""An assignment's sample submissions, graded together."""

from functools import cache

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.grading import Grader
from grader.model import ExerciseGrade, Grade
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find


@cache
def graded_class(name: str, seed: int = 11) -> dict[str, Grade]:
    """Name of the sample → its grade under this seed."""
    assignment = load(name)
    grader = Grader(draw(assignment, seed), BasicRunner())
    return {submission.student: grader.grade(submission) for submission in find([assignment.folder / "samples"])}


def not_passed(grade: Grade) -> dict[str, ExerciseGrade]:
    """The exercises that lost points."""
    return {exercise.exercise: exercise for exercise in grade.exercises if exercise.points < exercise.max_points}
