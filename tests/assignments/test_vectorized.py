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
                "regression_cost": "no-1/m",
                "regression_backward": "no-half",
                "nonlinear_output_delta": "rule-of-the-logistic-function",
                "perceptron_step": "moves-when-right",
                "xor_network": "",
            },
        ),
        (
            "softmax_over_the_examples",
            {
                "forward": "softmax-over-examples",
                "cost": "penalty-without-half",
                "backward": "no-derivative + no-regularisation",
                "regression_forward": "relu-output",
                "regression_backward": "relu-at-the-output",
                "perceptron_decision": "one-on-the-boundary",
                "logistic_decision": "probability-returned",
                "bump": "",
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


def test_a_wrong_bump_is_told_the_point_that_shows_it():
    """Sigmoids that are not steep enough have not arrived at a tenth of the width."""
    graded = not_passed(graded_class("vectorized")["softmax_over_the_examples"])["bump"]
    assert graded.status == Status.WRONG
    assert "the sum is" in message(graded)


@pytest.mark.parametrize(
    ("exercise", "value"),
    [
        ("regression_forward", ([[1, 0]], [[LN3, 0], [0, 0]])),
        ("regression_cost", 5 / 4 + 3 / 2),
        ("nonlinear_output_delta", [1 / 8]),
        ("perceptron_decision", 1),
        ("logistic_decision", 1),
        ("perceptron_step", [0, -1]),
        ("sum_of_sigmoids", 2),
    ],
)
def test_the_small_cases_by_hand_are_right(exercise, value):
    """The figures of the notebook."""
    expected = cases(exercise, seed=0)["by hand"].expected
    for part, wanted in zip(expected, value, strict=True) if isinstance(expected, list) else [(expected, value)]:
        np.testing.assert_allclose(part, wanted, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("seed", range(10))
def test_a_neuron_is_asked_on_both_sides_near_its_boundary_and_on_it(seed):
    """Where the bias decides, and where its place does; on the boundary the sum is exactly 0 in any order."""
    asked = cases("perceptron_decision", seed)
    sums = {name: expected.case.args[0] @ [1, *expected.case.args[1]] for name, expected in asked.items()}
    decided = {name: int(expected.expected) for name, expected in asked.items()}
    assert decided == {name: int(total > 0) for name, total in sums.items()}
    assert sums.pop("on the boundary") == 0
    assert min(abs(total) for total in sums.values()) > 0.1
    assert 0.1 < sums["just on the side of 1"] < 0.4
    assert -0.4 < sums["just on the side of 0"] < -0.1


@pytest.mark.parametrize("seed", range(5))
def test_both_kinds_of_mistakes_and_both_right_decisions_are_learnt_from(seed):
    """Twice the weights stay, and twice they move, one way and the other."""
    moved = set()
    for expected in cases("perceptron_step", seed).values():
        w, _, t = expected.case.args
        moved.add((t, float(expected.expected[0] - w[0])))
    assert moved == {(1, 0.0), (1, 1.0), (0, 0.0), (0, -1.0)}


def test_half_a_notebook_keeps_what_works():
    """Code for two layers passes where there are two; a search without end costs only itself."""
    exercises = not_passed(graded_class("vectorized")["half_done"])
    assert exercises["forward"].status == Status.PARTIAL
    assert exercises["xor_network"].status == Status.TIMED_OUT
    broken = {name for name, exercise in exercises.items() if exercise.status is not Status.MISSING}
    assert broken == {"forward", "backward", "regression_backward", "xor_network"}
    assert {"parameter_count", "cost"}.isdisjoint(exercises)
