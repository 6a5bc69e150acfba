"""Vectorised backpropagation: no axis can be taken for another, no ReLU is at its kink; what a class hands in."""

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.words import message
from grader.model import Status
from tests.assignments.sample_class import graded_class, not_passed

ASSIGNMENT = load("vectorized")
LN3 = np.log(3)


def cases(exercise, seed):
    return {expected.case.name: expected for expected in draw(ASSIGNMENT, seed).cases[exercise]}


def test_the_network_of_the_lecture_has_171_parameters():
    """110 + 55 + 6 for the layers 10-10-5-1."""
    expected = cases("parameter_count", seed=0)["the network of the lecture"]
    assert (expected.case.args, expected.expected) == (([10, 10, 5, 1],), 171)


def test_the_classifier_by_hand_is_right():
    """The notebook's example, with α = 1: outputs (3/4, 1/4) and (1/2, 1/2), labels 0 and 1."""
    hidden, output = cases("forward", seed=0)["by hand"].expected
    np.testing.assert_allclose(hidden, [[1, 0]])
    np.testing.assert_allclose(output, [[3 / 4, 1 / 2], [1 / 4, 1 / 2]])
    cost = cases("cost", seed=0)["by hand"].expected
    assert cost == pytest.approx((np.log(4 / 3) + np.log(2)) / 2 + (1 + 1 + LN3**2) / 2)
    (dW1, dW2), (db1, db2) = cases("backward", seed=0)["by hand"].expected
    np.testing.assert_allclose(dW2, [[-1 / 8 + LN3], [1 / 8]])
    np.testing.assert_allclose(db2, [[1 / 8], [-1 / 8]])
    np.testing.assert_allclose(dW1, [[-LN3 / 4 + 1, -LN3 / 8 - 1]])
    np.testing.assert_allclose(db1, [[-LN3 / 8]])


@pytest.mark.parametrize("seed", range(20))
def test_no_drawn_network_stands_on_a_kink(seed):
    """Hidden units are on and off in every layer, their pre-activations clear of 0; no probability is near 0 or 1."""
    for name, expected in cases("forward", seed).items():
        W, b, X = expected.case.args
        *hidden, output = expected.expected
        for W_l, a, b_l in zip(W[:-1], [X, *hidden], b, strict=False):
            z = W_l @ a + b_l
            assert name == "by hand" or np.abs(z).min() > 0.05
            assert z.min() < 0 < z.max()
        assert 0.01 < output.min() < output.max() < 0.99


@pytest.mark.parametrize("exercise", ["forward", "backward", "regression_backward"])
@pytest.mark.parametrize("name", ["no hidden layer", "one hidden layer", "three hidden layers"])
def test_the_number_of_examples_is_the_size_of_no_layer(exercise, name):
    """And no two neighbouring layers have one size, so that neither a transpose nor a wrong axis can hide."""
    W, others = cases(exercise, seed=5)[name].case.args[:2]
    m = cases("forward", seed=5)[name].case.args[2].shape[1]
    sizes = [W[0].shape[1], *map(len, W)]
    assert m not in sizes
    assert len(set(sizes)) == len(sizes)
    assert len(others) >= len(W)


def test_what_backward_is_given_belongs_together():
    """A begins with X and ends with probabilities; Y has one label for each example."""
    for expected in cases("backward", seed=6).values():
        W, A, Y, _ = expected.case.args
        assert len(A) == len(W) + 1
        np.testing.assert_allclose(A[-1].sum(axis=0), 1)
        assert (Y.sum(axis=0) == 1).all()
        assert Y.dtype == float


def test_one_example_at_a_time_gets_full_marks():
    """Loops over examples and units, dictionaries, and another network for XOR."""
    assert not_passed(graded_class("vectorized")["one_example_at_a_time"]) == {}


@pytest.mark.parametrize(
    ("sample", "mistakes"),
    [
        (
            "sums_instead_of_means",
            {
                "parameter_count": "no-biases",
                "cost": "no-1/m",
                "backward": "no-1/m",
                "regression_backward": "no-half",
                "xor_network": "",
            },
        ),
        (
            "softmax_over_the_examples",
            {
                "forward": "softmax-over-examples",
                "cost": "penalty-without-half",
                "backward": "no-derivative + no-regularisation",
                "regression_backward": "relu-at-the-output",
            },
        ),
    ],
)
def test_a_known_mistake_is_named(sample, mistakes):
    """Alone and in pairs; a property judges XOR and names no mistake."""
    exercises = not_passed(graded_class("vectorized")[sample])
    assert {name: exercise.mistake for name, exercise in exercises.items()} == mistakes


def test_a_wrong_xor_is_told_the_input_that_shows_it():
    """step(0) is 1, so a network that relies on 0 being off answers 1 for (0, 0)."""
    graded = not_passed(graded_class("vectorized")["sums_instead_of_means"])["xor_network"]
    assert graded.status == Status.WRONG
    assert "x = (0, 0)" in message(graded)


def test_half_a_notebook_keeps_what_works():
    """Code for two layers passes where there are two; a search without end costs only itself."""
    exercises = not_passed(graded_class("vectorized")["half_done"])
    assert exercises["forward"].status == Status.PARTIAL
    assert exercises["xor_network"].status == Status.TIMED_OUT
    assert set(exercises) == {"forward", "backward", "regression_backward", "xor_network"}
