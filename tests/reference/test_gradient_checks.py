"""The checks that tell a right gradient from a wrong one, tested with wrong ones."""

import numpy as np
import pytest

from reference.checks import central_differences, complex_step, direction_error, gradient_error, relative_error
from reference.losses import cross_entropy_delta, negative_log_likelihood
from reference.network import backward, forward
from reference.parameters import pack, unpack
from reference.units import softmax_units, tanh_units

M = 5
SHAPES = [(4, 4), (3, 4)]
G = [tanh_units(), softmax_units()]
rng = np.random.default_rng(11)
W, B = [rng.normal(size=shape) / 2 for shape in SHAPES], [rng.normal(size=(rows, 1)) for rows, _ in SHAPES]
X, Y = rng.normal(size=(4, M)), np.eye(3)[:, rng.integers(0, 3, M)]
THETA = pack(W, B)


def cost(theta):
    """Mean cross-entropy of the batch at a parameter vector."""
    W1, b1, W2, b2 = np.split(theta, [16, 20, 32])
    _, h = forward([W1.reshape(4, 4), W2.reshape(3, 4)], [b1, b2], X, G)
    return negative_log_likelihood(h[-1], Y)


def right():
    """The gradient of `cost`, as lists."""
    a, h = forward(W, B, X, G)
    return backward(W, h, a, G, cross_entropy_delta(Y, h[-1]) / M)


def a_sign(grad_W, grad_b):
    """The first layer's biases against their gradient."""
    return grad_W, [-grad_b[0], grad_b[1]]


def a_missing_mean(grad_W, grad_b):
    """The last layer's weights without 1/m."""
    return [grad_W[0], M * grad_W[1]], grad_b


def a_transpose(grad_W, grad_b):
    """The square layer's gradient turned over."""
    return [grad_W[0].T, grad_W[1]], grad_b


def a_thousandth(grad_W, grad_b):
    """All of it 0.1 % too large."""
    return [1.001 * g for g in grad_W], [1.001 * g for g in grad_b]


ERRORS = [a_sign, a_missing_mean, a_transpose, a_thousandth]


def test_right_gradient_passes_all_checks():
    """Central differences agree to seven digits, along every parameter and along random directions."""
    gradient = pack(*right())
    assert gradient_error(cost, gradient, THETA) < 1e-7
    assert direction_error(cost, gradient, THETA, np.random.default_rng(0)) < 1e-7


@pytest.mark.parametrize("plant", ERRORS)
def test_planted_error_is_caught_parameter_by_parameter(plant):
    """A sign, a missing 1/m, a transpose and 0.1 % too much all stand out a thousandfold."""
    assert gradient_error(cost, pack(*plant(*right())), THETA) > 1e-4


@pytest.mark.parametrize("plant", ERRORS)
@pytest.mark.parametrize("seed", range(5))
def test_planted_error_is_caught_along_random_directions(plant, seed):
    """The cheap check catches them, too, whatever the directions."""
    assert direction_error(cost, pack(*plant(*right())), THETA, np.random.default_rng(seed)) > 1e-4


def test_random_directions_serve_a_large_network():
    """With 20,501 parameters eight evaluations suffice to see 0.1 %."""
    rng = np.random.default_rng(12)
    shapes = [(100, 100), (100, 100), (100, 1)]
    theta = rng.normal(size=sum((rows + 1) * cols for rows, cols in shapes)) / 10
    x, g = rng.normal(size=100), [tanh_units()] * 3

    def passes(theta):
        W, b = unpack(theta, shapes)
        return [w.T for w in W], *forward([w.T for w in W], b, x, g)

    W, a, h = passes(theta)
    grad_W, grad_b = backward(W, h, a, g, g[-1].backward(np.ones(1), a[-1]))
    gradient = pack([w.T for w in grad_W], grad_b)

    def f(theta):
        return float(passes(theta)[-1][-1][0])

    assert direction_error(f, gradient, theta, rng) < 1e-6
    assert direction_error(f, 1.001 * gradient, theta, rng) > 5e-4


def test_central_differences_and_complex_step_of_a_known_function():
    """∇ of x² y + e^x: seven digits by differences, all by complex step."""
    theta = np.array([0.3, -2.0])
    expected = np.array([2 * 0.3 * -2.0 + np.exp(0.3), 0.09])

    def f(v):
        return v[0] ** 2 * v[1] + np.exp(v[0])

    assert relative_error(central_differences(f, theta), expected) < 1e-9
    assert relative_error(complex_step(f, theta), expected) < 1e-15


def test_relative_error():
    """0 for equal ones, 2 for opposite ones, 0 where both are zero; NaN is never small."""
    g = np.array([3.0, 4.0])
    assert relative_error(g, g) == relative_error(0 * g, 0 * g) == 0
    assert relative_error(g, -g) == 2
    assert relative_error(g, 0 * g) == 1
    assert not relative_error(np.array([np.nan, 0.0]), g) < 1
