"""The lectures' own functions, in their layouts, against automatic differentiation and complex steps."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference import computation_graph, delta_rule, feedforward, relu_network, vectorized
from tests.reference.oracle import (
    ACTIVATIONS,
    by_autograd,
    by_complex_step,
    distance,
    flat,
    layers,
    output,
    shapes_of,
    split,
)

seeds = st.integers(0, 2**32 - 1)
sizes = st.lists(st.integers(1, 5), min_size=2, max_size=5)
numbers = st.floats(-3, 3)


def assert_gradient(f, theta, gradient):
    """The gradient of f at theta is right to ten digits, by two methods that share nothing with the reference."""
    assert distance(gradient, by_autograd(f, theta)) < 1e-10
    assert distance(gradient, by_complex_step(f, theta)) < 1e-10


# CS6910: logistic hidden layers, softmax output, one example.


def classifier(sizes, seed):
    """Shapes, parameters, input and label of a random classifier."""
    rng = np.random.default_rng(seed)
    W, b = layers(rng, shapes_of(sizes))
    return shapes_of(sizes), W, b, rng.normal(size=sizes[0]), int(rng.integers(sizes[-1]))


def cross_entropy_of(shapes, x, label):
    """The cross-entropy as a function of the parameter vector, written naively."""
    names = ["logistic"] * (len(shapes) - 1) + ["softmax"]
    return lambda theta: -anp.log(output(split(theta, shapes), names, x[:, None])[label, 0])


@given(sizes, seeds)
def test_back_propagation(sizes, seed):
    """CS6910 4.8: the gradients of the cross-entropy for any depth, width and label."""
    shapes, W, b, x, label = classifier(sizes, seed)
    h, a, y_hat = feedforward.forward_propagation(W, b, x)
    f = cross_entropy_of(shapes, x, label)
    assert feedforward.cross_entropy(y_hat, label) == pytest.approx(f(flat(W, b)), rel=1e-11, abs=1e-14)
    assert_gradient(f, flat(W, b), flat(*feedforward.back_propagation(W, x, h, a, label, y_hat)))


@given(sizes, seeds)
def test_forward_propagation_returns_hidden_layers_and_preactivations(sizes, seed):
    """CS6910 4.8: L pre-activations, L-1 hidden activations, and probabilities."""
    _, W, b, x, _ = classifier(sizes, seed)
    h, a, y_hat = feedforward.forward_propagation(W, b, x)
    assert [v.shape for v in a] == [(size,) for size in sizes[1:]]
    assert [v.shape for v in h] == [(size,) for size in sizes[1:-1]]
    assert y_hat.sum() == pytest.approx(1)


@given(sizes, seeds, st.integers(0, 4))
def test_gradient_descent_repeats_one_step(sizes, seed, iterations):
    """CS6910 4.8: each step uses the gradient at the parameters before it; nothing given is changed."""
    shapes, W, b, x, label = classifier(sizes, seed)
    theta = flat(W, b)
    for _ in range(iterations):
        theta = theta - 0.3 * by_autograd(cross_entropy_of(shapes, x, label), theta)
    before = flat(W, b)
    assert distance(flat(*feedforward.gradient_descent(W, b, x, label, 0.3, iterations)), theta) < 1e-10
    np.testing.assert_array_equal(flat(W, b), before)


def test_steps_of_back_propagation_by_hand():
    """CS6910 4.6 and 4.7: Wᵀ∇, ∇ ⊙ σ', ∇ hᵀ and ∇, with matrices that are not square."""
    W_next, grad_a = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([1.0, -1.0])
    assert feedforward.hidden_gradient(W_next, grad_a).tolist() == [-3, -3, -3]
    assert feedforward.preactivation_gradient(np.array([4.0, 8.0]), np.zeros(2)).tolist() == [1, 2]
    assert feedforward.weight_gradient(grad_a, np.array([1.0, 2.0, 3.0])).tolist() == [[1, 2, 3], [-1, -2, -3]]
    assert feedforward.bias_gradient(grad_a).tolist() == [1, -1]


