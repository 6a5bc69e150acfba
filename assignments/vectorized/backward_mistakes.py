"""Slips made on the way back, for the classifier and for regression."""

from collections.abc import Callable

import numpy as np

from grader.assignment import Mistake
from reference.activations import relu, relu_derivative
from reference.losses import cross_entropy_delta, example_count, half_squared_error_gradient, l2_gradient
from reference.network import hidden_gradient, preactivation_gradients, weight_gradient
from reference.shapes import Array, Layers, Parameters
from reference.vectorized import backward, mean_bias_gradient, mean_weight_gradient, regression_backward

Backward = Callable[..., Parameters]


def backward_transposed(W: Layers, A: Layers, Y: Array, alpha: float) -> Parameters:
    grad_W, grad_b = backward(W, A, Y, alpha)
    return [grad.T for grad in grad_W], grad_b


def backward_reversed(W: Layers, A: Layers, Y: Array, alpha: float) -> Parameters:
    grad_W, grad_b = backward(W, A, Y, alpha)
    return grad_W[::-1], grad_b[::-1]


def biases_penalised(W: Layers, A: Layers, Y: Array, alpha: float) -> Parameters:
    grad_W, grad_b = backward(W, A, Y, alpha)
    return grad_W, [(1 + alpha) * grad for grad in grad_b]


def regression_transposed(W: Layers, A: Layers, Y: Array) -> Parameters:
    grad_W, grad_b = regression_backward(W, A, Y)
    return [grad.T for grad in grad_W], grad_b


def regression_reversed(W: Layers, A: Layers, Y: Array) -> Parameters:
    grad_W, grad_b = regression_backward(W, A, Y)
    return grad_W[::-1], grad_b[::-1]


def transposed(backward: Backward, wrong: Backward) -> Mistake:
    return Mistake(
        "weight-gradients-transposed",
        "Your weight gradients are transposed: that is the layout of DSC 140B, where W goes from row to column.",
        "Row i of W feeds unit i of the next layer. Which shape must the gradient of W have?",
        {backward: wrong},
        convention=True,
    )


def last_layer_first(backward: Backward, wrong: Backward) -> Mistake:
    return Mistake(
        "last-layer-first",
        "Your lists begin with the last layer.",
        "In which order does the list of weights stand?",
        {backward: wrong},
    )


ON_THE_WAY_DOWN = (
    Mistake(
        "no-1/m",
        "Your gradients are sums over the examples, not means.",
        "What should happen to the gradient when every example is listed twice?",
        {example_count: lambda Y: 1},
    ),
    Mistake(
        "no-1/m-in-the-weights",
        "Your weight gradients are sums over the examples, not means; your bias gradients are means.",
        "The cost is a mean over the examples. Which of its derivatives are means, too?",
        {mean_weight_gradient: weight_gradient},
    ),
    Mistake(
        "no-1/m-in-the-biases",
        "Your bias gradients are sums over the examples, not means; your weight gradients are means.",
        "The cost is a mean over the examples. Which of its derivatives are means, too?",
        {mean_bias_gradient: lambda delta: mean_bias_gradient(delta) * delta.shape[1]},
    ),
    Mistake(
        "biases-averaged-over-units",
        "Your bias gradients average over the units of a layer and keep one number per example.",
        "How many biases has a layer, and which axis of δ counts the examples?",
        {mean_bias_gradient: lambda delta: delta.mean(axis=0, keepdims=True)},
    ),
    Mistake(
        "biases-not-averaged",
        "Your bias gradients are δ itself, with a column for every example.",
        "How many biases has a layer, and what happens to the examples?",
        {mean_bias_gradient: lambda delta: delta},
    ),
    Mistake(
        "biases-as-vectors",
        "Your bias gradients are vectors (s,), as in CS6910; here a bias is a column (s, 1).",
        "Which shape has b, and so which shape must its gradient have?",
        {mean_bias_gradient: lambda delta: delta.mean(axis=1)},
        convention=True,
    ),
    Mistake(
        "no-derivative",
        "The derivative of ReLU is missing: you pass δ through units that are off.",
        "How does a unit that is off answer to a small change of z?",
        {relu_derivative: np.ones_like},
    ),
    Mistake(
        "activation-for-derivative",
        "You multiply by the activation, not by the derivative of ReLU.",
        "How steep is ReLU where a unit is on, whatever its value?",
        {relu_derivative: relu},
    ),
    Mistake(
        "derivative-of-the-logistic-function",
        "You multiply by a(1 − a): that is the rule for the logistic function.",
        "Which activation do the hidden units have?",
        {relu_derivative: lambda a: a * (1 - a)},
    ),
    Mistake(
        "no-transpose",
        "You multiply δ by W as in the forward pass, not by its transpose.",
        "How many rows must δ of the layer below have?",
        {hidden_gradient: lambda W, delta: W @ delta},
    ),
    Mistake(
        "weights-of-the-layer-below",
        "On the way down to a layer you use the weights that lead into it.",
        "Which weights lie between δ^(l+1) and a^(l)?",
        {preactivation_gradients: lambda W, *rest: preactivation_gradients([W[0], *W[:-1]], *rest)},
    ),
)

