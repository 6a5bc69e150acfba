"""Least squares, decisions, XOR, and sums of sigmoids."""

import itertools

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.activations import absolute_relu
from reference.linear import (
    augment,
    bump,
    least_squares,
    linear_gradient,
    logistic_decision,
    logistic_regression_gradient,
    logistic_risk,
    perceptron,
    perceptron_decision,
    perceptron_step,
    polar,
    prediction,
    risk,
    risk_descent,
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


@pytest.mark.parametrize("iterations", [0, 1, 5])
def test_risk_descent_repeats_one_step(iterations):
    """w ← w - η ∇R, by the formula written out; what is given is left as it is."""
    rng = np.random.default_rng(12)
    start, X, y = rng.normal(size=3), rng.normal(size=(6, 2)), rng.normal(size=6)
    w = start.copy()
    for _ in range(iterations):
        w = w - 0.1 * by_autograd(lambda w: anp.mean((w[0] + anp.dot(X, w[1:]) - y) ** 2), w)
    before = start.copy()
    np.testing.assert_allclose(risk_descent(start, X, y, 0.1, iterations), w, rtol=1e-12)
    np.testing.assert_array_equal(start, before)


def test_risk_descent_comes_to_the_closed_form():
    """Two ways to minimise the same risk."""
    rng = np.random.default_rng(13)
    X, y = rng.normal(size=(30, 2)), rng.normal(size=30)
    np.testing.assert_allclose(risk_descent(np.zeros(3), X, y, 0.2, 500), least_squares(X, y), rtol=1e-9)


@given(st.integers(1, 8), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_logistic_regression_gradient_agrees_with_both_oracles(n, d, seed):
    """The mean log loss of σ(w·Aug(x)), any number of examples and features."""
    rng = np.random.default_rng(seed)
    w, X, t = rng.normal(size=d + 1), rng.normal(size=(n, d)), rng.integers(0, 2, n)

    def f(w):
        y = 1 / (1 + anp.exp(-w[0] - anp.dot(X, w[1:])))
        return -anp.mean(t * anp.log(y) + (1 - t) * anp.log(1 - y))

    assert logistic_risk(w, X, t) == pytest.approx(f(w), rel=1e-11)
    assert distance(logistic_regression_gradient(w, X, t), by_autograd(f, w)) < 1e-10
    assert distance(logistic_regression_gradient(w, X, t), by_complex_step(f, w)) < 1e-10


def test_perceptron_and_logistic_neuron_decide_alike():
    """Both say 1 for w·Aug(x) > 0, and 0 on the boundary itself."""
    rng = np.random.default_rng(7)
    w, X = rng.normal(size=3), rng.normal(size=(200, 2))
    np.testing.assert_array_equal(perceptron_decision(w, X), logistic_decision(w, X))
    np.testing.assert_array_equal(perceptron_decision(w, X), w[0] + X @ w[1:] > 0)
    w = np.array([-1.0, 1.0, 0.0])
    assert perceptron_decision(w, np.array([1.0, 5.0])) == logistic_decision(w, np.array([1.0, 5.0])) == 0


def test_a_perceptron_learns_from_its_mistakes_alone():
    """w = (1, 2) says 1 for x = 3: right for class 1, and w - (1, 3) for class 0."""
    w, x = np.array([1.0, 2.0]), np.array([3.0])
    assert perceptron_step(w, x, 1).tolist() == [1.0, 2.0]
    assert perceptron_step(w, x, 0).tolist() == [0.0, -1.0]


def test_a_perceptron_misses_a_class_1_and_moves_towards_it():
    """w = (-1, 0) says 0 for x = 3, so w + (1, 3)."""
    assert perceptron_step(np.array([-1.0, 0.0]), np.array([3.0]), 1).tolist() == [0.0, 3.0]


def test_a_perceptron_comes_to_rest_where_a_line_separates():
    """OR is learnt, and then nothing moves any more; XOR never is."""
    X = np.array(CORNERS)
    w = perceptron(np.zeros(3), X, np.array([0, 1, 1, 1]), 20)
    assert perceptron_decision(w, X).tolist() == [0, 1, 1, 1]
    np.testing.assert_array_equal(perceptron(w, X, np.array([0, 1, 1, 1]), 1), w)
    w = perceptron(np.zeros(3), X, np.array([0, 1, 1, 0]), 20)
    assert perceptron_decision(w, X).tolist() != [0, 1, 1, 0]


def test_no_perceptron_is_right_on_all_of_xor():
    """The sum of the two equal cases is the sum of the two unequal ones, so some corner is always wrong."""
    rng = np.random.default_rng(8)
    decisions = np.array([perceptron_decision(w, np.array(CORNERS)) for w in rng.normal(size=(500, 3))])
    assert not (decisions == [0, 1, 1, 0]).all(axis=1).any()


@pytest.mark.parametrize("corner", CORNERS)
def test_one_unit_that_folds_the_plane_computes_xor(corner):
    """|x1 - x2|: what no unit with a monotone activation can, one with |z| does."""
    assert absolute_relu(np.array([1.0, -1.0]) @ corner) == (corner[0] != corner[1])


def test_a_line_in_polar_coordinates_separates_circles():
    """Points of the circles of radius 1 and 2 differ in r alone."""
    angles = np.linspace(0.1, 1.4, 5)
    for radius in (1.0, 2.0):
        r, theta = polar(radius * np.array([np.cos(angles), np.sin(angles)]))
        np.testing.assert_allclose(r, radius)
        np.testing.assert_allclose(theta, angles)
    assert polar(np.array([3.0, 4.0]))[0] == 5


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


@pytest.mark.parametrize(("left", "right", "height"), [(0.2, 0.5, 1.0), (-3.0, 4.0, -2.5), (1e-3, 2e-3, 40.0)])
def test_two_sigmoids_make_a_bump_of_any_place_width_and_height(left, right, height):
    """Within a hundredth of the height from a tenth of the width inside, and of 0 from as far outside."""
    margin = (right - left) / 10
    inside = np.linspace(left + margin, right - margin, 101)[None]
    outside = np.concatenate([left - margin - np.logspace(-6, 3, 50), right + margin + np.logspace(-6, 3, 50)])[None]
    np.testing.assert_allclose(sum_of_sigmoids(*bump(left, right, height), inside), height, rtol=0.01)
    np.testing.assert_allclose(sum_of_sigmoids(*bump(left, right, height), outside), 0, atol=0.01 * abs(height))
