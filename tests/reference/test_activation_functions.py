"""Activation functions, their derivatives, and what they do with large numbers."""

import math

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, jacobian
from hypothesis import given
from hypothesis import strategies as st

from reference import activations
from reference.activations import (
    absolute_relu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    log_softmax,
    maxout,
    maxout_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_jacobian,
    softplus,
    softplus_derivative,
    step,
    step_derivative,
    tanh_derivative,
)
from tests.reference.oracle import ACTIVATIONS

PAIRS = {
    "logistic": (sigmoid, sigmoid_derivative),
    "tanh": (activations.tanh, tanh_derivative),
    "relu": (relu, relu_derivative),
    "leaky_relu": (lambda z: leaky_relu(z, 0.2), lambda z: leaky_relu_derivative(z, 0.2)),
    "absolute_relu": (activations.absolute_relu, absolute_relu_derivative),
    "softplus": (softplus, softplus_derivative),
    "linear": (activations.linear, activations.linear_derivative),
}
numbers = st.lists(st.floats(-15, 15).filter(lambda z: abs(z) > 1e-6), min_size=1, max_size=8).map(np.array)
LARGE = np.array([-1000.0, -745.0, -1.0, 0.0, 1.0, 745.0, 1000.0])


@pytest.mark.parametrize("name", PAIRS)
@given(z=numbers)
def test_value_and_derivative(name, z):
    """Values follow the textbook formula, derivatives its complex step."""
    value, derivative = PAIRS[name]
    np.testing.assert_allclose(value(z), ACTIVATIONS[name](z), rtol=1e-11, atol=1e-15)
    np.testing.assert_allclose(derivative(z), np.imag(ACTIVATIONS[name](z + 1e-30j)) / 1e-30, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("shape", [(), (3,), (3, 2), (2, 1, 4)])
def test_shape_is_kept(name, shape):
    """Whatever the shape of z, value and derivative have it too."""
    z = np.full(shape, 0.5)
    assert [np.shape(f(z)) for f in PAIRS[name]] == [shape, shape]


def test_unit_step_is_one_at_zero():
    """The step is 0 below 0 and 1 from 0 on; its derivative is 0."""
    z = np.array([-1e-9, 0.0, 1e-9])
    np.testing.assert_array_equal(step(z), [0, 1, 1])
    np.testing.assert_array_equal(step_derivative(z), [0, 0, 0])


def test_subgradients_at_the_kinks():
    """At 0, where there is no derivative, the value that the docstring names is taken."""
    zero = np.zeros(1)
    assert relu_derivative(zero) == 0
    assert leaky_relu_derivative(zero, 0.3) == 0.3
    assert absolute_relu_derivative(zero) == 0


def test_maxout_takes_the_largest_and_passes_on_to_the_first_of_equals():
    """Maximum over the first axis; among equal candidates the first gets the derivative."""
    a = np.array([[1.0, 5.0, 2.0], [3.0, 5.0, 2.0]])
    np.testing.assert_array_equal(maxout(a), [3, 5, 2])
    np.testing.assert_array_equal(maxout_derivative(a), [[0, 1, 1], [1, 0, 0]])


def test_nothing_overflows():
    """|z| of 1000 raises no floating-point warning in any smooth function, value or derivative."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        for f in (sigmoid, sigmoid_derivative, softplus, softplus_derivative, tanh_derivative, softmax, log_softmax):
            assert np.isfinite(f(LARGE)).all()


def test_values_of_large_numbers():
    """Far out, the functions are at their limits, and not before."""
    np.testing.assert_array_equal(sigmoid(np.array([-1000.0, 1000.0])), [0, 1])
    np.testing.assert_array_equal(softplus(np.array([-1000.0, 1000.0])), [0, 1000])
    np.testing.assert_array_equal(softmax(np.array([1000.0, 1000.0, -1000.0])), [0.5, 0.5, 0])
    np.testing.assert_array_equal(log_softmax(np.array([1000.0, 0.0])), [0, -1000])


@pytest.mark.parametrize("z", [-700.0, -40.0, 40.0, 700.0])
def test_tails_keep_their_digits(z):
    """The logistic's tails and its derivative's are e^-|z|, with all digits."""
    assert sigmoid_derivative(z) == pytest.approx(math.exp(-abs(z)), rel=1e-13, abs=0)
    assert sigmoid(-abs(z)) == pytest.approx(math.exp(-abs(z)), rel=1e-13, abs=0)


def test_softmax_of_a_batch_is_the_softmax_of_each_column():
    """Columns are examples: each sums to one on its own."""
    a = np.random.default_rng(3).normal(size=(4, 3))
    np.testing.assert_allclose(softmax(a), np.column_stack([softmax(column) for column in a.T]), rtol=1e-15)
    np.testing.assert_allclose(softmax(a), anp.exp(a) / anp.exp(a).sum(axis=0), rtol=1e-14)
    np.testing.assert_allclose(np.exp(log_softmax(a)), softmax(a), rtol=1e-14)


@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_the_jacobian_of_softmax_agrees_with_automatic_differentiation(k, seed):
    """Entry (i, j) is ∂ŷ_i/∂a_j; it is symmetric, and its rows sum to 0."""
    a = np.random.default_rng(seed).normal(size=k)
    J = softmax_jacobian(softmax(a))
    np.testing.assert_allclose(J, jacobian(ACTIVATIONS["softmax"])(a), rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(J.sum(axis=1), 0, atol=1e-15)


@pytest.mark.parametrize("k", [1, 3])
def test_the_derivative_of_maxout_agrees_with_automatic_differentiation(k):
    """Column by column, 1 at the largest candidate."""
    a = np.random.default_rng(k).normal(size=(k, 4))
    expected = elementwise_grad(lambda a: anp.max(a, axis=0))(a)
    np.testing.assert_array_equal(maxout_derivative(a), expected)
