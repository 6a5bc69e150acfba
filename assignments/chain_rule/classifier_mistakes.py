"""Slips made with classifiers: logistic regression, the 0-1 loss and the hinge loss."""

import numpy as np

from grader.assignment import Mistake
from reference.activations import sigmoid, sigmoid_derivative
from reference.linear import augment, linear_gradient, logistic_regression_gradient, mean_over_examples, prediction
from reference.losses import (
    hinge_gradient,
    hinge_is_active,
    hinge_loss,
    log_loss_delta,
    margin,
    zero_one_loss,
)
from reference.shapes import Array


def ones_last(x: Array) -> Array:
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)


def with_derivative_twice(w: Array, X: Array, t: Array) -> Array:
    z = prediction(w, X)
    return mean_over_examples((sigmoid(z) - t) * sigmoid_derivative(z), linear_gradient(X))


LOGISTIC_REGRESSION = (
    Mistake(
        "no-1/n",
        "Your gradient adds the examples up; the cost is their mean.",
        "What should happen to the gradient when every example is listed twice?",
        {mean_over_examples: lambda weights, gradients: weights @ gradients},
    ),
    Mistake(
        "1/n-twice",
        "Your gradient is divided by the number of examples twice.",
        "Which of your steps already takes the mean?",
        {mean_over_examples: lambda weights, gradients: weights @ gradients / len(weights) ** 2},
    ),
    Mistake(
        "divided-by-d+1",
        "Your gradient is divided by the number of weights instead of the number of examples.",
        "Over what does the mean in E(w) run?",
        {mean_over_examples: lambda weights, gradients: weights @ gradients / gradients.shape[1]},
    ),
    Mistake(
        "sign",
        "Your gradient comes from t − y: it has the opposite sign.",
        "Does the loss of a class 0 rise or fall when the bias rises?",
        {log_loss_delta: lambda t, y: t - y},
    ),
    Mistake(
        "derivative-twice",
        "You multiply y − t by y(1 − y) once more: that is the gradient of ½(y − t)², not of the log loss.",
        "Which derivatives has y − t taken account of already?",
        {logistic_regression_gradient: with_derivative_twice},
    ),
    Mistake(
        "doubled",
        "Your gradient is twice as large: it has 2(y − t) where y − t belongs.",
        "Where in the derivative of a logarithm does a 2 come from?",
        {log_loss_delta: lambda t, y: 2 * (y - t)},
    ),
    Mistake(
        "no-logistic-function",
        "Your y is the score z itself: the logistic function is missing.",
        "Between which two numbers must y lie?",
        {sigmoid: lambda z: z},
    ),
    Mistake(
        "targets-forgotten",
        "Your gradient comes from y alone: the labels make no difference.",
        "When should the gradient be zero?",
        {log_loss_delta: lambda t, y: y},
    ),
    Mistake(
        "inputs-forgotten",
        "Every entry of your gradient is the mean of y − t: the inputs make no difference.",
        "How strongly does z answer to a weight whose input is 0?",
        {linear_gradient: lambda X: np.ones_like(augment(X))},
    ),
    Mistake(
        "prediction-without-bias",
        "Your scores leave out the bias w_0.",
        "What is z for x = 0?",
        {prediction: lambda w, x: x @ w[1:]},
    ),
    Mistake(
        "no-bias-entry",
        "Your gradient has no entry for the bias w_0.",
        "E depends on d + 1 numbers. With respect to how many is the derivative taken?",
        {linear_gradient: lambda X: X},
    ),
    Mistake(
        "bias-last",
        "Your function puts the bias behind the other weights; here w_0 stands first.",
        "Which entry of w goes with which entry of (1, x_1, …, x_d)?",
        {augment: ones_last},
    ),
)

