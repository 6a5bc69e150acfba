"""Mistakes with the linear model and the gradient of its risk, each a wrong version of steps of the reference."""

import numpy as np

from grader.assignment import Mistake
from reference.linear import (
    augment,
    linear_gradient,
    loss_derivative,
    mean_over_examples,
    prediction,
)

# Linear model and risk


def ones_last(x):
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)


BIAS_LAST = Mistake(
    "bias-last",
    "Your function puts the bias behind the other weights; here w_0 stands first.",
    "Which entry of w goes with which entry of Aug(x) = (1, x_1, …, x_d)?",
    {augment: ones_last},
)

NO_BIAS_ENTRY = Mistake(
    "no-bias-entry",
    "Your gradient has no entry for the bias w_0.",
    "H depends on d + 1 numbers: how fast does it change with each of them, w_0 included?",
    {linear_gradient: lambda x: x},
)

ZERO_FOR_BIAS = Mistake(
    "zero-for-bias",
    "Your gradient says that the bias w_0 has no effect on H.",
    "If w_0 grows by 1 and all else stays, by how much does H grow?",
    {linear_gradient: lambda x: augment(x) * np.r_[0.0, np.ones(x.shape[-1])]},
)

NO_MEAN = Mistake(
    "no-1/n",
    "Your function sums over the examples; the risk is their mean.",
    "Hand in every example twice: should the risk and its gradient double?",
    {mean_over_examples: lambda weights, gradients: weights @ gradients},
)

MEAN_TWICE = Mistake(
    "1/n-twice",
    "Your function divides by the number of examples twice.",
    "Which of your steps already takes the mean?",
    {mean_over_examples: lambda weights, gradients: weights @ gradients / len(weights) ** 2},
)

DIVIDED_BY_WEIGHTS = Mistake(
    "divided-by-d+1",
    "Your function divides by the number of weights instead of the number of examples.",
    "Over what does the mean in the risk run?",
    {mean_over_examples: lambda weights, gradients: weights @ gradients / gradients.shape[1]},
)

HALF_SQUARED_LOSS = Mistake(
    "half-squared-loss",
    "Your gradient is that of ½(H - y)², the square loss of CSC321 and ITCS 6156; here the loss has no ½.",
    "What is the derivative of (H - y)² with respect to H?",
    {loss_derivative: lambda H, y: H - y},
    convention=True,
)

WRONG_SIGN = Mistake(
    "y-minus-H",
    "Your gradient points the other way: it has y - H where H - y belongs.",
    "If a prediction is too large, should raising the bias make the risk larger or smaller?",
    {loss_derivative: lambda H, y: 2 * (y - H)},
)

LOSS_FOR_DERIVATIVE = Mistake(
    "loss-for-its-derivative",
    "Your function multiplies the gradient of H by the loss itself instead of the loss's derivative.",
    "Which factor does the chain rule put in front of the gradient of H?",
    {loss_derivative: lambda H, y: (H - y) ** 2},
)

TARGETS_FORGOTTEN = Mistake(
    "targets-forgotten",
    "Your gradient does not depend on the targets y.",
    "What should the gradient be if every prediction is exactly right?",
    {loss_derivative: lambda H, y: 2 * H},
)

NO_BIAS_IN_PREDICTION = Mistake(
    "prediction-without-bias",
    "Your predictions leave out the bias w_0.",
    "What does the model predict for x = 0?",
    {prediction: lambda w, x: x @ w[1:]},
)

LINEAR_GRADIENT = (NO_BIAS_ENTRY, ZERO_FOR_BIAS, BIAS_LAST)
RISK_GRADIENT = (
    NO_MEAN,
    MEAN_TWICE,
    DIVIDED_BY_WEIGHTS,
    HALF_SQUARED_LOSS,
    WRONG_SIGN,
    LOSS_FOR_DERIVATIVE,
    TARGETS_FORGOTTEN,
    NO_BIAS_IN_PREDICTION,
    NO_BIAS_ENTRY,
    ZERO_FOR_BIAS,
    BIAS_LAST,
)
