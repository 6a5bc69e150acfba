"""The activation functions: where they are asked, and what a class hands in."""

import math

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.model import Status
from tests.assignments.sample_class import graded_class, not_passed

ASSIGNMENT = load("activations")
WITH_A_KINK = ["relu_derivative", "leaky_relu_derivative", "absolute_relu_derivative"]
ALSO_LARGE = ["sigmoid", "sigmoid_derivative", "softplus", "softplus_derivative"]


def cases(exercise, seed):
    return {expected.case.name: expected for expected in draw(ASSIGNMENT, seed).cases[exercise]}


@pytest.mark.parametrize(
    ("exercise", "values"),
    [
        ("step", [0, 1, 1]),
        ("sigmoid", [1 / 2, 3 / 4, 1 / 4]),
        ("sigmoid_derivative", [1 / 4, 3 / 16, 3 / 16]),
        ("tanh", [0, 0.6, -0.6]),
        ("tanh_derivative", [1, 0.64, 0.64]),
        ("relu", [0, 0, 3]),
        ("relu_derivative", [0, 1, 1]),
        ("leaky_relu", [-1, 0, 5]),
        ("leaky_relu_derivative", [0.1, 1, 1]),
        ("absolute_relu", [2, 0, 3]),
        ("absolute_relu_derivative", [-1, 1, 1]),
        ("softplus", [math.log(2), math.log(4), math.log(3 / 2)]),
        ("softplus_derivative", [1 / 2, 3 / 4, 1 / 4]),
        ("maxout", [2, -3]),
        ("maxout_derivative", [[0, 0], [1, 1], [0, 0]]),
    ],
)
def test_the_cases_by_hand_are_right(exercise, values):
    """Figures that need no computer."""
    np.testing.assert_allclose(cases(exercise, seed=0)["by hand"].expected, values, rtol=1e-14)


@pytest.mark.parametrize("exercise", WITH_A_KINK)
@pytest.mark.parametrize("seed", range(5))
def test_no_derivative_is_asked_at_its_kink(exercise, seed):
    """And both sides of it are asked in every case."""
    for expected in cases(exercise, seed).values():
        z = expected.case.args[0]
        assert np.abs(z).min() >= 0.1
        assert z.min() < 0 < z.max()


@pytest.mark.parametrize("exercise", ALSO_LARGE)
def test_large_numbers_stand_beside_ordinary_ones(exercise):
    """Both ends of the promised range, and numbers where the function is neither flat nor straight."""
    z = cases(exercise, seed=1)["large numbers among them"].case.args[0]
    assert (z.min(), z.max()) == (-1000, 1000)
    assert (np.abs(z) < 4.1).sum() >= 4


def test_elementwise_functions_are_asked_for_vectors_and_matrices():
    """The answer has the shape of z in all of them."""
    for exercise in ASSIGNMENT.exercises[:-2]:
        shapes = [(c.case.args[0].shape, np.shape(c.expected)) for c in cases(exercise.name, seed=2).values()]
        assert {len(asked) for asked, _ in shapes} == {1, 2}
        assert all(asked == answered for asked, answered in shapes)


@pytest.mark.parametrize("seed", range(5))
def test_maxout_is_asked_with_candidates_that_are_alike_and_without(seed):
    """The text defines which of them gets the derivative; where none are alike, there is nothing to define."""
    for name, expected in cases("maxout_derivative", seed).items():
        a = expected.case.args[0]
        ties = ((a == a.max(axis=0)).sum(axis=0) > 1).any()
        assert ties == (name not in ("by hand", "no two candidates alike"))


def test_one_entry_at_a_time_gets_full_marks():
    """Loops over math.exp, lambdas and a decorator, lists for arrays."""
    assert not_passed(graded_class("activations")["entry_by_entry"]) == {}


def test_formulas_that_overflow_lose_the_large_numbers_only():
    """Ordinary cases keep their points, the overflow is named, and one that only follows from it costs nothing."""
    grade = graded_class("activations")["overflows_for_large_z"]
    exercises = not_passed(grade)
    assert {name: exercise.mistake for name, exercise in exercises.items()} == {
        "sigmoid": "overflow",
        "sigmoid_derivative": "overflow-below",
        "softplus": "overflow",
    }
    for exercise in exercises.values():
        assert [v.case for v in exercise.verdicts if not v.passed] == ["large numbers among them"]
    followed = {exercise.exercise: exercise.followed for exercise in grade.exercises if exercise.followed}
    assert followed == {"softplus_derivative": ("sigmoid",)}


def test_each_wrong_derivative_is_named():
    """The same slip, z taken for the activation, has its own words for each function."""
    exercises = not_passed(graded_class("activations")["derivatives_at_the_activation"])
    assert {name: exercise.mistake for name, exercise in exercises.items()} == {
        "step": "zero-at-zero",
        "sigmoid_derivative": "derivative-at-a",
        "tanh_derivative": "derivative-at-a",
        "leaky_relu": "fixed-leak",
        "absolute_relu_derivative": "derivative-of-relu",
        "softplus_derivative": "no-inner-derivative",
        "maxout": "wrong-axis",
        "maxout_derivative": "every-largest",
    }


def test_half_a_notebook_says_what_is_missing_and_what_is_broken():
    """A printed value, a condition on an array, a cell that does not parse, and stubs."""
    exercises = not_passed(graded_class("activations")["half_done"])
    statuses = {name: exercise.status for name, exercise in exercises.items()}
    assert statuses.pop("relu") == Status.WRONG
    assert statuses.pop("relu_derivative") == Status.RAISED
    assert set(statuses.values()) == {Status.MISSING}