ZERO_ONE = (
    Mistake(
        "reversed",
        "Your loss is 1 for a right decision and 0 for a wrong one.",
        "Should a right decision cost anything?",
        {zero_one_loss: lambda y, t: 1 - zero_one_loss(y, t)},
    ),
    Mistake(
        "distance",
        "Your loss is the distance |y − t|: it depends on how far apart the numbers of the classes are.",
        "Is it worse to take a 3 for an 8 than a 7 for an 8?",
        {zero_one_loss: lambda y, t: abs(y - t)},
    ),
    Mistake(
        "squared",
        "Your loss is (y − t)²: it depends on how far apart the numbers of the classes are.",
        "Is it worse to take a 3 for an 8 than a 7 for an 8?",
        {zero_one_loss: lambda y, t: (y - t) ** 2},
    ),
    Mistake(
        "sign",
        "Your loss is the sign of the difference: it is −1 for some wrong decisions.",
        "Can a loss be negative?",
        {zero_one_loss: lambda y, t: int(np.sign(y - t))},
    ),
    Mistake(
        "one-side-only",
        "Your loss is 1 only if y is above t.",
        "Is a decision right whose number is below that of the true class?",
        {zero_one_loss: lambda y, t: int(y > t)},
    ),
)

HINGE_LOSS = (
    Mistake(
        "no-margin",
        "Your loss is max(0, −t z): it costs nothing to be right by a hair.",
        "Which margin t z does the hinge loss ask for?",
        {hinge_loss: lambda z, t: max(0.0, -t * z)},
    ),
    Mistake(
        "not-cut-off",
        "Your loss is 1 − t z, which goes below 0 for clear decisions.",
        "What is the least that an example can cost?",
        {hinge_loss: lambda z, t: 1 - t * z},
    ),
    Mistake(
        "sign",
        "Your loss is max(0, 1 + t z): right decisions cost more than wrong ones.",
        "Which sign has t z when the decision is right?",
        {margin: lambda z, t: -t * z},
    ),
    Mistake(
        "absolute-value",
        "Your loss is |1 − t z|: it punishes margins above 1, too.",
        "What should an example cost that is right by a wide margin?",
        {hinge_loss: lambda z, t: abs(1 - t * z)},
    ),
    Mistake(
        "squared",
        "Your loss is the square of the hinge loss.",
        "How does the hinge loss grow with the distance to the margin, in a line or in a curve?",
        {hinge_loss: lambda z, t: hinge_loss(z, t) ** 2},
    ),
    Mistake(
        "class-forgotten",
        "Your loss is max(0, 1 − z), whichever class is the true one.",
        "What should a positive score cost if the class is −1?",
        {margin: lambda z, t: z},
    ),
    Mistake(
        "right-or-wrong",
        "Your loss is 1 for a wrong decision and 0 for a right one: that is the 0–1 loss.",
        "Should a score that is just on the right side cost nothing?",
        {hinge_loss: lambda z, t: float(t * z < 0)},
    ),
)

HINGE_GRADIENT = (
    Mistake(
        "sign",
        "Your derivative is t where −t belongs.",
        "The class is 1 and the score is too low: does the loss rise or fall when the score rises?",
        {hinge_gradient: lambda z, t: -hinge_gradient(z, t)},
    ),
    Mistake(
        "everywhere",
        "Your derivative is −t everywhere.",
        "What happens to the loss of a clear decision when the score moves a little?",
        {hinge_is_active: lambda z, t: 1.0},
    ),
    Mistake(
        "no-margin",
        "Your derivative is −t only where the decision is wrong; the loss begins earlier, at the margin.",
        "What does a right decision with the margin ½ cost?",
        {hinge_is_active: lambda z, t: float(t * z < 0)},
    ),
    Mistake(
        "wrong-side",
        "Your derivative is 0 where the example costs something, and −t where it costs nothing.",
        "On which side of t z = 1 is the loss flat?",
        {hinge_is_active: lambda z, t: float(t * z > 1)},
    ),
    Mistake(
        "class-forgotten",
        "Your derivative is −1 for either class.",
        "The class is −1 and the score is too high: does the loss rise or fall when the score rises?",
        {hinge_gradient: lambda z, t: -hinge_is_active(z, t)},
    ),
    Mistake(
        "score-for-class",
        "Your derivative is −z: you have differentiated t z with respect to t.",
        "With respect to which of the two is the derivative taken?",
        {hinge_gradient: lambda z, t: -z * hinge_is_active(z, t)},
    ),
    Mistake(
        "loss-returned",
        "Your function returns the loss, not its derivative.",
        "Is the value asked or the slope?",
        {hinge_gradient: hinge_loss},
    ),
    Mistake(
        "derivative-of-the-square",
        "Your derivative is −2t(1 − t z): that of the squared hinge loss.",
        "How steep is a straight line, at each of its points?",
        {hinge_gradient: lambda z, t: -2 * t * hinge_loss(z, t)},
    ),
)
