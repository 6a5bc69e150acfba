"""Slips made before the way back: counting parameters, the forward pass and the cost."""

from itertools import pairwise

import numpy as np

from grader.assignment import Mistake
from reference.activations import relu, sigmoid, softmax
from reference.losses import example_count, l2_penalty, negative_log_likelihood
from reference.network import preactivation
from reference.shapes import Array, Layers
from reference.vectorized import cost, forward, parameter_count


def weight_count(sizes: list[int]) -> int:
    return sum(n * n_next for n, n_next in pairwise(sizes))


def preactivations(W: Layers, b: Layers, X: Array) -> list[Array]:
    inputs = [X, *forward(W, b, X)]
    return [preactivation(W_l, a, b_l) for W_l, a, b_l in zip(W, inputs, b, strict=False)]


PARAMETER_COUNT = (
    Mistake(
        "no-biases",
        "Your count has the weights alone.",
        "What else does a unit learn, besides a weight for each of its inputs?",
        {parameter_count: weight_count},
    ),
    Mistake(
        "biases-of-the-inputs",
        "Your count has a bias for every unit of the input layer, too.",
        "Do the inputs compute anything?",
        {parameter_count: lambda sizes: weight_count(sizes) + sum(sizes)},
    ),
    Mistake(
        "one-bias-per-layer",
        "Your count has one bias per layer.",
        "Do the units of a layer share a bias?",
        {parameter_count: lambda sizes: weight_count(sizes) + len(sizes) - 1},
    ),
    Mistake(
        "biases-of-the-layer-below",
        "Your count gives each layer as many biases as the layer below has units.",
        "Whose pre-activations does a bias add to?",
        {parameter_count: lambda sizes: weight_count(sizes) + sum(sizes[:-1])},
    ),
    Mistake(
        "last-layer-left-out",
        "Your count ends before the output layer.",
        "Do the output units have weights and biases?",
        {parameter_count: lambda sizes: parameter_count(sizes[:-1])},
    ),
    Mistake(
        "first-layer-left-out",
        "Your count begins after the first hidden layer.",
        "Do the first hidden units have weights and biases?",
        {parameter_count: lambda sizes: parameter_count(sizes[1:])},
    ),
    Mistake(
        "units-counted",
        "Your function adds up the units.",
        "How many numbers belong to one unit?",
        {parameter_count: sum},
    ),
)

