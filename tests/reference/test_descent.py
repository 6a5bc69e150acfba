"""Gradient descent in its three modes."""

import numpy as np
import pytest

from reference.descent import descend, descent_step, minibatches, shuffled, single_examples, whole_batch
from reference.linear import least_squares, risk_gradient

rng = np.random.default_rng(10)
X, Y = rng.normal(size=(7, 2)), rng.normal(size=7)


def test_step_goes_against_the_gradient():
    """w - α ∇, in a new array."""
    w = np.array([1.0, 2.0])
    np.testing.assert_array_equal(descent_step(w, np.array([10.0, -10.0]), 0.1), [0, 3])
    np.testing.assert_array_equal(w, [1, 2])


@pytest.mark.parametrize(("size", "lengths"), [(3, [3, 3, 1]), (7, [7]), (10, [7]), (1, [1] * 7)])
def test_minibatches_keep_the_order_and_all_examples(size, lengths):
    """Batches of the size, in order; the last may be smaller."""
    batches = minibatches(X, Y, size)
    assert [len(y) for _, y in batches] == lengths
    np.testing.assert_array_equal(np.concatenate([x for x, _ in batches]), X)
    np.testing.assert_array_equal(np.concatenate([y for _, y in batches]), Y)


def test_the_modes_differ_in_their_batches_alone():
    """Batch descent takes all examples at once, stochastic descent one at a time."""
    assert [len(y) for _, y in whole_batch(X, Y)] == [7]
    assert [len(y) for _, y in single_examples(X, Y)] == [1] * 7


@pytest.mark.parametrize("cut", [whole_batch, lambda X, y: minibatches(X, y, 3), single_examples])
def test_all_modes_find_a_line_without_noise(cut):
    """Where every example has its least loss at one place, each mode ends there."""
    y = 2 + X @ [1.0, -1.0]
    w = descend(np.zeros(3), risk_gradient, cut(X, y), 0.05, 2_000)
    np.testing.assert_allclose(w, [2, 1, -1], rtol=1e-9)


def test_batch_descent_finds_least_squares():
    """With noise, all examples at once lead to the closed form."""
    w = descend(np.zeros(3), risk_gradient, whole_batch(X, Y), 0.1, 2_000)
    np.testing.assert_allclose(w, least_squares(X, Y), rtol=1e-9)


def test_one_epoch_of_single_examples_by_hand():
    """Each step sees the weights that the step before it left."""
    w = np.zeros(3)
    for x, y in zip(X, Y, strict=True):
        w = w - 0.1 * 2 * (w[0] + w[1:] @ x - y) * np.array([1.0, *x])
    np.testing.assert_allclose(descend(np.zeros(3), risk_gradient, single_examples(X, Y), 0.1, 1), w, rtol=1e-13)


def test_shuffling_keeps_examples_and_targets_together():
    """The order changes, the pairs do not."""
    X_new, Y_new = shuffled(X, Y, np.random.default_rng(1))
    order = [int(np.flatnonzero(y == Y)[0]) for y in Y_new]
    assert sorted(order) == list(range(7)) != order
    np.testing.assert_array_equal(X_new, X[order])
