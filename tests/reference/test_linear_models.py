"""Least squares, decisions, XOR, and sums of sigmoids."""

import itertools

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.linear import (
    augment,
    least_squares,
    linear_gradient,
    logistic_decision,
    perceptron_decision,
    prediction,
    risk,
    risk_gradient,
    sum_of_sigmoids,
    xor_network,
)
from reference.network import forward
from reference.units import step_units
from tests.reference.oracle import by_autograd, by_complex_step, distance

CORNERS = list(itertools.product([0.0, 1.0], repeat=2))


def test_risk_by_hand():
    """w = (1, 2): H(1) = 3, H(2) = 5; against 2 and 7 the risk is (1 + 4) / 2, its gradient (-1, -3)."""
    w, X, y = np.array([1.0, 2.0]), np.array([[1.0], [2.0]]), np.array([2.0, 7.0])
    np.testing.assert_array_equal(prediction(w, X), [3, 5])
    assert risk(w, X, y) == 2.5
    np.testing.assert_array_equal(risk_gradient(w, X, y), [-1, -3])


def test_gradient_of_a_linear_model_is_its_augmented_input():
    """∇_w H = (1, x), with one entry more than x."""
    np.testing.assert_array_equal(linear_gradient(np.array([4.0, -2.0])), [1, 4, -2])
    np.testing.assert_array_equal(augment(np.zeros((3, 2))), [[1, 0, 0]] * 3)


@given(st.integers(1, 8), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_risk_gradient_agrees_with_both_oracles(n, d, seed):
    """Any number of examples and features, one of each included."""
    rng = np.random.default_rng(seed)
    w, X, y = rng.normal(size=d + 1), rng.normal(size=(n, d)), rng.normal(size=n)

    def f(w):
        return anp.sum((w[0] + anp.dot(X, w[1:]) - y) ** 2) / n

    assert risk(w, X, y) == pytest.approx(f(w), rel=1e-12)
    assert distance(risk_gradient(w, X, y), by_autograd(f, w)) < 1e-10
    assert distance(risk_gradient(w, X, y), by_complex_step(f, w)) < 1e-10


def test_least_squares_has_no_gradient_left():
    """The closed form is where the gradient of the risk vanishes, and recovers a noiseless line."""
    rng = np.random.default_rng(6)
    X, y = rng.normal(size=(20, 3)), rng.normal(size=20)
    assert np.linalg.norm(risk_gradient(least_squares(X, y), X, y)) < 1e-14 * 20
    np.testing.assert_allclose(least_squares(X, 2 + X @ [1.0, -1.0, 3.0]), [2, 1, -1, 3], rtol=1e-12)


def test_perceptron_and_logistic_neuron_decide_alike():
    """Both say 1 for wᵀx > 0 and 0 on the boundary itself."""
    rng = np.random.default_rng(7)
    w, X = rng.normal(size=3), rng.normal(size=(3, 200))
    np.testing.assert_array_equal(perceptron_decision(w, X), logistic_decision(w, X))
    assert perceptron_decision(w, np.zeros(3)) == logistic_decision(w, np.zeros(3)) == 0


def test_no_perceptron_is_right_on_all_of_xor():
    """The sum of the two equal cases is the sum of the two unequal ones, so some corner is always wrong."""
    rng = np.random.default_rng(8)
    corners = np.array([(1.0, *corner) for corner in CORNERS]).T
    decisions = np.array([perceptron_decision(w, corners) for w in rng.normal(size=(500, 3))])
    assert not (decisions == [0, 1, 1, 0]).all(axis=1).any()


@pytest.mark.parametrize("corner", CORNERS)
def test_network_of_steps_computes_xor(corner):
    """With a hidden layer the four corners are all right."""
    W, b = xor_network()
    _, h = forward(W, b, np.array(corner), [step_units()] * 2)
    assert h[-1] == [corner[0] != corner[1]]


def test_sum_of_sigmoids_is_the_sum_of_sigmoids():
    """For one point and for columns, F is what its formula says."""
    rng = np.random.default_rng(9)
    alpha, W, b, X = rng.normal(size=4), rng.normal(size=(4, 2)), rng.normal(size=4), rng.normal(size=(2, 3))
    expected = [sum(alpha[i] / (1 + np.exp(-W[i] @ x - b[i])) for i in range(4)) for x in X.T]
    np.testing.assert_allclose(sum_of_sigmoids(alpha, W, b, X), expected, rtol=1e-13)
    assert sum_of_sigmoids(alpha, W, b, X[:, 0]) == pytest.approx(expected[0], rel=1e-13)


def test_steep_sigmoids_approximate_a_bump():
    """Two steep sigmoids of opposite sign make the indicator of an interval, as near as one likes."""
    x = np.array([[0.1, 0.3, 0.5, 0.7, 0.9]])
    bump = sum_of_sigmoids(np.array([1.0, -1.0]), np.full((2, 1), 1e4), np.array([-4e3, -6e3]), x)
    np.testing.assert_allclose(bump, [0, 0, 1, 0, 0], atol=1e-12)
