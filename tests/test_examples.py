"""The assignments that the documentation shows work as they are."""

from pathlib import Path

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.words import message
from grader.grading import Grader
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"

DENSE = (
    "import numpy as np",
    "def dense_layer(X, W, b):\n    return np.einsum('ij,jk->ik', X, W) + b",
    "def dense_layer_gradients(dZ, X):\n    return (X.T @ dZ) / X.shape[0], np.mean(dZ, axis=0)",
)
NEWTON = (
    "def newton_step(x, c):\n    return x - (x * x - c) / (2 * x)",
    "def enclose_root(c, width):\n"
    "    x = c + 1\n"
    "    while x - c / x > width:\n"
    "        x = newton_step(x, c)\n"
    "    return c / x, x",
)


def graded(name, path):
    assignment = load(str(EXAMPLES / name))
    return Grader(draw(assignment, seed=11), BasicRunner()).grade(find([path])[0])


@pytest.mark.parametrize(("name", "cells"), [("dense_layer", DENSE), ("newton", NEWTON)])
def test_a_right_notebook_gets_full_marks(name, cells, hand_in):
    """Both examples grade a solution that does not look like their reference."""
    assert graded(name, hand_in("right.ipynb", *cells)).percent == 100


def test_the_forgotten_mean_is_named(hand_in):
    """The example's own mistake is recognised."""
    sums = "def dense_layer_gradients(dZ, X):\n    return X.T @ dZ, dZ.sum(axis=0)"
    assert graded("dense_layer", hand_in("sums.ipynb", sums)).exercises[1].mistake == "no-1/m"


def test_an_interval_that_misses_the_root_is_told(hand_in):
    """A property says which part of it does not hold."""
    grade = graded("newton", hand_in("off.ipynb", "def enclose_root(c, width):\n    return c, c + width"))
    assert "does not lie between" in message(grade.exercises[1])