def test_back_propagation_names_the_layer():
    """A weight matrix lying on its side is refused with the layer's number."""
    _, W, b, x, label = classifier([3, 4, 2], 1)
    h, a, y_hat = feedforward.forward_propagation(W, b, x)
    with pytest.raises(ValueError, match="layer 2"):
        feedforward.back_propagation([W[0], W[1].T], x, h, a, label, y_hat)
    with pytest.raises(ValueError, match="layer 1"):
        feedforward.forward_propagation([W[0].T, W[1]], b, x)


# DSC 140B: W[from, to], the gradient of the output itself.


@given(sizes, seeds)
def test_output_gradients(sizes, seed):
    """DSC 140B: ∂H/∂W and ∂H/∂b, with W from node i to node j."""
    sizes = [*sizes, 1]
    _, W, b, x, _ = classifier(sizes, seed)
    turned, names = [w.T for w in W], ["relu"] * (len(W) - 1) + ["linear"]

    def H(theta):
        return output(split(theta, shapes_of(sizes)), names, x[:, None])[0, 0]

    grad_W, grad_b = relu_network.output_gradients(turned, b, x)
    assert relu_network.evaluate(turned, b, x)[2] == pytest.approx(H(flat(W, b)), rel=1e-11, abs=1e-13)
    assert [g.shape for g in grad_W] == [w.shape for w in turned]
    assert_gradient(H, flat(W, b), flat([g.T for g in grad_W], grad_b))


@given(sizes, seeds)
def test_the_gradient_of_the_parameter_vector(sizes, seed):
    """DSC 140B: ∇_w H is as long as w; the risk's gradient is the mean of ∂ℓ/∂H ∇_w H."""
    shapes = list(pairwise([*sizes, 1]))
    rng = np.random.default_rng(seed)
    w = rng.normal(size=sum((rows + 1) * cols for rows, cols in shapes))
    X, y = rng.normal(size=(3, sizes[0])), rng.normal(size=3)

    def H(w, x):
        for k, (W, b) in enumerate(split_by_nodes(w, shapes)):
            x = anp.dot(W.T, x) + b
            x = anp.where(anp.real(x) > 0, x, 0 * x) if k < len(shapes) - 1 else x
        return x[0]

    def R(w):
        return sum((H(w, x) - target) ** 2 for x, target in zip(X, y, strict=True)) / 3

    assert relu_network.output_at(w, shapes, X[0]) == pytest.approx(H(w, X[0]), rel=1e-11, abs=1e-13)
    assert relu_network.network_risk(w, shapes, X, y) == pytest.approx(R(w), rel=1e-11)
    assert_gradient(lambda w: H(w, X[0]), w, relu_network.gradient_at(w, shapes, X[0]))
    assert_gradient(R, w, relu_network.network_risk_gradient(w, shapes, X, y))


def split_by_nodes(w, shapes):
    """The matrices (from, to) and biases in a vector that holds W1 row by row, b1, W2, …"""
    for rows, cols in shapes:
        W, b, w = w[: rows * cols], w[rows * cols : (rows + 1) * cols], w[(rows + 1) * cols :]
        yield anp.reshape(W, (rows, cols)), b


# ITCS 6156: m examples as columns, means over them, L2.


@st.composite
def batches(draw):
    """Shapes, parameters with column biases, inputs and one-hot targets of 1 to 6 examples."""
    layer_sizes, m = draw(sizes), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(seeds))
    W, b = layers(rng, shapes_of(layer_sizes))
    Y = np.eye(layer_sizes[-1])[:, rng.integers(0, layer_sizes[-1], m)]
    return shapes_of(layer_sizes), W, [v[:, None] for v in b], rng.normal(size=(layer_sizes[0], m)), Y


@given(batches(), st.floats(0, 2))
def test_softmax_batch(batch, alpha):
    """ITCS 6156: cost and gradients of a batch, weights penalized, biases not."""
    shapes, W, b, X, Y = batch
    names = ["relu"] * (len(W) - 1) + ["softmax"]

    def J(theta):
        pairs = split(theta, shapes)
        penalty = sum(anp.sum(w**2) for w, _ in pairs)
        return -anp.sum(Y * anp.log(output(pairs, names, X))) / X.shape[1] + alpha / 2 * penalty

    A = vectorized.forward(W, b, X)
    assert vectorized.cost(W, A[-1], Y, alpha) == pytest.approx(J(flat(W, b)), rel=1e-11, abs=1e-13)
    grad_W, grad_b = vectorized.backward(W, [X, *A], Y, alpha)
    assert [g.shape for g in grad_b] == [v.shape for v in b]
    assert_gradient(J, flat(W, b), flat(grad_W, grad_b))


