"""Mistakes with the losses and the deltas of the output, each a wrong version of steps of the reference."""

import numpy as np

from grader.assignment import Mistake
from reference.delta_rule import cross_entropy_loss, log_loss, squared_loss
from reference.losses import cross_entropy_delta, log_loss_delta, squared_loss_derivative

# Losses

HALF_SQUARED_LOSS = Mistake(
    "half-squared-loss",
    "Your loss is ½(y - o)², as in CSC321 and ITCS 6156; here it has no ½.",
    "What is the loss for y = 3 and o = 1?",
    {squared_loss: lambda y, o: squared_loss(y, o) / 2},
    convention=True,
)

ABSOLUTE_LOSS = Mistake(
    "not-squared",
    "Your loss is the distance |y - o| itself, not its square.",
    "If the error doubles, by which factor should the squared loss grow?",
    {squared_loss: lambda y, o: float(np.sqrt(squared_loss(y, o)))},
)

LOG_LOSS_SIGN = Mistake(
    "minus-forgotten",
    "Your loss is negative: the minus in front of the logarithms is missing.",
    "What is the sign of log 0.8, and what should the sign of a loss be?",
    {log_loss: lambda y, o: -log_loss(y, o)},
)

ONLY_LABEL_1 = Mistake(
    "only-label-1",
    "Your loss has only the term -y log o, so that it is 0 for every example of class 0.",
    "For y = 0, which outputs should be expensive?",
    {log_loss: lambda y, o: -y * np.log(o)},
)

OUTPUTS_SWAPPED = Mistake(
    "o-and-1-o-swapped",
    "Your loss reads the output as the probability of class 0.",
    "For y = 1, should an output of 0.9 or one of 0.1 cost more?",
    {log_loss: lambda y, o: log_loss(y, 1 - o)},
)

LOG_LOSS_BASE_2 = Mistake(
    "log-base-2",
    "Your logarithm has base 2; here logarithms are natural.",
    "What does your log give for e?",
    {log_loss: lambda y, o: log_loss(y, o) / np.log(2)},
)

CROSS_ENTROPY_SIGN = Mistake(
    "minus-forgotten",
    "Your loss is negative: the minus in front of the sum is missing.",
    "What is the sign of log 0.5, and what should the sign of a loss be?",
    {cross_entropy_loss: lambda y, o: np.sum(y * np.log(o))},
)

CROSS_ENTROPY_MEAN = Mistake(
    "mean-over-classes",
    "Your function takes the mean over the classes; the cross-entropy is their sum.",
    "How many terms of the sum are not zero? Should the loss depend on how many classes there are besides?",
    {cross_entropy_loss: lambda y, o: -np.mean(y * np.log(o))},
)

LABEL_FORGOTTEN = Mistake(
    "label-forgotten",
    "Your loss adds up the logarithms of all outputs, whichever class is right.",
    "Which of the outputs does the one-hot label pick?",
    {cross_entropy_loss: lambda y, o: -np.sum(np.log(o))},
)

BINARY_FORM = Mistake(
    "binary-form",
    "Your loss also subtracts (1 - y) log(1 - o) for every class, as k separate yes-or-no questions would.",
    "With y one-hot, which terms does the cross-entropy of k classes keep?",
    {cross_entropy_loss: lambda y, o: -np.sum(y * np.log(o) + (1 - y) * np.log(1 - o))},
)

CROSS_ENTROPY_BASE_2 = Mistake(
    "log-base-2",
    "Your logarithm has base 2; here logarithms are natural.",
    "What does your log give for e?",
    {cross_entropy_loss: lambda y, o: -np.sum(y * np.log2(o))},
)

# Deltas of the output

HALF_SQUARED_DELTA = Mistake(
    "half-squared-loss",
    "For regression your delta belongs to ½(y - o)², the loss of CSC321 and ITCS 6156; here the loss has no ½.",
    "What is the derivative of (y - o)² with respect to o?",
    {squared_loss_derivative: lambda y, o: o - y},
    convention=True,
)

DELTA_SIGN = Mistake(
    "y-minus-o",
    "Your deltas have the wrong sign: they hold y - o where o - y belongs.",
    "If the output is too large, does the error grow or shrink when z grows?",
    {
        squared_loss_derivative: lambda y, o: 2 * (y - o),
        log_loss_delta: lambda y, o: y - o,
        cross_entropy_delta: lambda y, o: y - o,
    },
)

SIGMOID_SLOPE_TWICE = Mistake(
    "extra-o(1-o)",
    "For the binary task your delta has a factor o(1 - o) too many: with the log loss it cancels.",
    "What is the derivative of the log loss with respect to o, and what does o(1 - o) do to its denominator?",
    {log_loss_delta: lambda y, o: (o - y) * o * (1 - o)},
)

LOSS_DERIVATIVE_ONLY = Mistake(
    "f'-forgotten",
    "For the binary task your delta is the derivative with respect to the output o; the factor f'(z) is missing.",
    "A delta is a derivative with respect to z. How does o react to z?",
    {log_loss_delta: lambda y, o: (o - y) / (o * (1 - o))},
)

SOFTMAX_DERIVATIVE_FORGOTTEN = Mistake(
    "softmax-forgotten",
    "For several classes your delta is the derivative with respect to o; the softmax between z and o is missing.",
    "If the net input of a wrong class grows, what happens to the output of the right one?",
    {cross_entropy_delta: lambda y, o: -y / o},
)

ONLY_THE_RIGHT_CLASS = Mistake(
    "only-the-right-class",
    "For several classes your delta is 0 for all neurons but the right one.",
    "If the net input of a wrong class grows, what happens to the output of the right one?",
    {cross_entropy_delta: lambda y, o: y * (o - y)},
)

SQUARED_LOSS = (HALF_SQUARED_LOSS, ABSOLUTE_LOSS)
LOG_LOSS = (LOG_LOSS_SIGN, ONLY_LABEL_1, OUTPUTS_SWAPPED, LOG_LOSS_BASE_2)
CROSS_ENTROPY_LOSS = (CROSS_ENTROPY_SIGN, CROSS_ENTROPY_MEAN, LABEL_FORGOTTEN, BINARY_FORM, CROSS_ENTROPY_BASE_2)
OUTPUT_DELTA = (
    HALF_SQUARED_DELTA,
    DELTA_SIGN,
    SIGMOID_SLOPE_TWICE,
    LOSS_DERIVATIVE_ONLY,
    SOFTMAX_DERIVATIVE_FORGOTTEN,
    ONLY_THE_RIGHT_CLASS,
)
