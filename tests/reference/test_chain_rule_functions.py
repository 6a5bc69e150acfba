"""The chain rule along one path and several, and the small models that it is applied to."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference import chain_rule
from tests.reference.oracle import by_autograd, by_complex_step, distance, flat, layers, output, split

seeds = st.integers(0, 2**32 - 1)
numbers = st.floats(-3, 3)


def assert_gradient(f, theta, gradient):
    """The gradient of f at theta is right to ten digits, by two methods that share nothing with the reference."""
    assert distance(gradient, by_autograd(f, theta)) < 1e-10
    assert distance(gradient, by_complex_step(f, theta)) < 1e-10


# ITCS 6156 and CSC321: the lectures' examples.

CHAINS = {
    chain_rule.composite_derivative: lambda x: 2 * (x**3 + 2 * x) ** 2 - 3 * (x**3 + 2 * x) + 1,
    chain_rule.two_path_derivative: lambda x: 2 * (3 * x) ** 2 - 3 * (3 * x) * (x**2 + 2 * x) + 1,
    chain_rule.exponential_path_derivative: lambda t: t**2 + anp.exp(anp.cos(t) * t**2),
}


@pytest.mark.parametrize("derivative", CHAINS, ids=lambda f: f.__name__)
@given(x=numbers)
def test_derivatives_of_the_lectures_examples(derivative, x):
    """Automatic differentiation of the formula agrees wherever x is."""
    assert derivative(x) == pytest.approx(by_autograd(CHAINS[derivative], x), rel=1e-10, abs=1e-10)


@given(numbers, numbers, numbers, numbers, st.floats(0, 2))
def test_logistic_least_squares(w, b, x, t, lam):
    """CSC321: loss and derivatives, plain (λ = 0) and regularized."""

    def L(theta, lam):
        return (1 / (1 + anp.exp(-theta[0] * x - theta[1])) - t) ** 2 / 2 + lam * theta[0] ** 2 / 2

    theta = np.array([w, b])
    plain = chain_rule.logistic_least_squares(w, b, x, t)
    regularized = chain_rule.regularized_logistic_least_squares(w, b, x, t, lam)
    assert (plain[0], regularized[0]) == pytest.approx((L(theta, 0), L(theta, lam)), rel=1e-12)
    assert_gradient(lambda theta: L(theta, 0), theta, np.array(plain[1:]))
    assert_gradient(lambda theta: L(theta, lam), theta, np.array(regularized[1:]))


@given(st.integers(1, 5), st.integers(1, 5), seeds)
def test_multiclass_logistic(d, k, seed):
    """CSC321: one softmax layer; the loss is taken from the logits and is the same."""
    rng = np.random.default_rng(seed)
    [W], [b] = layers(rng, [(k, d)])
    x, t = rng.normal(size=d), np.eye(k)[rng.integers(k)]

    def L(theta):
        return -anp.sum(t * anp.log(output(split(theta, [(k, d)]), ["softmax"], x[:, None])[:, 0]))

    loss, dW, db = chain_rule.multiclass_logistic(W, b, x, t)
    assert loss == pytest.approx(L(flat([W], [b])), rel=1e-11, abs=1e-14)
    assert_gradient(L, flat([W], [b]), flat([dW], [db]))


def test_multiclass_logistic_far_out():
    """Logits of 1000 give a finite loss and gradient."""
    loss, dW, db = chain_rule.multiclass_logistic(
        np.eye(2) * 1000, np.zeros(2), np.array([1.0, 0.0]), np.array([0.0, 1.0])
    )
    assert loss == 1000
    assert db.tolist() == [1, -1]
    assert dW.tolist() == [[1, 0], [-1, 0]]


@given(st.integers(1, 8), seeds)
def test_deep_and_thin_network(L, seed):
    """CS6910 4.4: L logistic units in a row, ½(ŷ - y)²."""
    rng = np.random.default_rng(seed)
    w, x, y = rng.normal(size=L) * 2, rng.normal(), rng.normal()

    def loss(w):
        h = x
        for k in range(L):
            h = 1 / (1 + anp.exp(-w[k] * h))
        return (h - y) ** 2 / 2

    came, gradient = chain_rule.thin_gradient(w, x, y)
    assert came == pytest.approx(loss(w), rel=1e-11)
    assert_gradient(loss, w, gradient)


@given(st.integers(2, 30), seeds)
def test_the_first_gradient_of_a_deep_and_thin_network_vanishes(L, seed):
    """CS6910 4.4: |∂L/∂w_1| ≤ |ŷ - y| |x| Π_{l>1}|w_l| / 4^L, since σ' ≤ ¼."""
    rng = np.random.default_rng(seed)
    w, x, y = rng.uniform(-1, 1, L), rng.normal(), rng.normal()
    loss, gradient = chain_rule.thin_gradient(w, x, y)
    assert abs(gradient[0]) <= np.sqrt(2 * loss) * abs(x) * np.prod(np.abs(w[1:])) / 4**L * (1 + 1e-9)
