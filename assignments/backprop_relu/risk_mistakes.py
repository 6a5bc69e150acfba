"""Mistakes with the risk and its minimum, in closed form and by descent: wrong versions of steps of the reference."""

import numpy as np

from grader.assignment import Mistake
from reference.descent import descent_step, minibatches, whole_batch
from reference.linear import (
    augment,
    least_squares,
    mean_loss,
    prediction,
    risk,
    risk_descent,
    risk_gradient,
    square_loss,
)

from .linear_mistakes import BIAS_LAST, DIVIDED_BY_WEIGHTS, HALF_SQUARED_LOSS, NO_BIAS_IN_PREDICTION, NO_MEAN

# The risk

SQUARE_MISSING = Mistake(
    "square-missing",
    "Your risk is the mean of H - y itself: the square is missing, as in the second formula of DSC 140B's slide.",
    "What is the risk of two predictions, one too large by 1 and one too small by 1?",
    {square_loss: lambda H, y: H - y},
)

SQUARED_MEAN = Mistake(
    "squared-mean",
    "Your risk is the square of the mean error, so that errors of both signs cancel; it is the mean of the squares.",
    "What is the risk of two predictions, one too large by 1 and one too small by 1?",
    {risk: lambda w, X, y: float(np.mean(prediction(w, X) - y) ** 2)},
)

SUM_OF_SQUARES = Mistake(
    "no-1/n",
    "Your risk adds the losses up; it is their mean.",
    "Hand in every example twice: should the risk double?",
    {mean_loss: lambda losses: float(np.sum(losses))},
)

DIVIDED_BY_D = Mistake(
    "divided-by-d+1",
    "Your risk is divided by the number of weights instead of the number of examples.",
    "Over what does the mean in the risk run?",
    {risk: lambda w, X, y: float(np.sum((prediction(w, X) - y) ** 2) / len(w))},
)

HALF_SQUARE = Mistake(
    "half-squared-loss",
    "Your risk is that of ½(H - y)², the square loss of CSC321 and ITCS 6156; here the loss has no ½.",
    "What is the loss of a prediction that is off by 2?",
    {square_loss: lambda H, y: (H - y) ** 2 / 2},
    convention=True,
)

ABSOLUTE_LOSS = Mistake(
    "absolute-loss",
    "Your risk is the mean of |H - y|, not of its square.",
    "If an error doubles, by which factor should its loss grow?",
    {square_loss: lambda H, y: np.abs(H - y)},
)

ROOT = Mistake(
    "root",
    "Your function takes the root of the mean square.",
    "Is there a root in the formula of the risk?",
    {risk: lambda w, X, y: float(np.sqrt(risk(w, X, y)))},
)

ONE_PER_EXAMPLE = Mistake(
    "one-number-per-example",
    "Your function returns the loss of every example.",
    "How do the losses of the examples become one number?",
    {mean_loss: lambda losses: losses},
)

# The weights of least risk


def least_squares_bias_last(X, y):
    w = least_squares(X, y)
    return np.append(w[1:], w[0])


def without_intercept(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]


NO_COLUMN_OF_ONES = Mistake(
    "no-column-of-ones",
    "Your weights have no bias: they are those of the best line through the origin.",
    "How many weights does the model have, and which column of A belongs to w_0?",
    {least_squares: without_intercept},
)

BIAS_SET_TO_ZERO = Mistake(
    "bias-set-to-0",
    "Your bias is 0, and the other weights are those of the best line through the origin.",
    "Which column of A belongs to w_0?",
    {least_squares: lambda X, y: np.append(0.0, without_intercept(X, y))},
)

SOLUTION_BIAS_LAST = Mistake(
    "bias-last",
    "Your function puts the bias behind the other weights; here w_0 stands first.",
    "Which entry of w goes with which entry of Aug(x) = (1, x_1, …, x_d)?",
    {least_squares: least_squares_bias_last},
)

NOT_SOLVED = Mistake(
    "not-solved",
    "Your function returns Aᵀy, the right side of the equations: they have not been solved.",
    "Which matrix stands before w?",
    {least_squares: lambda X, y: augment(X).T @ y},
)

