"""Yehoshua's whole algorithm: a network of sigmoid units trained by mini-batches."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from reference import delta_rule
from tests.reference.oracle import shapes_of

seeds = st.integers(0, 2**32 - 1)
sizes = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def mean_log_loss(W, X, y):
    """The error of a network of sigmoid units, written naively; W as a list, X by rows."""
    a = X.T
    for w in W:
        a = 1 / (1 + anp.exp(-anp.dot(w, a)))
    return -anp.mean(y * anp.log(a[0]) + (1 - y) * anp.log(1 - a[0]))


@given(sizes, st.integers(1, 7), st.integers(1, 8), st.integers(0, 3), seeds)
def test_training(sizes, m, batch_size, epochs, seed):
    """Yehoshua: a step per batch, in order, along the mean gradient of the batch; the losses are over all examples."""
    rng = np.random.default_rng(seed)
    W = [rng.normal(size=shape) for shape in shapes_of([*sizes, 1])]
    X, y = rng.normal(size=(m, sizes[0])), rng.integers(0, 2, m)
    before = [w.copy() for w in W]
    expected, losses = [w.copy() for w in W], [mean_log_loss(W, X, y)]
    for _ in range(epochs):
        for i in range(0, m, batch_size):
            gradients = grad(mean_log_loss)(expected, X[i : i + batch_size], y[i : i + batch_size])
            expected = [w - 0.7 * g for w, g in zip(expected, gradients, strict=True)]
        losses.append(mean_log_loss(expected, X, y))
    after, came = delta_rule.train(W, X, y, 0.7, epochs, batch_size)
    for w, w_expected in zip(after, expected, strict=True):
        np.testing.assert_allclose(w, w_expected, rtol=1e-9, atol=1e-12)
    assert came == pytest.approx(losses, rel=1e-10)
    assert all(np.array_equal(w, w_before) for w, w_before in zip(W, before, strict=True))


def test_training_learns_xor():
    """With a hidden layer, what no single neuron can: the loss falls from ln 2 to almost nothing."""
    X = np.array([[1.0, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]])
    y = np.array([0, 1, 1, 0])
    rng = np.random.default_rng(4)
    W, losses = delta_rule.train([rng.normal(size=(6, 3)), rng.normal(size=(1, 6))], X, y, 5.0, 2000, 4)
    assert losses[0] > 0.6
    assert losses[-1] < 0.01
    assert (delta_rule.outputs(W, X) > 0.5).tolist() == [False, True, True, False]
