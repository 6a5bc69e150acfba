"""Every step at which one slips is a function of its own, called by its global name, so that it can be replaced."""

from types import FunctionType, ModuleType

import numpy as np
import pytest

from reference import (
    activations,
    chain_rule,
    computation_graph,
    delta_rule,
    descent,
    feedforward,
    graph,
    linear,
    losses,
    network,
    relu_network,
    shapes,
    units,
    vectorized,
)
from tests.reference.named import functions, modules, swap

rng = np.random.default_rng(13)
W, B = [rng.normal(size=(4, 3)), rng.normal(size=(2, 4))], [rng.normal(size=4), rng.normal(size=2)]
W_TURNED, B_ONE = [rng.normal(size=(3, 4)), rng.normal(size=(4, 1))], [rng.normal(size=4), rng.normal(size=1)]
X, Y = rng.normal(size=(3, 5)), np.eye(2)[:, [0, 1, 1, 0, 1]]
x, t = X[:, 0], Y[:, 0]
GRAPH = {"x": ("input", []), "u": ("exp", ["x"]), "v": ("multiply", ["x", "u"])}


def back_propagation():
    """The gradients of one example, with the values of the forward pass as they stand."""
    h, a, y_hat = feedforward.forward_propagation(W, B, x)
    return feedforward.back_propagation(W, x, h, a, 1, y_hat)


def vectorized_backward():
    """The gradients of a batch."""
    return vectorized.backward(W, [X, *vectorized.forward(W, B, X)], Y, 0.1)


EXERCISES = {
    back_propagation: [
        losses.output_preactivation_gradient,
        network.backward,
        network.bias_gradient,
        network.hidden_gradient,
        network.layer_inputs,
        network.preactivation,
        network.preactivation_gradients,
        network.weight_gradient,
        feedforward.preactivation_gradient,
        activations.sigmoid_derivative,
        units.through_slope,
        shapes.one_hot,
        activations.softmax,
    ],
    lambda: feedforward.gradient_descent(W, B, x, 1, 0.1, 2): [
        feedforward.iteration,
        feedforward.forward_propagation,
        feedforward.back_propagation,
        descent.update,
        descent.descent_step,
    ],
    vectorized_backward: [
        losses.cross_entropy_delta,
        losses.example_count,
        losses.l2_gradient,
        network.layer_inputs,
        vectorized.mean_bias_gradient,
        vectorized.mean_weight_gradient,
        vectorized.relu_then_softmax,
        activations.relu_derivative,
        activations.softmax,
    ],
    lambda: vectorized.cost(W, Y * 0.8 + 0.1, Y, 0.1): [losses.negative_log_likelihood, losses.l2_penalty],
    lambda: vectorized.regression_backward(W, [X, *vectorized.forward(W, B, X)], Y): [
        losses.half_squared_error_gradient,
        network.hidden_gradient,
    ],
    lambda: relu_network.output_gradients(W_TURNED, B_ONE, x): [
        relu_network.gradient_of_itself,
        relu_network.relu_then_linear,
        activations.relu,
        activations.relu_derivative,
        network.weight_gradient,
    ],
    lambda: relu_network.risk_gradient(np.ones(4), X.T, X[0]): [
        linear.augment,
        linear.loss_derivative,
        linear.mean_over_examples,
        linear.prediction,
    ],
    delta_rule.worked_example: [
        delta_rule.existing,
        delta_rule.gradient,
        delta_rule.hidden_deltas,
        delta_rule.sigmoid_slope,
        descent.descent_step,
        losses.log_loss_delta,
        network.hidden_gradient,
        activations.sigmoid,
    ],
    lambda: computation_graph.mlp_loss_and_gradients(W[0], B[0], W[1], B[1], x, t): [
        losses.half_squared_error,
        losses.half_squared_error_gradient,
        activations.sigmoid_derivative,
        network.bias_gradient,
    ],
    lambda: computation_graph.error_signals(GRAPH, {"x": 1.0}): [
        graph.gather,
        graph.message,
        graph.multiply_partials,
        graph.output_node,
        graph.topological_order,
    ],
    lambda: chain_rule.regularized_logistic_least_squares(0.1, 0.2, 0.3, 0.4, 0.5): [
        chain_rule.affine_partials,
        chain_rule.half_squared_loss,
        chain_rule.half_squared_loss_derivative,
        chain_rule.logistic_least_squares,
        chain_rule.regularizer,
        chain_rule.regularizer_derivative,
        activations.sigmoid_derivative,
    ],
    lambda: chain_rule.multiclass_logistic(W[0], B[0], x, np.eye(4)[0]): [
        losses.cross_entropy_delta,
        losses.cross_entropy_from_logits,
        activations.log_softmax,
        network.weight_gradient,
    ],
    lambda: chain_rule.two_path_derivative(1.0): [chain_rule.sum_over_paths, chain_rule.two_path_partials],
    lambda: chain_rule.thin_gradient(np.ones(2), 0.3, 0.4): [
        chain_rule.half_squared_loss,
        chain_rule.half_squared_loss_derivative,
        chain_rule.thin_forward,
        chain_rule.thin_input_signal,
        chain_rule.thin_weight_signal,
        activations.sigmoid,
        activations.sigmoid_derivative,
    ],
    lambda: chain_rule.logistic_regression_gradient(np.ones(4), X.T, Y[0]): [
        activations.sigmoid,
        linear.augment,
        linear.linear_gradient,
        linear.mean_over_examples,
        linear.prediction,
        losses.log_loss_delta,
    ],
    lambda: losses.hinge_gradient(0.3, 1): [losses.hinge_is_active, losses.margin],
    lambda: relu_network.risk(np.ones(4), X.T, X[0]): [linear.mean_loss, linear.prediction, linear.square_loss],
    lambda: relu_network.risk_descent(np.ones(4), X.T, X[0], 0.1, 2): [
        descent.descent_step,
        descent.whole_batch,
        linear.loss_derivative,
        linear.risk_gradient,
    ],
    lambda: delta_rule.train([rng.normal(size=(2, 3)), rng.normal(size=(1, 2))], X.T, Y[0], 0.1, 1, 2): [
        delta_rule.batch_deltas,
        delta_rule.batch_gradients,
        delta_rule.batch_step,
        delta_rule.minibatches,
        delta_rule.sigmoid_slope,
        delta_rule.training_loss,
        descent.descent_step,
        losses.example_count,
        losses.log_loss,
        losses.log_loss_delta,
        network.hidden_gradient,
        network.weight_gradient,
    ],
    lambda: vectorized.perceptron_step(np.zeros(4), x, 1): [
        linear.augment,
        linear.perceptron_decision,
        linear.perceptron_error,
    ],
    lambda: vectorized.nonlinear_output_delta(t, t, "tanh"): [
        losses.half_squared_error_gradient,
        units.through_slope,
        activations.tanh,
        activations.tanh_derivative,
    ],
    lambda: vectorized.regression_cost(W, Y, Y, 0.1): [losses.half_squared_error, losses.l2_penalty],
}


