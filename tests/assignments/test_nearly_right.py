"""What is right nearly everywhere loses points under every seed; what is right by another formula never does."""

import copy
from functools import cache

import numpy as np
import pytest

from grader.assignment.catalogue import load, shipped
from grader.assignment.sheet import expected_cases
from grader.judging.comparison import compare
from grader.judging.tolerance import tolerance_of
from reference import activations, delta_rule, vectorized
from tests.assignments.nearly_right_networks import NETWORKS, forward_with_logistic
from tests.assignments.nearly_right_steps import (
    GRAPHS,
    LOSSES,
    WEIGHTS,
    a_message_per_place,
    article_with_fixed_weight,
    signals_by,
)
from tests.assignments.nearly_right_units import TAILS, logistic_within, softplus_is_z_above, softplus_is_zero_below

SEEDS = range(8)
EXERCISES = {(name, exercise.name): exercise for name in shipped() for exercise in load(name).exercises}


@cache
def asked(assignment, exercise, seed):
    return expected_cases(EXERCISES[assignment, exercise], seed)


def marks(assignment, exercise, function, seed):
    """Case by case, whether the function passes."""
    declared = EXERCISES[assignment, exercise]
    return [passes(declared, expected, function) for expected in asked(assignment, exercise, seed)]


def passes(declared, expected, function):
    args = expected.case.args
    with np.errstate(all="ignore"):
        answer = function(*copy.deepcopy(args))
    if declared.property is not None:
        return declared.property(answer, *args) == ""
    return compare(expected.expected, answer, tolerance_of(declared, [expected.expected]), inputs=args) is None


def loses_a_part(assignment, exercise, function):
    """Under every seed some case fails; not all do so always, as what is wrong throughout belongs in no table here."""
    grades = [marks(assignment, exercise, function, seed) for seed in SEEDS]
    return not any(map(all, grades)) and any(map(any, grades))


def every(table):
    """(assignment, exercise, function) of a table, each under its name."""
    rows = [
        pytest.param(*key.split("."), function, id=f"{key}: {name}")
        for key, functions in table.items()
        for name, function in functions.items()
    ]
    return pytest.mark.parametrize(("assignment", "exercise", "function"), rows)


@every(TAILS)
def test_a_function_that_is_wrong_in_its_tails_or_near_its_kink_loses_points(assignment, exercise, function):
    """Cut too early, with a ceiling, with a threshold that is not 0, or with an overflow."""
    assert loses_a_part(assignment, exercise, function)


@every(NETWORKS)
def test_a_function_that_is_wrong_for_one_kind_of_network_or_label_loses_points(assignment, exercise, function):
    """Square matrices, deep or saturated networks, a single output, the first or the last label."""
    assert loses_a_part(assignment, exercise, function)


@every(LOSSES)
def test_a_function_that_is_wrong_for_one_class_sign_or_size_loses_points(assignment, exercise, function):
    """Negative weights, unlikely labels, a rest of one example, a layer of one neuron."""
    assert loses_a_part(assignment, exercise, function)


@pytest.mark.parametrize(("layer", "place"), WEIGHTS)
def test_a_step_that_leaves_one_weight_as_it_is_loses_points(layer, place):
    """Even the one whose update moves the output by less than a millionth."""
    assert marks("delta_rule", "worked_example", article_with_fixed_weight(layer, place), seed=0) == [False]


@every(GRAPHS)
def test_a_function_that_is_wrong_where_a_parent_is_listed_twice_or_paths_differ_loses_points(
    assignment, exercise, function
):
    """The product of a node with itself has two messages for it."""
    assert loses_a_part(assignment, exercise, function)


def logarithm_of_a_little_more(y_hat, label):
    return -np.log(y_hat[label] + 1e-12)


def article_to_ten_digits():
    before, deltas, after = delta_rule.worked_example()
    return round(before, 10), [round(delta, 10) for delta in deltas], round(after, 10)


def ones(X):
    return np.column_stack([np.ones(len(X)), X])


HARMLESS = {
    "activations.softplus": {"z above 20": softplus_is_z_above(20), "0 below -20": softplus_is_zero_below(-20)},
    "activations.sigmoid": {f"clipped at {c}": logistic_within(c) for c in (20, 500)},
    "activations.sigmoid_derivative": {
        "by the cosine": lambda z: 0.25 / np.cosh(np.clip(z, -700, 700) / 2) ** 2,
        "difference quotient": lambda z: (activations.sigmoid(z + 1e-6) - activations.sigmoid(z - 1e-6)) / 2e-6,
    },
    "vectorized.logistic_decision": {"by its sign": lambda w, x: int(w[0] + w[1:] @ x > 0)},
    "vectorized.bump": {
        "steeper": lambda left, right, height: (
            np.array([height, -height]),
            np.full((2, 1), 500 / (right - left)),
            -500 / (right - left) * np.array([left, right]),
        ),
        "just steep enough": lambda left, right, height: (
            np.array([height, -height]),
            np.full((2, 1), 55 / (right - left)),
            -55 / (right - left) * np.array([left, right]),
        ),
        "both turned around": lambda left, right, height: (
            np.array([height, -height]),
            np.full((2, 1), -100 / (right - left)),
            100 / (right - left) * np.array([right, left]),
        ),
        "as a list": lambda left, right, height: tuple(part.tolist() for part in vectorized.bump(left, right, height)),
    },
    "activations.tanh": {
        "by the logistic function": lambda z: 2 * activations.sigmoid(2 * z) - 1,
        "by one power": lambda z: 1 - 2 / (np.exp(2 * z) + 1),
    },
    "activations.maxout_derivative": {"by argmax": lambda a: np.eye(len(a))[a.argmax(axis=0)].T},
    "activations.tanh_derivative": {"by the cosine": lambda z: np.cosh(z) ** -2.0},
    "backprop_relu.least_squares": {
        "normal equations": lambda X, y: np.linalg.solve(ones(X).T @ ones(X), ones(X).T @ y),
        "pseudoinverse": lambda X, y: np.linalg.pinv(ones(X)) @ y,
    },
    "feedforward.softmax": {"by the sum of logarithms": lambda a: np.exp(a - np.logaddexp.reduce(a))},
    "feedforward.cross_entropy": {"1e-12 within the logarithm": logarithm_of_a_little_more},
    "feedforward.softmax_jacobian": {
        "row by row": lambda y: [[a * ((i == j) - b) for j, b in enumerate(y)] for i, a in enumerate(y)]
    },
    "feedforward.forward_propagation": {"clipped at 20": forward_with_logistic(logistic_within(20))},
    "delta_rule.worked_example": {
        "ten digits": article_to_ten_digits,
        "plain NumPy": article_with_fixed_weight(layer=-1, place=()),
    },
    "computation_graph.error_signals": {"a message per place": signals_by(a_message_per_place)},
}


@every(HARMLESS)
def test_another_right_formula_keeps_all_points(assignment, exercise, function):
    """Bounds that cut nothing which could be seen, a safe logarithm, digits enough."""
    assert all(all(marks(assignment, exercise, function, seed)) for seed in SEEDS)
