"""Losses by hand, their gradients against automatic differentiation, and losses from logits far out."""

import autograd.numpy as anp
import numpy as np
import pytest

from reference import losses, vectorized
from reference.activations import sigmoid, softmax
from tests.reference.oracle import by_autograd, distance

rng = np.random.default_rng(4)
Y_HAT, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
LOGITS = rng.normal(size=4)


def test_squared_error_by_hand():
    """The mean over rows of the summed squares: (1 + 4 + 9 + 16) / 2."""
    assert losses.squared_error(np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros((2, 2))) == 15


def test_half_squared_error_by_hand():
    """½ of the summed squares, mean over the columns; one example is a batch of one."""
    assert losses.half_squared_error(np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros((2, 2))) == 7.5
    assert losses.half_squared_error(np.array([1.0, 3.0]), np.zeros(2)) == 5


def test_losses_of_numbers_and_vectors_by_hand():
    """Squared loss without ½, log loss and cross-entropy in nats."""
    assert losses.squared_loss(3.0, 1.0) == 4
    assert losses.log_loss(1.0, 0.25) == pytest.approx(np.log(4))
    assert losses.log_loss(0.0, 0.25) == pytest.approx(np.log(4 / 3))
    y_hat = np.array([0.5, 0.125, 0.375])
    assert losses.cross_entropy(y_hat, 1) == pytest.approx(np.log(8))
    assert losses.cross_entropy_loss(np.array([0.0, 1.0, 0.0]), y_hat) == pytest.approx(np.log(8))


def test_negative_log_likelihood_is_the_mean_cross_entropy():
    """Over a batch it is the mean of the examples' cross-entropies."""
    A, labels = softmax(rng.normal(size=(3, 4))), [0, 2, 1, 2]
    expected = np.mean([losses.cross_entropy(A[:, i], label) for i, label in enumerate(labels)])
    assert losses.negative_log_likelihood(A, np.eye(3)[:, labels]) == pytest.approx(expected, rel=1e-14)


def test_l2_penalty_is_half_alpha_times_the_squared_norm():
    """α/2 of the sum of all squared weights, and its gradient α W."""
    W = [np.array([[1.0, 2.0]]), np.array([[3.0]])]
    assert losses.l2_penalty(W, 0.5) == 3.5
    np.testing.assert_array_equal(losses.l2_gradient(W[0], 0.5), [[0.5, 1.0]])


def test_gradient_of_the_squared_error():
    """2/N times the residuals."""
    expected = by_autograd(lambda y_hat: anp.mean(anp.sum((y_hat - Y) ** 2, axis=1)), Y_HAT)
    assert distance(losses.squared_error_gradient(Y_HAT, Y), expected) < 1e-14


def test_gradient_of_the_half_squared_error_of_an_example():
    """The residual itself."""
    expected = by_autograd(lambda a: anp.sum((a - Y[0]) ** 2) / 2, Y_HAT[0])
    assert distance(losses.half_squared_error_gradient(Y_HAT[0], Y[0]), expected) < 1e-14


@pytest.mark.parametrize("label", range(4))
def test_output_gradients_of_the_cross_entropy(label):
    """-e(ℓ)/ŷ_ℓ at the output, -(e(ℓ) - ŷ) before the softmax."""
    y_hat = softmax(LOGITS)
    at_output = by_autograd(lambda y: -anp.log(y[label]), y_hat)
    before = by_autograd(lambda a: -anp.log(anp.exp(a[label]) / anp.sum(anp.exp(a))), LOGITS)
    assert distance(losses.output_gradient(y_hat, label), at_output) < 1e-14
    assert distance(losses.output_preactivation_gradient(y_hat, label), before) < 1e-14
    assert distance(losses.cross_entropy_delta(np.eye(4)[label], y_hat), before) < 1e-14


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_delta_of_the_log_loss(y):
    """o - y before the logistic; the squared loss has 2 (o - y)."""
    o = float(sigmoid(0.7))
    expected = by_autograd(lambda z: -y * anp.log(1 / (1 + anp.exp(-z))) - (1 - y) * anp.log(1 / (1 + anp.exp(z))), 0.7)
    assert losses.log_loss_delta(y, o) == pytest.approx(expected, rel=1e-13)
    assert losses.squared_loss_derivative(y, o) == 2 * (o - y)