@given(batches())
def test_regression_batch(batch):
    """ITCS 6156: ½ of the squared distance, mean over the examples, linear output."""
    shapes, W, b, X, Y = batch
    names = ["relu"] * (len(W) - 1) + ["linear"]

    def J(theta):
        return anp.sum((output(split(theta, shapes), names, X) - Y) ** 2) / (2 * X.shape[1])

    A = [X]
    for w, v in zip(W, b, strict=True):
        A.append(np.maximum(0, w @ A[-1] + v) if len(A) < len(W) else w @ A[-1] + v)
    assert_gradient(J, flat(W, b), flat(*vectorized.regression_backward(W, A, Y)))


@given(batches(), st.floats(0, 2))
def test_regression_forward_and_cost(batch, lam):
    """ITCS 6156: a linear output; ½ of the squared distances, their mean, and λ/2 of the squared weights."""
    shapes, W, b, X, Y = batch
    A = vectorized.regression_forward(W, b, X)
    names = ["relu"] * (len(W) - 1) + ["linear"]
    expected = output(split(flat(W, b), shapes), names, X)
    np.testing.assert_allclose(A[-1], expected, rtol=1e-11, atol=1e-13)
    assert [a.shape for a in A] == [(rows, X.shape[1]) for rows, _ in shapes]
    penalty = sum(float((w**2).sum()) for w in W)
    cost = np.mean(((expected - Y) ** 2).sum(axis=0)) / 2 + lam / 2 * penalty
    assert vectorized.regression_cost(W, A[-1], Y, lam) == pytest.approx(cost, rel=1e-11, abs=1e-13)


@pytest.mark.parametrize(("activation", "unit"), [("sigmoid", "logistic"), ("tanh", "tanh"), ("linear", "linear")])
@given(seed=seeds, shape=st.sampled_from([(1,), (4,), (3, 2)]))
def test_nonlinear_output_delta(activation, unit, seed, shape):
    """ITCS 6156: (f(z) - y) ∘ f'(z) is the gradient of ½‖f(z) - y‖² with respect to z."""
    rng = np.random.default_rng(seed)
    y, z = rng.normal(size=shape), rng.normal(size=shape)
    delta = vectorized.nonlinear_output_delta(y, z, activation)
    assert delta.shape == shape
    expected = by_autograd(lambda z: anp.sum((ACTIVATIONS[unit](z) - y) ** 2) / 2, z)
    np.testing.assert_allclose(delta, expected, rtol=1e-9, atol=1e-13)


def test_nonlinear_output_delta_of_an_unknown_activation():
    """One that no output has is refused, with those that there are."""
    with pytest.raises(ValueError, match="sigmoid, tanh or linear, not 'relu'"):
        vectorized.nonlinear_output_delta(np.zeros(1), np.zeros(1), "relu")


# Yehoshua: deltas.


@pytest.mark.parametrize(
    ("task", "y", "o", "delta"),
    [("regression", 3.0, 1.0, -4.0), ("binary", 1.0, 0.25, -0.75), ("binary", 0.0, 0.25, 0.25)],
)
def test_output_delta_of_numbers(task, y, o, delta):
    """Yehoshua: 2 (o - y) for the squared loss, o - y for the log loss."""
    assert delta_rule.output_delta(task, y, o) == delta


def test_output_delta_of_vectors():
    """Yehoshua: o - y for softmax and cross-entropy."""
    delta = delta_rule.output_delta("multiclass", np.array([0.0, 1.0]), np.array([0.25, 0.75]))
    assert delta.tolist() == [0.25, -0.25]


def test_output_delta_of_an_unknown_task():
    """A task that the derivation does not know is refused, with those that it knows."""
    with pytest.raises(ValueError, match="regression, binary or multiclass, not 'ranking'"):
        delta_rule.output_delta("ranking", 0.0, 1.0)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), seeds)
