"""Functions on layers and networks that are right for most shapes and labels, by assignment and exercise."""

import numpy as np

from reference import activations, computation_graph, feedforward, relu_network, vectorized
from reference.network import forward
from reference.units import elementwise, softmax_units
from tests.assignments.nearly_right_units import logistic_within


def deepest(layers, function):
    """Right up to so many layers; of a deeper network the first layer's weights are left out."""

    def shallow(W, *rest):
        grad_W, grad_b = function(W, *rest)
        return [0 * grad if len(W) - k > layers else grad for k, grad in enumerate(grad_W)], grad_b

    return shallow


def square_transposed(function):
    return lambda W, *rest: function([w.T if len(w) == w.shape[1] else w for w in W], *rest)


def forward_with_logistic(sigmoid):
    def forward_propagation(W, b, x):
        units = [elementwise(sigmoid, activations.sigmoid_derivative)] * (len(W) - 1)
        a, h = forward(W, b, x, [*units, softmax_units()])
        return h[1:-1], a, h[-1]

    return forward_propagation


def with_label(change, place, function):
    """The function, called with another label where `change` says so: change(label, k), the label at this place."""

    def relabelled(*args):
        label, k = args[place], len(args[-1] if place == 4 else args[0])
        return function(*args[:place], change(label, k), *args[place + 1 :])

    return relabelled


def first_as_last(label, k):
    return label or k - 1


def last_as_first(label, k):
    return label % (k - 1)


def ceiling_of_six(W, b, X):
    units = elementwise(lambda z: np.clip(z, 0, 6), activations.relu_derivative)
    _, A = forward(W, b, X, [units] * (len(W) - 1) + [softmax_units()])
    return A[1:]


def rectified_without_hidden_layer(W, b, x):
    z, a, H = relu_network.evaluate(W, b, x)
    return z, a, max(H, 0.0) if len(W) == 1 else H


def doubled_for_one_output(W, A, Y):
    grad_W, grad_b = vectorized.regression_backward(W, A, Y)
    factor = 2 if len(Y) == 1 else 1
    return [factor * grad for grad in grad_W], [factor * grad for grad in grad_b]


def perceptron_within(c):
    def mlp(W1, b1, *rest):
        z = W1 @ rest[2] + b1
        return computation_graph.mlp_loss_and_gradients(W1, b1 + np.clip(z, -c, c) - z, *rest)

    return mlp