FORWARD = (
    Mistake(
        "pre-activations-returned",
        "Your function returns the pre-activations z of the layers, not their activations.",
        "Which of your lists holds what a layer passes on?",
        {forward: preactivations},
    ),
    Mistake(
        "softmax-over-examples",
        "Your softmax sums over the examples: each row of your output sums to 1, not each column.",
        "Which numbers form one distribution, those of an example or those of a class?",
        {softmax: lambda z: softmax(z.T).T},
    ),
    Mistake(
        "softmax-over-everything",
        "Your softmax sums over the whole matrix: all examples share one distribution.",
        "What should each column of the output sum to?",
        {softmax: lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum()},
    ),
    Mistake(
        "no-output-function",
        "Your output is the pre-activation of the last layer: softmax is missing.",
        "What turns the scores of an example into probabilities?",
        {softmax: lambda z: z},
    ),
    Mistake(
        "relu-output",
        "Your last layer is a ReLU layer like the others.",
        "What should each column of the output sum to?",
        {softmax: relu},
    ),
    Mistake(
        "logistic-output",
        "Your last layer applies the logistic function: its columns do not sum to 1.",
        "Which output function does a classifier with K classes have?",
        {softmax: sigmoid},
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
        "tanh-hidden-layers",
        "Your hidden layers use tanh.",
        "Which activation function does this assignment ask for?",
        {relu: np.tanh},
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
        {forward: lambda W, b, X: [X, *forward(W, b, X)]},
    ),
    Mistake(
        "output-only",
        "Your function returns the output of the last layer alone.",
        "What else will the way back need?",
        {forward: lambda W, b, X: forward(W, b, X)[-1]},
    ),
    Mistake(
        "output-first",
        "Your list begins with the output.",
        "In which order does the forward pass go through the layers?",
        {forward: lambda W, b, X: forward(W, b, X)[::-1]},
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
        "How many examples are there, and how many entries of Y are 1?",
        {example_count: np.size},
    ),
    Mistake(
        "divided-by-K",
        "Your cost is divided by the number of classes, not by the number of examples.",
        "Which axis of Y counts the examples?",
        {example_count: len},
    ),
    Mistake(
        "no-minus",
        "Your log-likelihood has no minus sign: the cost falls when the network gets worse.",
        "Which sign has the logarithm of a probability?",
        {negative_log_likelihood: lambda A, Y: -negative_log_likelihood(A, Y)},
    ),
    Mistake(
        "logarithm-to-base-2",
        "Your logarithm is the one to base 2.",
        "To which base is ln?",
        {negative_log_likelihood: lambda A, Y: negative_log_likelihood(A, Y) / np.log(2)},
    ),
    Mistake(
        "logarithm-to-base-10",
        "Your logarithm is the one to base 10.",
        "To which base is ln?",
        {negative_log_likelihood: lambda A, Y: negative_log_likelihood(A, Y) / np.log(10)},
    ),
    Mistake(
        "labels-forgotten",
        "Your cost adds up −ln of all probabilities: the labels make no difference.",
        "Which entry of a column does the likelihood of its example look at?",
        {negative_log_likelihood: lambda A, Y: negative_log_likelihood(A, np.ones_like(Y))},
    ),
    Mistake(
        "binary-for-every-class",
        "Your cost also adds −ln(1 − a) of the other classes: the log loss of independent yes-no questions.",
        "Which terms does the likelihood have for classes with y = 0?",
        {negative_log_likelihood: lambda A, Y: negative_log_likelihood(A, Y) + negative_log_likelihood(1 - A, 1 - Y)},
    ),
    Mistake(
        "no-regularisation",
        "Your cost leaves the L2 penalty out.",
        "What changes in your result when you call it with another α?",
        {l2_penalty: lambda W, alpha: 0.0},
    ),
    Mistake(
        "penalty-without-half",
        "Your penalty is α‖W‖²: the factor ½ is missing.",
        "What should the derivative of the penalty with respect to W be?",
        {l2_penalty: lambda W, alpha: 2 * l2_penalty(W, alpha)},
    ),
    Mistake(
        "penalty-over-m",
        "Your penalty is divided by the number of examples.",
        "Does the penalty of ITCS 6156 depend on how many examples there are?",
        {cost: lambda W, A, Y, alpha: cost(W, A, Y, alpha / Y.shape[1])},
    ),
    Mistake(
        "penalty-subtracted",
        "Your penalty is subtracted: large weights make the cost smaller.",
        "Should large weights be cheap or dear?",
        {l2_penalty: lambda W, alpha: -l2_penalty(W, alpha)},
    ),
    Mistake(
        "norm-not-squared",
        "Your penalty takes the norm of each matrix, not its square.",
        "Is ‖W‖² the sum of the squared weights, or its root?",
        {l2_penalty: lambda W, alpha: alpha / 2 * sum(map(np.linalg.norm, W))},
    ),
    Mistake(
        "absolute-weights",
        "Your penalty adds up absolute values of the weights.",
        "Which norm gives L2 regularisation its name?",
        {l2_penalty: lambda W, alpha: alpha / 2 * sum(np.abs(W_l).sum() for W_l in W)},
    ),
    Mistake(
        "last-layer-penalised-only",
        "Your penalty looks at the weights of the last layer alone.",
        "Over which layers does ITCS 6156's sum run?",
        {l2_penalty: lambda W, alpha: l2_penalty(W[-1:], alpha)},
    ),
    Mistake(
        "first-layer-penalised-only",
        "Your penalty looks at the weights of the first layer alone.",
        "Over which layers does ITCS 6156's sum run?",
        {l2_penalty: lambda W, alpha: l2_penalty(W[:1], alpha)},
    ),
)
