"""What must hold for every shipped assignment: its reference, its template, its notebook and its samples."""

import copy
from pathlib import Path

import nbformat
import numpy as np
import pytest

from grader.assignment.catalogue import load, shipped
from grader.assignment.sheet import draw, expected_cases
from grader.assignment.steps import with_steps
from grader.feedback.words import message
from grader.grading import Grader
from grader.judging.comparison import compare
from grader.judging.tolerance import tolerance_of
from grader.model import Status
from grader.model.values import numbers
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find

SEEDS = (0, 1, 2**62 + 1)
ASSIGNMENTS = [load(name) for name in shipped()]
EXERCISES = [(assignment, exercise) for assignment in ASSIGNMENTS for exercise in assignment.exercises]
MISTAKES = [(a, exercise, mistake) for a, exercise in EXERCISES for mistake in exercise.mistakes]

each_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=[a.name for a in ASSIGNMENTS])
each_exercise = pytest.mark.parametrize(
    "exercise", [e for _, e in EXERCISES], ids=[f"{a.name}-{e.name}" for a, e in EXERCISES]
)
each_mistake = pytest.mark.parametrize(
    ("exercise", "mistake"),
    [(e, m) for _, e, m in MISTAKES],
    ids=[f"{a.name}-{e.name}-{m.name}" for a, e, m in MISTAKES],
)


def test_all_seven_are_there():
    """The lectures' seven assignments, by name."""
    names = [
        "activations",
        "backprop_relu",
        "chain_rule",
        "computation_graph",
        "delta_rule",
        "feedforward",
        "vectorized",
    ]
    assert shipped() == names


@each_exercise
def test_there_are_cases_that_a_table_could_not_answer(exercise):
    """At least four cases change with the seed, unless the function takes no arguments."""
    cases = expected_cases(exercise, seed=0)
    takes_arguments = any(expected.case.args for expected in cases)
    assert sum(not expected.fixed for expected in cases) >= (4 if takes_arguments else 0)


@each_exercise
def test_the_reference_gives_finite_numbers_under_every_seed(exercise):
    """No case overflows or divides by zero, and none makes NumPy warn."""
    for seed in SEEDS:
        with np.errstate(all="raise", under="ignore"):
            for expected in expected_cases(exercise, seed):
                assert all(np.isfinite(array).all() for array in numbers(expected.expected))
                assert all(np.isfinite(array).all() for array in numbers(expected.case.args))


@each_exercise
def test_every_case_is_valid_by_the_exercises_own_rule(exercise):
    """What an example may not break, the cases keep to."""
    if exercise.valid is not None:
        assert all(exercise.valid(*expected.case.args) for seed in SEEDS for expected in expected_cases(exercise, seed))


@each_exercise
def test_every_exercise_says_what_it_asks(exercise):
    """A sentence for people, and names for the parts of a tuple."""
    assert exercise.asks.endswith(".")
    answer = expected_cases(exercise, seed=0)[0].expected
    assert not isinstance(answer, tuple) or len(exercise.returns) == len(answer)


@each_mistake
def test_a_banked_mistake_changes_the_answer_under_every_seed(exercise, mistake):
    """A slip that no case notices would be no slip."""
    wrong = with_steps(exercise.reference, mistake.steps)
    for seed in SEEDS:
        assert any(not _agrees(exercise, expected, wrong) for expected in expected_cases(exercise, seed))


def _agrees(exercise, expected, wrong):
    with np.errstate(all="ignore"):
        try:
            answer = wrong(*copy.deepcopy(expected.case.args))
        except Exception:
            return False
    return (
        compare(expected.expected, answer, tolerance_of(exercise, [expected.expected]), inputs=expected.case.args)
        is None
    )


@each_assignment
def test_the_template_is_missing_everywhere(assignment):
    """An untouched notebook gets nothing, and is told that it is missing, not wrong."""
    grade = _grade(assignment, assignment.folder / f"{assignment.name}.ipynb", seed=3)
    assert grade.score == 0
    assert {exercise.status for exercise in grade.exercises} == {Status.MISSING}


@each_assignment
@pytest.mark.parametrize("seed", [4, 5])
def test_a_clean_solution_gets_full_marks(assignment, seed):
    """Whatever the seed."""
    grade = _grade(assignment, assignment.folder / "samples" / "clean_solution.ipynb", seed)
    assert [(exercise.exercise, message(exercise)) for exercise in grade.exercises if message(exercise)] == []
    assert grade.percent == 100.0


def _grade(assignment, path: Path, seed: int):
    (submission,) = find([path])
    return Grader(draw(assignment, seed), BasicRunner()).grade(submission)


@each_assignment
def test_the_notebook_is_one_that_jupyter_opens(assignment):
    """Valid, without outputs, and it names its assignment."""
    notebook = nbformat.read(assignment.folder / f"{assignment.name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata["grader"] == {"assignment": assignment.name}
    assert not any(cell.get("outputs") for cell in notebook.cells)


@each_assignment
def test_the_notebook_mentions_every_exercise(assignment):
    """Each function has its signature in a code cell and a cell that checks it."""
    notebook = nbformat.read(assignment.folder / f"{assignment.name}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for exercise in assignment.exercises:
        assert f"def {exercise.name}(" in code
        assert f"check({exercise.name})" in code or f"--exercise {exercise.name}" in code
