"""Slips made in regression: the forward pass, the cost, and the delta of an output that is not linear."""

import numpy as np

from grader.assignment import Mistake
from reference.activations import relu, sigmoid, sigmoid_derivative, tanh, tanh_derivative
from reference.losses import example_count, half_squared_error, half_squared_error_gradient, l2_penalty
from reference.network import preactivation
from reference.shapes import Array, Layers
from reference.units import Activation, elementwise, relu_units, through_slope
from reference.vectorized import (
    nonlinear_output_delta,
    output_units,
    regression_cost,
    regression_forward,
    relu_then_linear,
    relu_then_softmax,
)


def preactivations(W: Layers, b: Layers, X: Array) -> list[Array]:
    inputs = [X, *regression_forward(W, b, X)]
    return [preactivation(W_l, a, b_l) for W_l, a, b_l in zip(W, inputs, b, strict=False)]


FORWARD = (
    Mistake(
        "relu-output",
        "Your last layer is a ReLU layer like the others: it never gets below 0.",
        "Can your network ever predict a negative number?",
        {relu_then_linear: lambda L: [relu_units()] * L},
    ),
    Mistake(
        "softmax-output",
        "Your last layer is a softmax: its columns sum to 1.",
        "Can your network ever predict 7?",
        {relu_then_linear: relu_then_softmax},
    ),
    Mistake(
        "pre-activations-returned",
        "Your function returns the pre-activations z of the hidden layers, not their activations.",
        "Which of your lists holds what a layer passes on?",
        {regression_forward: preactivations},
    ),
    Mistake(
        "no-hidden-activation",
        "Your hidden layers pass z on: the activation function is missing.",
        "What would a network without activation functions be able to compute?",
        {relu: lambda z: z},
    ),
    Mistake(
        "logistic-hidden-layers",
        "Your hidden layers use the logistic function.",
        "Which activation function does this assignment ask for?",
        {relu: sigmoid},
    ),
    Mistake(
        "no-bias",
        "Your pre-activations leave the biases out.",
        "What is z when all inputs of a layer are 0?",
        {preactivation: lambda W, a, b: W @ a},
    ),
    Mistake(
        "input-in-the-list",
        "Your list begins with X.",
        "Which layers compute something?",
        {regression_forward: lambda W, b, X: [X, *regression_forward(W, b, X)]},
    ),
    Mistake(
        "output-only",
        "Your function returns the output of the last layer alone.",
        "What else will the way back need?",
        {regression_forward: lambda W, b, X: regression_forward(W, b, X)[-1]},
    ),
)

COST = (
    Mistake(
        "no-1/m",
        "Your cost adds the examples up instead of averaging them.",
        "What should happen to the cost when every example is listed twice?",
        {example_count: lambda Y: 1},
    ),
    Mistake(
        "mean-of-all-entries",
        "Your cost averages over all K·m entries.",
        "Is ‖a − y‖² a sum or a mean over the outputs of an example?",
        {example_count: np.size},
    ),
    Mistake(
        "no-half",
        "Your squared error has no factor ½, as in CS6910; here it has one.",
        "Which factor stands before the square in ITCS 6156's cost?",
        {half_squared_error: lambda A, Y: 2 * half_squared_error(A, Y)},
        convention=True,
    ),
    Mistake(
        "norm-of-the-errors-not-squared",
        "Your cost takes the norm ‖a − y‖ of each example, not its square.",
        "If an error doubles, by which factor should its cost grow?",
        {half_squared_error: lambda A, Y: float(np.mean(np.linalg.norm(A - Y, axis=0)) / 2)},
    ),
    Mistake(
        "no-regularisation",
        "Your cost leaves the L2 penalty out.",
        "What changes in your result when you call it with another λ?",
        {l2_penalty: lambda W, lam: 0.0},
    ),
    Mistake(
        "penalty-without-half",
        "Your penalty is λ‖W‖²: the factor ½ is missing.",
        "What should the derivative of the penalty with respect to W be?",
        {l2_penalty: lambda W, lam: 2 * l2_penalty(W, lam)},
    ),
    Mistake(
        "penalty-over-m",
        "Your penalty is divided by the number of examples.",
        "Does the penalty of ITCS 6156 depend on how many examples there are?",
        {regression_cost: lambda W, A, Y, lam: regression_cost(W, A, Y, lam / Y.shape[1])},
    ),
    Mistake(
        "norm-not-squared",
        "Your penalty takes the norm of each matrix, not its square.",
        "Is ‖W‖² the sum of the squared weights, or its root?",
        {l2_penalty: lambda W, lam: lam / 2 * sum(map(np.linalg.norm, W))},
    ),
    Mistake(
        "last-layer-penalised-only",
        "Your penalty looks at the weights of the last layer alone.",
        "Over which layers does ITCS 6156's sum run?",
        {l2_penalty: lambda W, lam: l2_penalty(W[-1:], lam)},
    ),
)


def at_the_activation(name: str) -> Activation:
    f = {"sigmoid": sigmoid, "tanh": tanh}.get(name)
    slope = {"sigmoid": sigmoid_derivative, "tanh": tanh_derivative}.get(name)
    return elementwise(f, lambda z: slope(f(z))) if f and slope else output_units("linear")


def rule_of_the_logistic_function(name: str) -> Activation:
    f = output_units(name).forward
    return elementwise(f, lambda z: f(z) * (1 - f(z)))


NONLINEAR_OUTPUT_DELTA = (
    Mistake(
        "no-derivative",
        "Your δ is f(z) − y: the derivative f'(z) is missing.",
        "δ is a derivative with respect to z. How strongly does a = f(z) answer to z?",
        {through_slope: lambda grad, slope: grad},
    ),
    Mistake(
        "sign",
        "Your δ comes from y − f(z): it has the opposite sign.",
        "Does the cost rise or fall when a moves up, away from a smaller y?",
        {half_squared_error_gradient: lambda a, y: y - a},
    ),
    Mistake(
        "no-half",
        "Your δ is twice as large: it belongs to ‖a − y‖² without the ½.",
        "Which factor stands before the square in ITCS 6156's cost?",
        {half_squared_error_gradient: lambda a, y: 2 * (a - y)},
        convention=True,
    ),
    Mistake(
        "z-for-a",
        "Your δ is (z − y) f'(z): the pre-activation stands where the output belongs.",
        "Which of the two, z or f(z), is compared with the target?",
        {nonlinear_output_delta: lambda y, z, name: output_units(name).backward(z - y, z)},
    ),
    Mistake(
        "derivative-at-a",
        "You take f' at f(z), which has gone through f already.",
        "At which of the two, z or f(z), is the derivative taken?",
        {output_units: at_the_activation},
    ),
    Mistake(
        "rule-of-the-logistic-function",
        "You multiply by a(1 − a) whatever the activation is: that is the rule for the logistic function alone.",
        "What is the slope of tanh, and what that of the identity?",
        {output_units: rule_of_the_logistic_function},
    ),
    Mistake(
        "averaged",
        "Your δ is divided by the number of examples: δ has one column for each of them, and the mean comes later.",
        "Where in the gradients of the weights does the mean over the examples stand?",
        {half_squared_error_gradient: lambda a, y: (a - y) / (y.shape[1] if y.ndim == 2 else len(y))},
    ),
)
