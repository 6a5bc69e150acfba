"""The chain rule: difference quotients as an oracle, figures by hand, and what a class hands in."""

import math

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.model import Status
from tests.assignments.sample_class import graded_class, not_passed

ASSIGNMENT = load("chain_rule")


def cases(exercise, seed):
    return {expected.case.name: expected for expected in draw(ASSIGNMENT, seed).cases[exercise]}


def composite(x):
    g = x**3 + 2 * x
    return 2 * g**2 - 3 * g + 1


def two_paths(x):
    g1, g2 = 3 * x, x**2 + 2 * x
    return 2 * g1**2 - 3 * g1 * g2 + 1


def exponential_paths(t):
    return t**2 + math.exp(math.cos(t) * t**2)


@pytest.mark.parametrize(
    ("exercise", "f"),
    [
        ("composite_derivative", composite),
        ("two_path_derivative", two_paths),
        ("exponential_path_derivative", exponential_paths),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_derivatives_agree_with_difference_quotients(exercise, f, seed):
    """To five digits, on every case."""
    for expected in cases(exercise, seed).values():
        (x,) = expected.case.args
        h = 1e-5
        assert expected.expected == pytest.approx((f(x + h) - f(x - h)) / (2 * h), rel=1e-5)


@pytest.mark.parametrize(
    ("exercise", "value"),
    [
        ("composite_derivative", 630),
        ("two_path_derivative", -243),
        ("exponential_path_derivative", math.pi - math.pi**2 / 4),
        ("logistic_least_squares", (1 / 8, -3 / 8, -1 / 8)),
        ("regularized_logistic_least_squares", (1 / 8 + 1 / 4, -3 / 8 + 1 / 2, -1 / 8)),
        ("zero_one_loss", 0),
        ("hinge_loss", 3 / 4),
        ("hinge_gradient", -1),
    ],
)
def test_the_cases_by_hand_are_right(exercise, value):
    """The figures of the notebook."""
    assert cases(exercise, seed=0)["by hand"].expected == pytest.approx(value, rel=1e-12)


def test_three_classes_by_hand_are_right():
    """y = (3/4, 1/4) and the second class is the true one."""
    loss, dW, db = cases("multiclass_logistic", seed=0)["by hand"].expected
    assert loss == pytest.approx(math.log(4))
    np.testing.assert_allclose(dW, [[3 / 4, 3 / 2], [-3 / 4, -3 / 2]])
    np.testing.assert_allclose(db, [3 / 4, -3 / 4])


def test_logistic_regression_and_the_thin_network_by_hand_are_right():
    """y = (3/4, 1/4) against (0, 0); and w = (1, 4/3 ln 3) with x = ln 3."""
    np.testing.assert_allclose(cases("logistic_regression_gradient", seed=0)["by hand"].expected, [1 / 2, 1 / 4])
    loss, gradient = cases("thin_gradient", seed=0)["by hand"].expected
    assert loss == pytest.approx(1 / 32)
    np.testing.assert_allclose(gradient, [3 * math.log(3) ** 2 / 256, 9 / 256])


@pytest.mark.parametrize("seed", range(10))
def test_no_weight_of_the_thin_network_is_hidden_by_another(seed):
    """Even the first layer's derivative is far above the tolerance, which looks at the largest."""
    for expected in cases("thin_gradient", seed).values():
        _, gradient = expected.expected
        assert np.abs(gradient).min() > 1e-4 * np.abs(gradient).max()


@pytest.mark.parametrize("seed", range(5))
def test_no_score_stands_on_the_kink_of_the_hinge_loss(seed):
    """Every margin is a good deal away from 1 and from 0, on all sides of them."""
    margins = np.array([e.case.args[0] * e.case.args[1] for e in cases("hinge_gradient", seed).values()])
    assert np.abs(margins - 1).min() > 0.1 < np.abs(margins).min()
    assert (margins < 0).sum() == 4
    assert (margins > 1).sum() == 2


@pytest.mark.parametrize("seed", range(5))
def test_no_factor_is_near_1_where_it_could_be_forgotten(seed):
    """Inputs and weights of the models stay a tenth away from 1 and from 0, either sign."""
    for name, expected in cases("logistic_least_squares", seed).items():
        w, _, x, _ = expected.case.args
        assert name == "by hand" or min(abs(abs(w) - 1), abs(abs(x) - 1), abs(w), abs(x)) > 0.09


def test_numbers_that_carry_their_derivative_get_full_marks():
    """Forward mode with a class of dual numbers: no derivative is written down anywhere."""
    assert not_passed(graded_class("chain_rule")["dual_numbers"]) == {}


@pytest.mark.parametrize(
    ("sample", "mistakes"),
    [
        (
            "paths_forgotten",
            {
                "composite_derivative": "no-inner-derivative",
                "two_path_derivative": "first-path-only",
                "exponential_path_derivative": "direct-y-lost",
                "logistic_least_squares": "no-derivative",
                "regularized_logistic_least_squares": "regulariser-not-in-the-derivative",
                "multiclass_logistic": "transposed",
                "logistic_regression_gradient": "no-1/n",
                "thin_gradient": "weights-forgotten",
                "hinge_gradient": "everywhere",
            },
        ),
        (
            "squared_loss_without_half",
            {
                "composite_derivative": "outer-derivative-at-x",
                "logistic_least_squares": "no-half",
                "regularized_logistic_least_squares": "no-half + bias-regularised",
                "multiclass_logistic": "logistic-for-softmax",
                "thin_gradient": "no-half",
                "hinge_loss": "squared",
                "hinge_gradient": "derivative-of-the-square",
            },
        ),
    ],
)
def test_a_known_mistake_is_named(sample, mistakes):
    """A path, a factor or a convention; two of them where two were made."""
    exercises = not_passed(graded_class("chain_rule")[sample])
    assert {name: exercise.mistake for name, exercise in exercises.items()} == mistakes


def test_the_loss_without_half_earns_half():
    """A convention of other lectures, not an error."""
    exercise = not_passed(graded_class("chain_rule")["squared_loss_without_half"])["logistic_least_squares"]
    assert (exercise.status, exercise.points) == (Status.PARTIAL, exercise.max_points / 2)