def test_losses_from_logits_are_the_losses():
    """Where nothing is large, taking logits changes nothing."""
    t = np.eye(4)[2]
    assert losses.cross_entropy_from_logits(t, LOGITS) == pytest.approx(losses.cross_entropy(softmax(LOGITS), 2))
    assert losses.log_loss_from_logit(np.array(1.0), np.array(0.7)) == pytest.approx(losses.log_loss(1.0, sigmoid(0.7)))


def test_losses_from_logits_stay_finite_far_out():
    """A wrong decision at |z| = 1000 costs 1000 nats, a right one nothing; nothing overflows."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        z, y = np.array([1000.0, 1000.0, -1000.0, -1000.0]), np.array([0.0, 1.0, 0.0, 1.0])
        np.testing.assert_array_equal(losses.log_loss_from_logit(y, z), [1000, 0, 0, 1000])
        assert losses.cross_entropy_from_logits(np.array([0.0, 1.0]), np.array([1000.0, 0.0])) == 1000


CERTAIN = softmax(np.array([0.0, -1000.0]))


def test_another_class_of_probability_0_changes_no_loss():
    """The logarithm is taken at the label alone: softmax([0, -1000]) = [1, 0] costs its first class nothing."""
    with np.errstate(all="raise"):
        assert losses.cross_entropy(CERTAIN, 0) == 0
        assert losses.cross_entropy_loss(np.array([1.0, 0.0]), CERTAIN) == 0
        assert losses.log_loss(1.0, 1.0) == losses.log_loss(0.0, 0.0) == 0
        assert losses.negative_log_likelihood(CERTAIN[:, None], np.array([[1.0], [0.0]])) == 0
        assert vectorized.cost([np.eye(2)], CERTAIN[:, None], np.array([[1.0], [0.0]]), 1.0) == 1


def test_a_label_of_probability_0_costs_infinitely_much():
    """Infinite, and not nan."""
    assert losses.cross_entropy(CERTAIN, 1) == losses.log_loss(1.0, 0.0) == np.inf


@pytest.mark.parametrize("label", [-1, 4])
def test_label_outside_the_classes(label):
    """A label that is no class is an error, and not the last class."""
    with pytest.raises(ValueError, match="not one of the classes 0 to 3"):
        losses.cross_entropy(softmax(LOGITS), label)


def test_log_likelihood_is_what_the_cross_entropy_lowers():
    """ln ŷ_ℓ, the loss with the opposite sign."""
    assert losses.log_likelihood(np.array([0.25, 0.75]), 0) == pytest.approx(np.log(0.25))


def test_zero_one_loss_counts_wrong_decisions():
    """1 for a wrong one, 0 for a right one, whatever the classes are called."""
    assert [losses.zero_one_loss(y, t) for y, t in [(1, 1), (0, 1), (-1, 1), (3, 3)]] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("z", "t", "loss", "gradient"), [(0.25, 1, 0.75, -1), (0.25, -1, 1.25, 1), (3.0, 1, 0, 0), (-3.0, -1, 0, 0)]
)
def test_hinge_loss_and_its_gradient_by_hand(z, t, loss, gradient):
    """max(0, 1 - t z): it pushes with -t while the margin is below 1, and then lets go."""
    assert losses.hinge_loss(z, t) == loss
    assert losses.hinge_gradient(z, t) == gradient


@pytest.mark.parametrize("t", [-1, 1])
@pytest.mark.parametrize("z", [-2.5, -0.9, 0.3, 1.7])
def test_hinge_gradient_agrees_with_automatic_differentiation(z, t):
    """On both sides of the kink."""
    assert losses.hinge_gradient(z, t) == by_autograd(lambda z: anp.maximum(0.0, 1 - t * z), z)
    assert losses.hinge_gradient(1.0, 1) == 0
