"""The ReLU network: its cases, and the class that shows how a submission can go right and wrong."""

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.model import Status, SubmissionStatus
from tests.assignments.sample_class import graded_class, not_passed

ASSIGNMENT = load("backprop_relu")
NETWORKS = [
    "one hidden layer",
    "one hidden layer, negative output",
    "two hidden layers",
    "three hidden layers",
    "square layers",
]


def cases(exercise, seed):
    return {expected.case.name: expected for expected in draw(ASSIGNMENT, seed).cases[exercise]}


def test_the_worked_example_is_the_lectures():
    """H = 24 and the gradients that central differences give, too."""
    H, (dW1, dW2, dW3) = cases("worked_example", seed=0)["the lecture's network"].expected
    assert H == 24
    np.testing.assert_array_equal(dW1, [[8, 0], [4, 0]])
    np.testing.assert_array_equal(dW2, [[18, -12], [0, 0]])
    np.testing.assert_array_equal(dW3, [[12], [6]])


def test_the_risk_gradient_by_hand():
    """Residuals 2 and -1 on (1, 3) and (1, -1): 2/2 · (2 - 1, 6 + 1)."""
    np.testing.assert_allclose(cases("risk_gradient", seed=0)["by hand"].expected, [1, 7])


def test_the_risk_and_its_minimum_by_hand():
    """Residuals 2 and -1; the best line through (1, 1), (2, 2), (3, 2); one step of 0.1 from (1, 2)."""
    assert cases("risk", seed=0)["by hand"].expected == pytest.approx(5 / 2)
    np.testing.assert_allclose(cases("least_squares", seed=0)["by hand"].expected, [2 / 3, 1 / 2])
    np.testing.assert_allclose(cases("risk_descent", seed=0)["by hand"].expected, [0.9, 1.3])


@pytest.mark.parametrize("seed", range(10))
def test_least_squares_is_asked_where_there_is_one_answer(seed):
    """Independent columns, by a wide margin, so that any way of solving comes to the same."""
    for expected in cases("least_squares", seed).values():
        X, y = expected.case.args
        A = np.column_stack([np.ones(len(X)), X])
        assert np.linalg.cond(A) < 30
        np.testing.assert_allclose(np.linalg.solve(A.T @ A, A.T @ y), expected.expected, rtol=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_descent_is_asked_where_it_goes_down(seed):
    """No drawn learning rate is so large that the risk explodes."""
    for name, expected in cases("risk_descent", seed).items():
        w, X, y, *_ = expected.case.args
        A = np.column_stack([np.ones(len(X)), X])
        before, after = (np.mean((A @ weights - y) ** 2) for weights in (w, expected.expected))
        assert name == "by hand" or after < before


def test_a_node_that_is_off_passes_nothing_back():
    """z = -20 in the first node, so its weights and its bias have no gradient."""
    grad_W, grad_b = cases("output_gradients", seed=0)["a node that is off"].expected
    assert not grad_W[0][:, 0].any()
    assert grad_W[0][:, 1].all()
    assert grad_b[0].tolist() == [0, 3]


@pytest.mark.parametrize("seed", range(20))
def test_no_drawn_network_stands_on_a_kink(seed):
    """Every hidden layer has nodes that are on and nodes that are off, all of them clear of 0."""
    for name in NETWORKS:
        z, _, _ = cases("evaluate", seed)[name].expected
        for hidden in z[:-1]:
            assert np.abs(hidden).min() > 0.05
            assert hidden.min() < 0 < hidden.max()


@pytest.mark.parametrize("seed", range(5))
def test_layers_of_a_drawn_network_differ_in_size(seed):
    """A transposed matrix cannot hide, except where the case says that its layers are square."""
    for name in NETWORKS[:-1]:
        W, _, x = cases("output_gradients", seed)[name].case.args
        sizes = [len(x), *(W_l.shape[1] for W_l in W)]
        assert len(set(sizes)) == len(sizes)


@pytest.mark.parametrize(
    "sample",
    [
        "clean_solution",
        "other_style",
        "loops_and_indices",
        "magics",
        "pip_cell",
        "plots_with_outputs",
        "training_loop_of_minutes",
        "defined_twice",
        "changes_its_input",
    ],
)
def test_right_answers_in_any_surroundings_get_full_marks(sample):
    """Plots, magics, installs, long training and second thoughts cost nothing."""
    grade = graded_class("backprop_relu")[sample]
    assert not_passed(grade) == {}
    assert grade.percent == 100


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("syntax_error_in_one_cell", {"unpack": Status.MISSING}),
        ("missing_function", {"pack": Status.MISSING, "unpack": Status.MISSING}),
        ("endless_loop", {"risk_gradient": Status.TIMED_OUT}),
        ("numbers_typed_in", {"output_gradients": Status.WRONG}),
        ("printed_not_returned", {"linear_gradient": Status.WRONG, "risk_gradient": Status.WRONG}),
    ],
)
def test_what_is_broken_costs_only_itself(sample, expected):
    """The exercises beside it keep their points."""
    grade = graded_class("backprop_relu")[sample]
    assert {name: exercise.status for name, exercise in not_passed(grade).items()} == expected


@pytest.mark.parametrize("sample", ["raises_an_error", "helper_module_left_at_home", "wrong_shapes"])
def test_what_cannot_be_compared_is_no_full_mark(sample):
    """An exception, a module that is not there, a column where a vector belongs."""
    assert "evaluate" in not_passed(graded_class("backprop_relu")[sample])


@pytest.mark.parametrize("sample", ["not_a_notebook", "empty_file"])
def test_a_file_that_is_no_notebook_is_unreadable(sample):
    """It is a row that says so."""
    grade = graded_class("backprop_relu")[sample]
    assert grade.status is SubmissionStatus.UNREADABLE
    assert grade.problem


@pytest.mark.parametrize(
    ("sample", "exercise", "mistake"),
    [
        ("sum_instead_of_mean", "risk", "no-1/n"),
        ("sum_instead_of_mean", "risk_gradient", "no-1/n"),
        ("derivative_forgotten", "output_gradients", "g'-forgotten"),
        ("transposed_gradients", "output_gradients", "transposed"),
        ("relu_at_the_output", "evaluate", "relu-at-output"),
    ],
)
def test_a_known_mistake_is_named(sample, exercise, mistake):
    """With the bank's name for it."""
    assert not_passed(graded_class("backprop_relu")[sample])[exercise].mistake == mistake


def test_the_other_lectures_layout_earns_half():
    """Transposed gradients are right in another convention."""
    exercise = not_passed(graded_class("backprop_relu")["transposed_gradients"])["output_gradients"]
    assert exercise.points == exercise.max_points / 2