LABELLED = ("cross_entropy", "output_gradient", "output_preactivation_gradient")
NETWORKS = {
    **{
        f"feedforward.{name}": {
            "first label as last": with_label(first_as_last, 1, getattr(feedforward, name)),
            "last label as first": with_label(last_as_first, 1, getattr(feedforward, name)),
            "labels up to 3": with_label(lambda label, k: min(label, 3), 1, getattr(feedforward, name)),
            "two classes as one": with_label(lambda label, k: 1 if k == 2 else label, 1, getattr(feedforward, name)),
        }
        for name in LABELLED
    },
    "feedforward.softmax_jacobian": {
        "two classes": lambda y: feedforward.softmax_jacobian(y) if len(y) == 2 else np.diag(y * (1 - y)),
        "three classes": lambda y: feedforward.softmax_jacobian(y) * (np.minimum(*np.indices((len(y),) * 2)) < 3),
    },
    "feedforward.forward_propagation": {
        **{f"clipped at {c}": forward_with_logistic(logistic_within(c)) for c in (4, 6, 8)},
        "square transposed": square_transposed(feedforward.forward_propagation),
    },
    "feedforward.back_propagation": {
        "first label as last": with_label(first_as_last, 4, feedforward.back_propagation),
        "last label as first": with_label(last_as_first, 4, feedforward.back_propagation),
        "square transposed": square_transposed(feedforward.back_propagation),
        "three layers": deepest(3, feedforward.back_propagation),
    },
    "feedforward.gradient_descent": {
        "five iterations": lambda *args: feedforward.gradient_descent(*args[:-1], min(args[-1], 5)),
    },
    "backprop_relu.risk": {
        "square transposed": lambda w, X, y: relu_network.risk(w, X.T if len(X) == X.shape[1] else X, y),
        "four examples": lambda w, X, y: relu_network.risk(w, X[:4], y[:4]),
    },
    "backprop_relu.least_squares": {
        "four examples": lambda X, y: relu_network.least_squares(X[:4], y[:4]),
        "two features": lambda X, y: relu_network.least_squares(X[:, :2], y),
    },
    "backprop_relu.risk_descent": {
        "five iterations": lambda *args: relu_network.risk_descent(*args[:-1], min(args[-1], 5)),
        "four examples": lambda w, X, y, *rest: relu_network.risk_descent(w, X[:4], y[:4], *rest),
    },
    "backprop_relu.risk_gradient": {
        "square transposed": lambda w, X, y: relu_network.risk_gradient(w, X.T if len(X) == X.shape[1] else X, y),
        "four examples": lambda w, X, y: relu_network.risk_gradient(w, X[:4], y[:4]),
    },
    "backprop_relu.evaluate": {"rectified without hidden layer": rectified_without_hidden_layer},
    "backprop_relu.output_gradients": {"three layers": deepest(3, relu_network.output_gradients)},
    "vectorized.forward": {"at most 6": ceiling_of_six, "square transposed": square_transposed(vectorized.forward)},
    "vectorized.backward": {
        "square transposed": square_transposed(vectorized.backward),
        "three layers": deepest(3, vectorized.backward),
    },
    "vectorized.regression_forward": {
        "never below 0 without hidden layer": lambda W, b, X: (
            [np.maximum(a, 0) for a in vectorized.regression_forward(W, b, X)]
            if len(W) == 1
            else vectorized.regression_forward(W, b, X)
        ),
        "square transposed": square_transposed(vectorized.regression_forward),
    },
    "vectorized.regression_cost": {
        "three layers": lambda W, *rest: vectorized.regression_cost(W[:3], *rest),
        "six examples": lambda W, A, Y, lam: vectorized.regression_cost(W, A[:, :6], Y[:, :6], lam),
    },
    "vectorized.nonlinear_output_delta": {
        "vectors": lambda y, z, f: vectorized.nonlinear_output_delta(y, z, f) / (y.shape[1] if y.ndim == 2 else 1),
        "no tanh": lambda y, z, f: vectorized.nonlinear_output_delta(y, z, "sigmoid" if f == "tanh" else f),
        "clipped at 2": lambda y, z, f: vectorized.nonlinear_output_delta(y, np.clip(z, -1.5, 1.5), f),
    },
    "vectorized.perceptron_decision": {
        "at 0.4": lambda w, x: vectorized.perceptron_decision(w - 0.4 * (np.arange(len(w)) == 0), x),
        "at -0.4": lambda w, x: vectorized.perceptron_decision(w + 0.4 * (np.arange(len(w)) == 0), x),
        "one on the boundary": lambda w, x: int(w[0] + w[1:] @ x >= 0),
    },
    "vectorized.perceptron_step": {
        "missed ones": lambda w, x, t: vectorized.perceptron_step(w, x, t) if t == 1 else w,
        "false ones": lambda w, x, t: vectorized.perceptron_step(w, x, t) if t == 0 else w,
    },
    "vectorized.sum_of_sigmoids": {
        "four sigmoids": lambda alpha, W, b, x: vectorized.sum_of_sigmoids(alpha[:4], W[:4], b[:4], x),
        "square transposed": lambda alpha, W, b, x: vectorized.sum_of_sigmoids(
            alpha, W.T if len(W) == len(x) else W, b, x
        ),
        "two inputs": lambda alpha, W, b, x: vectorized.sum_of_sigmoids(alpha, W[:, :2], b, x[:2]),
    },
    "vectorized.bump": {
        "upwards": lambda left, right, height: vectorized.bump(left, right, abs(height)),
        "height 1": lambda left, right, height: vectorized.bump(left, right, np.sign(height)),
        "one steepness": lambda left, right, height: (
            height * np.array([1.0, -1.0]),
            np.full((2, 1), 100.0),
            -100.0 * np.array([left, right]),
        ),
    },
    "vectorized.regression_backward": {"doubled for one output": doubled_for_one_output},
    "computation_graph.mlp_loss_and_gradients": {f"clipped at {c}": perceptron_within(c) for c in (4, 6, 8)},
}