BACKWARD = (
    *ON_THE_WAY_DOWN,
    Mistake(
        "sign",
        "You start from y − a: the part of your gradients that comes from the examples has the opposite sign.",
        "Does the cost rise or fall when the score of the true class rises?",
        {cross_entropy_delta: lambda y, o: y - o},
    ),
    Mistake(
        "divided-by-m-twice",
        "You divide δ by m at the output, and then the gradients once more.",
        "How often does the mean over the examples appear in the cost?",
        {cross_entropy_delta: lambda y, o: (o - y) / y.shape[1]},
    ),
    Mistake(
        "divided-by-outputs",
        "Your gradients are divided by the number of outputs where the number of examples belongs.",
        "Which axis of Y counts the examples?",
        {cross_entropy_delta: lambda y, o: (o - y) * y.shape[1] / len(y)},
    ),
    Mistake(
        "biases-penalised",
        "Your bias gradients are multiplied by 1 + α: the penalty reaches them, too.",
        "Which parameters stand in the penalty?",
        {backward: biases_penalised},
    ),
    Mistake(
        "derivative-at-the-output",
        "You multiply a − y by a(1 − a) once more at the output.",
        "Which derivatives has a − y taken account of already?",
        {cross_entropy_delta: lambda y, o: (o - y) * o * (1 - o)},
    ),
    Mistake(
        "no-regularisation",
        "Your gradients leave the L2 penalty out.",
        "What changes in your result when you call it with another α?",
        {l2_gradient: lambda W, alpha: np.zeros_like(W)},
    ),
    Mistake(
        "penalty-doubled",
        "Your weight gradients carry 2αW: the ½ of the penalty has been overlooked.",
        "What is the derivative of ½αw²?",
        {l2_gradient: lambda W, alpha: 2 * alpha * W},
    ),
    Mistake(
        "penalty-halved",
        "Your weight gradients carry ½αW: the square has not been differentiated.",
        "What is the derivative of ½αw²?",
        {l2_gradient: lambda W, alpha: alpha / 2 * W},
    ),
    Mistake(
        "penalty-subtracted",
        "Your penalty's gradient is subtracted: descent would make the weights grow.",
        "Which sign has the penalty in the cost?",
        {l2_gradient: lambda W, alpha: -alpha * W},
    ),
    Mistake(
        "penalty-over-m",
        "Your penalty's gradient is divided by the number of examples.",
        "Does the penalty of ITCS 6156 depend on how many examples there are?",
        {backward: lambda W, A, Y, alpha: backward(W, A, Y, alpha / Y.shape[1])},
    ),
    transposed(backward, backward_transposed),
    last_layer_first(backward, backward_reversed),
)

REGRESSION_BACKWARD = (
    *ON_THE_WAY_DOWN,
    Mistake(
        "sign",
        "You start from y − a: your gradients have the opposite sign.",
        "Does the cost rise or fall when a moves away from y?",
        {half_squared_error_gradient: lambda a, y: y - a},
    ),
    Mistake(
        "no-half",
        "Your gradients are twice as large: they belong to ‖a − y‖² without the ½.",
        "Which factor stands before the square in ITCS 6156's cost?",
        {half_squared_error_gradient: lambda a, y: 2 * (a - y)},
        convention=True,
    ),
    Mistake(
        "divided-by-m-twice",
        "You divide δ by m at the output, and then the gradients once more.",
        "How often does the mean over the examples appear in the cost?",
        {half_squared_error_gradient: lambda a, y: (a - y) / y.shape[1]},
    ),
    Mistake(
        "divided-by-outputs-too",
        "Your gradients are divided by the number of outputs as well as by that of the examples.",
        "Is ‖a − y‖² a sum or a mean over the outputs of an example?",
        {half_squared_error_gradient: lambda a, y: (a - y) / len(y)},
    ),
    Mistake(
        "divided-by-outputs",
        "Your gradients are divided by the number of outputs where the number of examples belongs.",
        "Which axis of Y counts the examples?",
        {half_squared_error_gradient: lambda a, y: (a - y) * y.shape[1] / len(y)},
    ),
    Mistake(
        "relu-at-the-output",
        "You multiply by the derivative of ReLU at the output, too.",
        "Which activation has the output layer of a regression network?",
        {half_squared_error_gradient: lambda a, y: (a - y) * (a > 0)},
    ),
    transposed(regression_backward, regression_transposed),
    last_layer_first(regression_backward, regression_reversed),
)