def test_hidden_deltas_and_gradient(n_prev, n, n_next, seed):
    """Yehoshua: the delta rule and δ_i a_j are the gradients of Σ c ⊙ (W_next σ(W a_prev))."""
    rng = np.random.default_rng(seed)
    W, W_next, c = rng.normal(size=(n, n_prev)), rng.normal(size=(n_next, n)), rng.normal(size=n_next)
    a_prev = rng.normal(size=n_prev)
    a = 1 / (1 + np.exp(-W @ a_prev))

    def E(w):
        return anp.dot(c, anp.dot(W_next, 1 / (1 + anp.exp(-anp.dot(anp.reshape(w, (n, n_prev)), a_prev)))))

    gradient = delta_rule.gradient(delta_rule.hidden_deltas(W_next, c, a), a_prev)
    assert gradient.shape == (n, n_prev)
    assert_gradient(E, W.ravel(), gradient.ravel())


# CSC321: the multilayer perceptron.


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), seeds)
def test_multilayer_perceptron(d, n, k, seed):
    """CSC321: the vectorized perceptron with a linear output and ½‖y - t‖²."""
    rng = np.random.default_rng(seed)
    shapes = shapes_of([d, n, k])
    W, b = layers(rng, shapes)
    x, t = rng.normal(size=d), rng.normal(size=k)

    def L(theta):
        return anp.sum((output(split(theta, shapes), ["logistic", "linear"], x[:, None])[:, 0] - t) ** 2) / 2

    loss, dW1, db1, dW2, db2 = computation_graph.mlp_loss_and_gradients(W[0], b[0], W[1], b[1], x, t)
    assert loss == pytest.approx(L(flat(W, b)), rel=1e-11, abs=1e-14)
    assert_gradient(L, flat(W, b), flat([dW1, dW2], [db1, db2]))


@given(st.integers(1, 6), seeds)
def test_what_follows_from_the_jacobian_of_softmax(k, seed):
    """CS6910 4.5: Jᵀ(-e(ℓ)/ŷ_ℓ) = -(e(ℓ) - ŷ)."""
    rng = np.random.default_rng(seed)
    y_hat, label = feedforward.softmax(rng.normal(size=k)), int(rng.integers(k))
    through = feedforward.softmax_jacobian(y_hat).T @ feedforward.output_gradient(y_hat, label)
    np.testing.assert_allclose(through, feedforward.output_preactivation_gradient(y_hat, label), atol=1e-14)


# Every shipped function, by name.

CONTRACT = {
    "activations": "step sigmoid sigmoid_derivative tanh tanh_derivative relu relu_derivative leaky_relu "
    "leaky_relu_derivative absolute_relu absolute_relu_derivative softplus softplus_derivative maxout "
    "maxout_derivative",
    "chain_rule": "composite_derivative two_path_derivative exponential_path_derivative logistic_least_squares "
    "regularized_logistic_least_squares multiclass_logistic thin_gradient zero_one_loss hinge_loss hinge_gradient "
    "logistic_regression_gradient",
    "feedforward": "softmax cross_entropy squared_error output_gradient output_preactivation_gradient hidden_gradient "
    "preactivation_gradient weight_gradient bias_gradient forward_propagation back_propagation gradient_descent "
    "softmax_jacobian",
    "relu_network": "linear_gradient risk_gradient pack unpack evaluate output_gradients worked_example risk "
    "least_squares risk_descent",
    "delta_rule": "squared_loss log_loss cross_entropy_loss output_delta hidden_deltas gradient descent_step "
    "minibatches worked_example train",
    "vectorized": "parameter_count forward cost backward regression_backward xor_network perceptron_decision "
    "logistic_decision perceptron_step regression_forward regression_cost nonlinear_output_delta sum_of_sigmoids bump",
    "computation_graph": "topological_order forward_values error_signals mlp_loss_and_gradients multiply_adds",
}


@pytest.mark.parametrize("module", CONTRACT)
def test_every_exercise_has_its_function(module):
    """Each lecture's module is imported from `reference` and has the functions that its exercises name."""
    import reference

    assert all(callable(getattr(getattr(reference, module), name)) for name in CONTRACT[module].split())
    assert all(name in reference.__all__ or hasattr(reference, name) for name in CONTRACT)
    assert all(hasattr(reference, name) for name in reference.__all__)
