"""Mistakes with the network, forward and backward, each a wrong version of steps of the reference."""

import numpy as np

from grader.assignment import Mistake
from reference import relu_network
from reference.activations import relu, relu_derivative
from reference.conventions import read, write
from reference.network import (
    backward,
    bias_gradient,
    hidden_gradient,
    layer_inputs,
    preactivation,
    preactivation_gradients,
)
from reference.units import elementwise, linear_units, logistic_units, relu_units, through_slope

# Evaluating the network


def logistic_then_linear(L):
    return [logistic_units()] * (L - 1) + [linear_units()]


def with_input(W, b, x):
    z, a, H = relu_network.evaluate(W, b, x)
    return z, [x, *a], H


def activations_for_both(W, b, x):
    _, a, H = relu_network.evaluate(W, b, x)
    return a, a, H


RELU_AT_OUTPUT = Mistake(
    "relu-at-output",
    "Your network applies ReLU in the last layer too; the output is linear.",
    "Can your network ever predict a negative number?",
    {relu_network.relu_then_linear: lambda L: [relu_units()] * L},
)

NO_RELU = Mistake(
    "no-relu",
    "Your hidden nodes send on z itself: the activation g is missing.",
    "What does a node with z = -5 send on?",
    {relu_network.relu_then_linear: lambda L: [linear_units()] * L},
)

LOGISTIC_NODES = Mistake(
    "sigmoid-for-relu",
    "Your hidden nodes use the sigmoid; in this network g is ReLU.",
    "What does ReLU give for z = 6, and what does your activation give?",
    {relu_network.relu_then_linear: logistic_then_linear},
)

NO_BIAS = Mistake(
    "no-bias",
    "Your z leaves out the biases b.",
    "What is z if all the inputs of a node are 0?",
    {preactivation: lambda W, h_prev, b: W @ h_prev},
)

INPUT_IN_LIST = Mistake(
    "x-in-the-list",
    "Your list a begins with the input x; it should begin with the activations of layer 1.",
    "How many layers does the network have, and how many entries has your list?",
    {relu_network.evaluate: with_input},
)

A_FOR_Z = Mistake(
    "a-for-z",
    "Your list z holds the activations: ReLU has already been applied to it.",
    "Can z be negative? Are there negative numbers in your list?",
    {relu_network.evaluate: activations_for_both},
)

# Backpropagation


def with_slope(slope):
    return lambda: elementwise(relu, slope)


def preactivations_sent(W, h, a, g, grad_a):
    return backward(W, [h[0], *a], a, g, grad_a)


def bias_before_slope(W, h, a, g, grad_a):
    grad_W, _ = backward(W, h, a, g, grad_a)
    grads = preactivation_gradients(W, h, a, g, grad_a)
    return grad_W, [*(hidden_gradient(W_next, grad) for W_next, grad in zip(W[1:], grads[1:], strict=True)), grad_a]


def transposed(W, b, convention):
    W, b = write(W, b, convention)
    return [W_l.T for W_l in W], b


def only_last_layer_turned(W, b, convention):
    return [*W[:-1], W[-1].T], list(b)


DERIVATIVE_FORGOTTEN = Mistake(
    "g'-forgotten",
    "On the way back your function leaves out g'(z): nodes that are switched off still pass something on.",
    "A node has z = -5. If one of its weights changes a little, does the output H notice?",
    {through_slope: lambda grad_h, slope: grad_h},
)

RELU_FOR_DERIVATIVE = Mistake(
    "g-for-g'",
    "Your function multiplies by g(z) = ReLU(z) where its derivative g'(z) belongs.",
    "How steep is ReLU at z = 6?",
    {relu_units: with_slope(relu)},
)

SIGMOID_SLOPE = Mistake(
    "sigmoid-derivative",
    "Your function uses a(1 - a), the derivative of the sigmoid; this network's g is ReLU.",
    "How steep is ReLU at z = 6, and what is a(1 - a) there?",
    {relu_units: with_slope(lambda z: relu(z) * (1 - relu(z)))},
)

