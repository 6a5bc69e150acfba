"""Gradients that belong to the student's own loss: recognised, and worth their part of the points."""

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.grading import Grader
from grader.model import Submission
from grader.submissions.files import OnDisk
from tests.conftest import notebook
from tests.fakes import FakeRunner


@pytest.fixture
def graded(tmp_path):
    """The grade of a function that stands in for `multiclass_logistic`."""
    sheet = draw(load("chain_rule"), seed=2)
    path = tmp_path / "ada.ipynb"
    path.write_bytes(notebook())

    def grade(function):
        runner = FakeRunner({"multiclass_logistic": function})
        result = Grader(sheet, runner).grade(
            Submission("ada.ipynb", "ada", path, OnDisk(path)), only="multiclass_logistic"
        )
        return result.exercises[0]

    return grade


def softmax_regression(loss_factor=1.0, gradient_factor=1.0):
    def function(W, b, x, t):
        z = W @ x + b
        p = np.exp(z) / np.exp(z).sum()
        gap = (p - t) * gradient_factor
        return -np.log(p) @ t * loss_factor, np.outer(gap, x), gap

    return function


BASE_2 = 1 / np.log(2)


def test_gradients_of_the_own_loss_cost_nothing(graded):
    """The logarithm to base 2 is one slip; the gradients that follow from it are none."""
    result = graded(softmax_regression(BASE_2, BASE_2))
    assert result.mistake == "logarithm-to-base-2"
    assert result.points == pytest.approx(result.max_points * 2 / 3)
    assert "right for the loss that you return" in result.diagnosis


def test_gradients_of_another_loss_are_not_recognised(graded):
    """Neither those of the right loss nor those of some third one earn anything for a wrong one."""
    assert graded(softmax_regression(BASE_2, 3.0)).points == 0
    assert graded(softmax_regression(BASE_2, 1.0)).points == 0


@pytest.mark.parametrize(
    "function",
    [
        lambda W, b, x, t: (0.0, 0 * W, 0 * b),
        lambda W, b, x, t: (1.0, 0 * W, 0 * b),
        lambda W, b, x, t: (float(W.sum()), np.ones_like(W), 0 * b),
        lambda W, b, x, t: (float((W**2).sum() + (b**2).sum()), 2 * W, 2 * b),
    ],
    ids=["nothing", "a constant", "linear", "quadratic"],
)
def test_a_loss_that_is_made_up_earns_nothing(graded, function):
    """Its gradients are right for it, but it is no loss that anybody asked for."""
    assert graded(function).points == 0
