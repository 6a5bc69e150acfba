"""Mistakes with the multilayer perceptron and its cost, each a wrong version of steps of the reference."""

from itertools import pairwise

import numpy as np

from grader.assignment import Mistake
from reference.activations import sigmoid, sigmoid_derivative
from reference.computation_graph import logistic_then_linear, multiply_adds
from reference.losses import half_squared_error, half_squared_error_gradient
from reference.network import bias_gradient, hidden_gradient, preactivation, weight_gradient
from reference.units import elementwise, linear_units, logistic_units, through_slope


def logistic_output(y, t):
    """∂L/∂z of ½‖y - t‖² for y = σ(z)."""
    return (y - t) * y * (1 - y)


NO_HALF = Mistake(
    "no-half",
    "Your loss is ‖y - t‖², as in CS6910, and so your gradient is doubled; here the loss has a ½.",
    "What is the loss for y = 3 and t = 1?",
    {
        half_squared_error: lambda y, t: np.sum((y - t) ** 2),
        half_squared_error_gradient: lambda y, t: 2 * (y - t),
    },
    convention=True,
)

HALF_IN_GRADIENT_ONLY = Mistake(
    "no-half-in-the-loss",
    "Your gradient belongs to ½‖y - t‖², but the ½ is missing in the loss that you return.",
    "Of which function is y - t the derivative?",
    {half_squared_error: lambda y, t: np.sum((y - t) ** 2)},
)

GRADIENT_DOUBLED = Mistake(
    "gradient-doubled",
    "Your loss has its ½, but your gradient is that of ‖y - t‖², twice as large.",
    "What does the derivative of the square do to the ½?",
    {half_squared_error_gradient: lambda y, t: 2 * (y - t)},
)

MEAN_OVER_OUTPUTS = Mistake(
    "mean-over-outputs",
    "Your loss is a mean over the outputs; ‖y - t‖² is their sum.",
    "What is ‖(3, 4)‖²?",
    {
        half_squared_error: lambda y, t: np.mean((y - t) ** 2) / 2,
        half_squared_error_gradient: lambda y, t: (y - t) / len(t),
    },
)

WRONG_SIGN = Mistake(
    "t-minus-y",
    "Your gradients have the wrong sign: they start from t - y.",
    "If an output is too large, does the loss grow or shrink when it grows further?",
    {half_squared_error_gradient: lambda y, t: t - y},
)

SLOPE_FORGOTTEN = Mistake(
    "σ'-forgotten",
    "Between the error signals of h and of z your function leaves out σ'(z).",
    "How much does h react to z where h is near 1?",
    {through_slope: lambda grad_h, slope: grad_h},
)

SLOPE_AT_H = Mistake(
    "σ'-at-h",
    "Your σ' is taken at h, which has been through σ already; it should be taken at z.",
    "If h = σ(z), how is σ'(z) written with h?",
    {logistic_units: lambda: elementwise(sigmoid, lambda z: sigmoid_derivative(sigmoid(z)))},
)

H_FOR_SLOPE = Mistake(
    "h-for-σ'",
    "Your function multiplies by h = σ(z) where σ'(z) belongs.",
    "Where is σ steepest, and what is h there?",
    {logistic_units: lambda: elementwise(sigmoid, sigmoid)},
)

NO_SIGMOID = Mistake(
    "no-sigmoid",
    "Your hidden layer is linear: the logistic function is missing.",
    "Can your h be larger than 1?",
    {logistic_then_linear: lambda: [linear_units(), linear_units()]},
)

SIGMOID_AT_OUTPUT = Mistake(
    "sigmoid-at-output",
    "Your network applies σ to the outputs too; here they are linear.",
    "Can your network ever predict 2?",
    {
        logistic_then_linear: lambda: [logistic_units(), logistic_units()],
        half_squared_error_gradient: logistic_output,
    },
)

NO_BIAS = Mistake(
    "no-bias",
    "Your forward pass leaves out the biases.",
    "What is z for x = 0?",
    {preactivation: lambda W, h_prev, b: W @ h_prev},
)

NOT_TRANSPOSED = Mistake(
    "W2-not-transposed",
    "On the way back to h your function multiplies by W2 itself instead of its transpose.",
    "Which entries of W2 are the weights that lead out of hidden unit i?",
    {hidden_gradient: lambda W_next, grad_a_next: W_next @ grad_a_next},
)

TRANSPOSED = Mistake(
    "transposed",
    "Your weight gradients are right but transposed, as in DSC 140B, where W_ij leads from i to j.",
    "What shape has W1, and what shape has your dW1?",
    {weight_gradient: lambda grad_a, h_prev: np.outer(h_prev, grad_a)},
    convention=True,
)

BIAS_GRADIENT_ONE = Mistake(
    "bias-gradient-1",
    "Your bias gradients are 1 everywhere; that is how z reacts to b, not how the loss does.",
    "What has to be multiplied with dz/db to get dL/db?",
    {bias_gradient: np.ones_like},
)

BIAS_GRADIENT_ZERO = Mistake(
    "bias-gradient-0",
    "Your bias gradients are all 0.",
    "Does the loss change if a bias of the output grows?",
    {bias_gradient: np.zeros_like},
)


def with_biases(sizes):
    parameters = sum((fan_in + 1) * units for fan_in, units in pairwise(sizes))
    return parameters, 2 * parameters


def first_layer_once(sizes):
    forward, backward = multiply_adds(sizes)
    return forward, backward - sizes[0] * sizes[1]


BIASES_COUNTED = Mistake(
    "biases-counted",
    "Your count includes the biases; here only weights are counted.",
    "Does adding a bias need a multiplication?",
    {multiply_adds: with_biases},
)

ONE_PER_WEIGHT = Mistake(
    "backward-once-per-weight",
    "Backward you count one multiply-add per weight; there are two.",
    "On the way back a weight passes an error signal down. What else has to be computed for it?",
    {multiply_adds: lambda sizes: multiply_adds(sizes)[:1] * 2},
)

FIRST_LAYER_ONCE = Mistake(
    "first-layer-once",
    "Backward you count the weights of the first layer once; here they count twice like all others.",
    "What does the task say about the error signal of the input?",
    {multiply_adds: first_layer_once},
)

FORWARD_INCLUDED = Mistake(
    "forward-included",
    "Your second number counts the forward pass again: it is the cost of both passes together.",
    "How many multiply-adds does the backward pass need on its own?",
    {multiply_adds: lambda sizes: (multiply_adds(sizes)[0], sum(multiply_adds(sizes)))},
)

MLP_LOSS_AND_GRADIENTS = (
    NO_HALF,
    HALF_IN_GRADIENT_ONLY,
    GRADIENT_DOUBLED,
    MEAN_OVER_OUTPUTS,
    WRONG_SIGN,
    SLOPE_FORGOTTEN,
    SLOPE_AT_H,
    H_FOR_SLOPE,
    NO_SIGMOID,
    SIGMOID_AT_OUTPUT,
    NO_BIAS,
    NOT_TRANSPOSED,
    TRANSPOSED,
    BIAS_GRADIENT_ONE,
    BIAS_GRADIENT_ZERO,
)
MULTIPLY_ADDS = (BIASES_COUNTED, ONE_PER_WEIGHT, FIRST_LAYER_ONCE, FORWARD_INCLUDED)