class SlippedHereError(Exception):
    """The replaced step was called."""


@pytest.mark.parametrize(
    ("exercise", "step"),
    [pytest.param(exercise, step, id=step.__qualname__) for exercise, steps in EXERCISES.items() for step in steps],
)
def test_exercise_goes_through_the_step(monkeypatch, exercise, step):
    """A step that is replaced, wherever a module refers to it, is replaced in the exercise."""

    def slip(*arguments):
        raise SlippedHereError

    exercise()
    swap(monkeypatch, step, slip)
    with pytest.raises(SlippedHereError):
        exercise()


def test_two_slips_compose(monkeypatch):
    """Two replaced steps both show: a doubled mean and a lost penalty."""
    grad_W, _ = vectorized_backward()
    swap(monkeypatch, losses.example_count, lambda Y: 10)
    swap(monkeypatch, losses.l2_gradient, lambda W, alpha: 0)
    slipped, _ = vectorized_backward()
    for right, wrong, w in zip(grad_W, slipped, W, strict=True):
        np.testing.assert_allclose(wrong, (right - 0.1 * w) / 2, rtol=1e-12)


@pytest.mark.parametrize("function", functions(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_no_function_is_captured(function):
    """No function of the reference holds another in a default argument or a closure."""
    defaults = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    assert not any(callable(value) for value in defaults)
    assert function.__closure__ is None


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.__name__)
def test_no_module_hides_a_function(module):
    """Globals are functions, classes, types and plain data: no table of functions, no partial, no module of ours."""
    for name, value in vars(module).items():
        if name.startswith("__") or isinstance(value, FunctionType | type) or value.__class__.__module__ == "typing":
            continue
        assert not (isinstance(value, ModuleType) and value.__name__.startswith("reference")), name
        assert "<function" not in repr(value), name
