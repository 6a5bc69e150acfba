"""Feedforward networks: their cases belong together and hide no transpose; what a class hands in."""

from itertools import pairwise

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.model import Status
from tests.assignments.sample_class import graded_class, not_passed

ASSIGNMENT = load("feedforward")
NETWORKS = ["no hidden layer", "one hidden layer", "two hidden layers", "three hidden layers"]


def cases(exercise, seed):
    return {expected.case.name: expected for expected in draw(ASSIGNMENT, seed).cases[exercise]}


@pytest.mark.parametrize(
    ("exercise", "value"),
    [
        ("softmax", [1 / 8, 2 / 8, 5 / 8]),
        ("cross_entropy", np.log(4)),
        ("squared_error", (4 + 9 + (4 + 1)) / 3),
        ("output_gradient", [0, -4, 0]),
        ("softmax_jacobian", np.array([[4, -2, -2], [-2, 3, -1], [-2, -1, 3]]) / 16),
        ("output_preactivation_gradient", [1 / 2, -3 / 4, 1 / 4]),
        ("hidden_gradient", [1, 4, -6]),
        ("preactivation_gradient", [1, -3]),
        ("weight_gradient", [[2, 0, 6], [-1, 0, -3]]),
        ("bias_gradient", [2, -1]),
    ],
)
def test_the_pieces_by_hand_are_right(exercise, value):
    """Figures that need no computer."""
    np.testing.assert_allclose(cases(exercise, seed=0)["by hand"].expected, value, rtol=1e-14)


def test_the_network_by_hand_is_right():
    """Two inputs, one hidden neuron, two classes: the notebook's example, forward, backward and one step further."""
    (h,), (a1, a2), y_hat = cases("forward_propagation", seed=0)["by hand"].expected
    assert (h.tolist(), a1.tolist(), a2.tolist(), y_hat.tolist()) == ([0.5], [0], [0, 0], [0.5, 0.5])
    grad_W, grad_b = cases("back_propagation", seed=0)["by hand"].expected
    assert [grad.tolist() for grad in grad_W] == [[[-0.5, 0.5]], [[-0.25], [0.25]]]
    assert [grad.tolist() for grad in grad_b] == [[-0.5], [-0.5, 0.5]]
    W, b = cases("gradient_descent", seed=0)["by hand"].expected
    assert [W_k.tolist() for W_k in W] == [[[1.5, 0.5]], [[2.25], [-2.25]]]
    assert [b_k.tolist() for b_k in b] == [[0.5], [-0.5, 0.5]]


@pytest.mark.parametrize("seed", range(5))
def test_layers_of_a_drawn_network_differ_in_size(seed):
    """From no hidden layer to three; the case that is square says so."""
    for hidden, name in enumerate(NETWORKS):
        W, b, x = cases("forward_propagation", seed)[name].case.args
        sizes = [len(x), *map(len, b)]
        assert len(set(sizes)) == len(sizes) == hidden + 2
        assert [W_k.shape for W_k in W] == [(n, n_prev) for n_prev, n in pairwise(sizes)]


@pytest.mark.parametrize("name", [*NETWORKS, "equal layers"])
def test_what_back_propagation_is_given_belongs_together(name):
    """h = σ(a) in every hidden layer, and ŷ is the softmax of the last a."""
    _, _, h, a, label, y_hat = cases("back_propagation", seed=3)[name].case.args
    for h_k, a_k in zip(h, a[:-1], strict=True):
        np.testing.assert_allclose(h_k, 1 / (1 + np.exp(-a_k)))
    np.testing.assert_allclose(y_hat, np.exp(a[-1]) / np.exp(a[-1]).sum())
    assert label in range(len(y_hat))


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_stay_away_from_0_and_1(seed):
    """So that a label's logarithm is the same with and without a small number added."""
    for exercise in ("cross_entropy", "output_gradient", "softmax_jacobian", "output_preactivation_gradient"):
        drawn = np.concatenate([expected.case.args[0] for expected in cases(exercise, seed).values()])
        assert 0.005 < drawn.min() < drawn.max() < 0.995


def test_one_label_is_not_the_most_likely_class():
    """Else a loss that looks at the prediction would pass."""
    y_hat, label = cases("cross_entropy", seed=4)["an unlikely label"].case.args
    assert y_hat[label] == y_hat.min() < y_hat.max()


def test_right_answers_far_from_ours_get_full_marks():
    """The Jacobian of softmax, einsum, recursion, named tuples and other names."""
    assert not_passed(graded_class("feedforward")["einsum_and_recursion"]) == {}


def test_labels_counted_from_1_are_named_wherever_they_matter():
    """But they are charged for once: the algorithm that calls these functions is right apart from them."""
    grade = graded_class("feedforward")["labels_from_one"]
    exercises = not_passed(grade)
    for name in ("cross_entropy", "output_gradient", "output_preactivation_gradient"):
        assert exercises[name].mistake == "label-one-off"
    followed = {exercise.exercise: exercise.followed for exercise in grade.exercises if exercise.followed}
    assert followed == {
        "back_propagation": ("output_preactivation_gradient", "weight_gradient"),
        "gradient_descent": ("back_propagation",),
    }


@pytest.mark.parametrize(("exercise", "mistake"), [("squared_error", "half"), ("weight_gradient", "transposed")])
def test_another_lectures_convention_earns_half(exercise, mistake):
    """½ in the squared loss, and weights laid out from row to column."""
    graded = not_passed(graded_class("feedforward")["labels_from_one"])[exercise]
    assert (graded.mistake, graded.status, graded.points) == (mistake, Status.PARTIAL, graded.max_points / 2)


def test_a_pre_activation_for_an_activation_is_named():
    """In the piece; the same slip in an algorithm that does not use the piece is not charged for again."""
    grade = graded_class("feedforward")["derivative_at_the_pre_activation"]
    exercises = not_passed(grade)
    assert exercises["preactivation_gradient"].mistake == "derivative-at-a"
    assert exercises["softmax_jacobian"].mistake == "diagonal-only"
    assert exercises["forward_propagation"].mistake == "input-in-h"
    (whole,) = [exercise for exercise in grade.exercises if exercise.exercise == "back_propagation"]
    assert (whole.status, whole.followed) == (Status.PASSED, ("preactivation_gradient",))


def test_what_remains_beside_an_earlier_slip_is_named():
    """The gradients of the first step are used in every iteration, whatever is wrong with them."""
    descent = not_passed(graded_class("feedforward")["derivative_at_the_pre_activation"])["gradient_descent"]
    assert (descent.mistake, descent.followed) == ("gradients-of-the-first-step", ("back_propagation",))


def test_a_product_that_fits_square_layers_only_is_named():
    """W in the place of its transpose raises for most shapes, and is recognised all the same."""
    graded = not_passed(graded_class("feedforward")["half_done"])["hidden_gradient"]
    assert (graded.mistake, graded.status) == ("no-transpose", Status.RAISED)