RIDGE = Mistake(
    "regularised",
    "Your function adds 1 to the diagonal of AᵀA: that is the solution with an L2 penalty.",
    "Is there a penalty in the risk?",
    {least_squares: lambda X, y: np.linalg.solve(augment(X).T @ augment(X) + np.eye(X.shape[1] + 1), augment(X).T @ y)},
)

PREDICTIONS_RETURNED = Mistake(
    "predictions-returned",
    "Your function returns the predictions of the best model, not its weights.",
    "How many numbers should come back?",
    {least_squares: lambda X, y: prediction(least_squares(X, y), X)},
)

SOLUTION_DIVIDED = Mistake(
    "divided-by-n",
    "Your weights are divided by the number of examples.",
    "The 1/n stands on both sides of the equations. What becomes of it?",
    {least_squares: lambda X, y: least_squares(X, y) / len(y)},
)

# Descent on the risk


def first_gradient_kept(w, X, y, eta, iterations):
    return w - iterations * eta * risk_gradient(w, X, y)


def bias_kept(w, X, y, eta, iterations):
    for _ in range(iterations):
        w = w - eta * risk_gradient(w, X, y) * (np.arange(len(w)) > 0)
    return w


UPHILL = Mistake(
    "uphill",
    "Your steps go along the gradient, so that the risk grows.",
    "The gradient points where the risk rises. Which way is down?",
    {descent_step: lambda w, grad, eta: w + eta * grad},
)

NO_RATE = Mistake(
    "no-learning-rate",
    "Your steps leave the learning rate η out.",
    "What changes in your result when you call it with another η?",
    {descent_step: lambda w, grad, eta: w - grad},
)

ONE_ITERATION = Mistake(
    "one-iteration",
    "Your function takes one step and returns.",
    "How often should the step be taken?",
    {risk_descent: lambda w, X, y, eta, iterations: risk_descent(w, X, y, eta, 1)},
)

ONE_TOO_MANY = Mistake(
    "one-iteration-too-many",
    "Your loop runs once too often.",
    "With iterations = 1, how often should the weights change?",
    {risk_descent: lambda w, X, y, eta, iterations: risk_descent(w, X, y, eta, iterations + 1)},
)

ONE_TOO_FEW = Mistake(
    "one-iteration-too-few",
    "Your loop ends one step early.",
    "With iterations = 1, how often should the weights change?",
    {risk_descent: lambda w, X, y, eta, iterations: risk_descent(w, X, y, eta, iterations - 1)},
)

FIRST_GRADIENT_KEPT = Mistake(
    "gradient-of-the-first-step",
    "You compute the gradient once and use it in every step.",
    "Has the gradient changed after the weights have moved?",
    {risk_descent: first_gradient_kept},
)

STEP_PER_EXAMPLE = Mistake(
    "step-per-example",
    "You take a step after each example: that is stochastic descent. Here a step uses all examples.",
    "Over what does the mean in the risk's gradient run?",
    {whole_batch: lambda X, y: minibatches(X, y, 1)},
)

BIAS_KEPT = Mistake(
    "bias-not-updated",
    "Your bias stays as it was.",
    "How many entries has the gradient, and how many of the weights have moved?",
    {risk_descent: bias_kept},
)

RISK = (
    SQUARE_MISSING,
    SQUARED_MEAN,
    SUM_OF_SQUARES,
    DIVIDED_BY_D,
    HALF_SQUARE,
    ABSOLUTE_LOSS,
    ROOT,
    ONE_PER_EXAMPLE,
    NO_BIAS_IN_PREDICTION,
    BIAS_LAST,
)
LEAST_SQUARES = (
    NO_COLUMN_OF_ONES,
    BIAS_SET_TO_ZERO,
    SOLUTION_BIAS_LAST,
    NOT_SOLVED,
    RIDGE,
    PREDICTIONS_RETURNED,
    SOLUTION_DIVIDED,
)
RISK_DESCENT = (
    UPHILL,
    NO_RATE,
    ONE_ITERATION,
    ONE_TOO_MANY,
    ONE_TOO_FEW,
    FIRST_GRADIENT_KEPT,
    STEP_PER_EXAMPLE,
    BIAS_KEPT,
    NO_MEAN,
    DIVIDED_BY_WEIGHTS,
    HALF_SQUARED_LOSS,
    NO_BIAS_IN_PREDICTION,
    BIAS_LAST,
)