SLOPE_ON_WRONG_SIDE = Mistake(
    "g'-upside-down",
    "Your derivative of ReLU is 1 where z is negative and 0 where it is positive.",
    "On which side of 0 does ReLU rise?",
    {relu_units: with_slope(lambda z: 1 - relu_derivative(z))},
)

SLOPE_AT_OUTPUT = Mistake(
    "relu-at-output",
    "Your function treats the output as a ReLU node, so all gradients vanish where H < 0; the output is linear.",
    "What is the derivative of H with respect to z of the last layer?",
    {relu_network.gradient_of_itself: relu_derivative},
)

STARTS_FROM_H = Mistake(
    "starts-from-H",
    "Your walk back starts from the value of H instead of its derivative with respect to itself.",
    "If H grows by 1, by how much does H grow?",
    {relu_network.gradient_of_itself: lambda H: H},
)

TRANSPOSED = Mistake(
    "transposed",
    "Your weight gradients are right but transposed: row j belongs to node j, as in CS6910.",
    "Here W_ij leads from node i to node j. What shape must the gradient have?",
    {write: transposed},
    convention=True,
)

OWN_ACTIVATIONS = Mistake(
    "layer-off-by-one",
    "Your weight gradients use the activations of the layer's own nodes instead of those of the layer before.",
    "Which activation does the weight W_ij of layer l multiply?",
    {layer_inputs: lambda h, L: h[1 : L + 1]},
)

Z_FOR_A = Mistake(
    "z-for-a",
    "Your weight gradients use z of the layer before, without its activation.",
    "What does a node of the layer before send along the weight: z or a?",
    {backward: preactivations_sent},
)

BIAS_GRADIENT_ONE = Mistake(
    "bias-gradient-1",
    "Your bias gradients are 1 everywhere, as if each node were the output.",
    "Through which other nodes does a hidden node's bias reach H?",
    {bias_gradient: np.ones_like},
)

BIAS_GRADIENT_ZERO = Mistake(
    "bias-gradient-0",
    "Your bias gradients are all 0.",
    "Does H change if the bias of a node that is on grows?",
    {bias_gradient: np.zeros_like},
)

BIAS_BEFORE_SLOPE = Mistake(
    "bias-gradient-without-g'",
    "Your bias gradients are the derivatives with respect to a; g'(z) is missing in them.",
    "The bias of a node with z = -5 grows a little. Does the output notice?",
    {backward: bias_before_slope},
)

INDICES_SWAPPED = Mistake(
    "from-and-to-swapped",
    "Your numbers belong to z = Wa; in DSC 140B W_ij leads from node i to node j, so z = Wᵀa.",
    "Which row or column of W1 holds the weights into the first hidden node?",
    {read: only_last_layer_turned, write: only_last_layer_turned},
)

EVALUATE = (RELU_AT_OUTPUT, NO_RELU, LOGISTIC_NODES, NO_BIAS, INPUT_IN_LIST, A_FOR_Z)
OUTPUT_GRADIENTS = (
    DERIVATIVE_FORGOTTEN,
    RELU_FOR_DERIVATIVE,
    SIGMOID_SLOPE,
    SLOPE_ON_WRONG_SIDE,
    SLOPE_AT_OUTPUT,
    STARTS_FROM_H,
    TRANSPOSED,
    OWN_ACTIVATIONS,
    Z_FOR_A,
    NO_BIAS,
    NO_RELU,
    BIAS_GRADIENT_ONE,
    BIAS_GRADIENT_ZERO,
    BIAS_BEFORE_SLOPE,
)
WORKED_EXAMPLE = (
    INDICES_SWAPPED,
    DERIVATIVE_FORGOTTEN,
    RELU_FOR_DERIVATIVE,
    SLOPE_ON_WRONG_SIDE,
    TRANSPOSED,
    OWN_ACTIVATIONS,
    Z_FOR_A,
    NO_RELU,
)
