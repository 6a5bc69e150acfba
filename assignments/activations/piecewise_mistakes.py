"""Slips made with the piecewise linear activations: ReLU, leaky ReLU, absolute value ReLU, maxout."""

import numpy as np

from grader.assignment import Mistake
from reference import activations as reference

RELU = (
    Mistake(
        "minimum",
        "Your function keeps the negative numbers and cuts the positive ones off.",
        "Which numbers should pass through the rectifier unchanged?",
        {reference.relu: lambda z: np.minimum(0.0, z)},
    ),
    Mistake(
        "absolute-value",
        "Your function is |z|: negative numbers change their sign instead of being cut off.",
        "What does the rectifier return for z = −2?",
        {reference.relu: np.abs},
    ),
    Mistake(
        "step",
        "Your function is 0 or 1: it says whether z is positive and forgets how large it is.",
        "What does the rectifier return for z = 3?",
        {reference.relu: lambda z: (z > 0).astype(float)},
    ),
    Mistake(
        "leak",
        "Your function lets a hundredth of the negative numbers through: that is a leaky ReLU.",
        "How flat is the rectifier left of 0?",
        {reference.relu: lambda z: np.where(z > 0, z, 0.01 * z)},
    ),
    Mistake(
        "identity",
        "Your function returns z unchanged.",
        "What should happen to the negative numbers?",
        {reference.relu: lambda z: z},
    ),
    Mistake(
        "capped-at-1",
        "Your function never gets above 1.",
        "Does the rectifier saturate for large z?",
        {reference.relu: lambda z: np.clip(z, 0.0, 1.0)},
    ),
)

RELU_DERIVATIVE = (
    Mistake(
        "function-returned",
        "Your function returns ReLU itself, not its derivative.",
        "How steep is the line right of 0, at z = 1 and at z = 3?",
        {reference.relu_derivative: reference.relu},
    ),
    Mistake(
        "sign-function",
        "Your function is −1 for negative z: that is the derivative of |z|.",
        "How steep is ReLU left of 0?",
        {reference.relu_derivative: np.sign},
    ),
    Mistake(
        "leak",
        "Your function is 0.01 for negative z: that is the derivative of a leaky ReLU.",
        "How steep is ReLU left of 0?",
        {reference.relu_derivative: lambda z: np.where(z > 0, 1.0, 0.01)},
    ),
    Mistake(
        "always-1",
        "Your function is 1 everywhere.",
        "How steep is ReLU left of 0?",
        {reference.relu_derivative: np.ones_like},
    ),
    Mistake(
        "reversed",
        "Your function is 1 for negative and 0 for positive z.",
        "On which side of 0 is ReLU flat?",
        {reference.relu_derivative: lambda z: reference.relu_derivative(-z)},
    ),
)

LEAKY_RELU = (
    Mistake(
        "no-leak",
        "Your function is 0 for negative z: α is not used.",
        "What does the second term of the formula give at z = −10?",
        {reference.leaky_relu: lambda z, alpha: np.maximum(0.0, z)},
    ),
    Mistake(
        "fixed-leak",
        "Your function uses 0.01 as its leak, whatever α is given.",
        "What changes in your result when you call it with another α?",
        {reference.leaky_relu: lambda z, alpha: np.where(z > 0, z, 0.01 * z)},
    ),
    Mistake(
        "leak-everywhere",
        "Your function multiplies positive numbers by α, too.",
        "What should happen to a positive z?",
        {reference.leaky_relu: lambda z, alpha: alpha * z},
    ),
    Mistake(
        "wrong-side",
        "Your function multiplies the positive numbers by α and keeps the negative ones.",
        "On which side of 0 does the unit leak?",
        {reference.leaky_relu: lambda z, alpha: np.where(z > 0, alpha * z, z)},
    ),
    Mistake(
        "leak-upwards",
        "Your function is positive for negative z: the leak has the opposite sign.",
        "Is min(0, z) positive or negative?",
        {reference.leaky_relu: lambda z, alpha: np.maximum(0.0, z) - alpha * np.minimum(0.0, z)},
    ),
    Mistake(
        "leak-not-multiplied-by-z",
        "Your function returns α itself for negative z.",
        "Should z = −1 and z = −10 give the same value?",
        {reference.leaky_relu: lambda z, alpha: np.where(z > 0, z, alpha)},
    ),
    Mistake(
        "maximum-with-alpha",
        "Your function is max(α, z): it never gets below α.",
        "Which two numbers are compared in max(0, z), and what is added to it?",
        {reference.leaky_relu: lambda z, alpha: np.maximum(alpha, z)},
    ),
)

LEAKY_RELU_DERIVATIVE = (
    Mistake(
        "function-returned",
        "Your function returns leaky ReLU itself, not its derivative.",
        "How steep is each of the two lines? Does that depend on how far out you are?",
        {reference.leaky_relu_derivative: reference.leaky_relu},
    ),
    Mistake(
        "no-leak",
        "Your function is 0 for negative z: α is not used.",
        "How steep is the line left of 0?",
        {reference.leaky_relu_derivative: lambda z, alpha: (z > 0).astype(float)},
    ),
    Mistake(
        "fixed-leak",
        "Your function uses 0.01 as its leak, whatever α is given.",
        "What changes in your result when you call it with another α?",
        {reference.leaky_relu_derivative: lambda z, alpha: np.where(z > 0, 1.0, 0.01)},
    ),
    Mistake(
        "alpha-times-z",
        "Your function returns αz for negative z: the function's value where its slope is asked.",
        "What is the derivative of αz with respect to z?",
        {reference.leaky_relu_derivative: lambda z, alpha: np.where(z > 0, 1.0, alpha * z)},
    ),
    Mistake(
        "wrong-side",
        "Your function is α for positive z and 1 for negative z.",
        "On which side of 0 does the unit leak?",
        {reference.leaky_relu_derivative: lambda z, alpha: np.where(z > 0, alpha, 1.0)},
    ),
    Mistake(
        "leak-upwards",
        "Your function is −α for negative z.",
        "Does leaky ReLU rise or fall left of 0?",
        {reference.leaky_relu_derivative: lambda z, alpha: np.where(z > 0, 1.0, -alpha)},
    ),
    Mistake(
        "leak-added",
        "Your function is 1 + α for positive z: the leak is added on both sides.",
        "What is min(0, z) for positive z, and what is its derivative there?",
        {reference.leaky_relu_derivative: lambda z, alpha: (z > 0) + alpha},
    ),
)

ABSOLUTE_RELU = (
    Mistake(
        "relu",
        "Your function is 0 for negative z: that is the plain ReLU.",
        "What should happen to z = −2?",
        {reference.absolute_relu: lambda z: np.maximum(0.0, z)},
    ),
    Mistake(
        "negative",
        "Your function is −|z|.",
        "Can an absolute value be negative?",
        {reference.absolute_relu: lambda z: -reference.absolute_relu(z)},
    ),
    Mistake(
        "identity",
        "Your function returns z unchanged.",
        "What should happen to the negative numbers?",
        {reference.absolute_relu: lambda z: z},
    ),
    Mistake(
        "negative-part-only",
        "Your function is −z for negative z and 0 for positive z.",
        "What should happen to z = 3?",
        {reference.absolute_relu: lambda z: np.maximum(0.0, -z)},
    ),
    Mistake(
        "norm",
        "Your function returns one number, the length of the vector z.",
        "Does |z| here mean the length of z, or the absolute value of every entry?",
        {reference.absolute_relu: lambda z: np.sqrt((reference.absolute_relu(z) ** 2).sum())},
    ),
)

ABSOLUTE_RELU_DERIVATIVE = (
    Mistake(
        "derivative-of-relu",
        "Your function is 0 for negative z: that is the derivative of the plain ReLU.",
        "How steep is |z| left of 0?",
        {reference.absolute_relu_derivative: lambda z: (z > 0).astype(float)},
    ),
    Mistake(
        "always-1",
        "Your function is 1 everywhere: the absolute value of the slope.",
        "Does |z| rise or fall left of 0?",
        {reference.absolute_relu_derivative: np.ones_like},
    ),
    Mistake(
        "function-returned",
        "Your function returns |z| itself, not its derivative.",
        "How steep is |z| at z = 1 and at z = 3?",
        {reference.absolute_relu_derivative: np.abs},
    ),
    Mistake(
        "reversed",
        "Your function has the opposite sign on both sides.",
        "Does |z| rise or fall right of 0?",
        {reference.absolute_relu_derivative: lambda z: -np.sign(z)},
    ),
    Mistake(
        "z-returned",
        "Your function returns z: the slope grows with the distance from 0.",
        "How steep is |z| at z = 1 and at z = 3?",
        {reference.absolute_relu_derivative: lambda z: z},
    ),
)

MAXOUT = (
    Mistake(
        "wrong-axis",
        "Your function takes the maximum along each row: over the units of one candidate.",
        "Which index of a counts the candidates that one unit chooses from?",
        {reference.maxout: lambda a: a.max(axis=1)},
    ),
    Mistake(
        "maximum-of-everything",
        "Your function returns one number, the largest of the whole matrix.",
        "How many units are there, and how many values should come back?",
        {reference.maxout: lambda a: a.max()},
    ),
    Mistake(
        "rectified",
        "Your function never gets below 0: the maximum is taken over the candidates and 0.",
        "What should a unit return whose candidates are all negative?",
        {reference.maxout: lambda a: np.maximum(0.0, reference.maxout(a))},
    ),
    Mistake(
        "position",
        "Your function returns where the largest candidate stands, not how large it is.",
        "Do you want the candidate or its row number?",
        {reference.maxout: lambda a: a.argmax(axis=0)},
    ),
    Mistake(
        "minimum",
        "Your function returns the smallest candidate of each unit.",
        "Which candidate wins in a maxout unit?",
        {reference.maxout: lambda a: -reference.maxout(-a)},
    ),
    Mistake(
        "largest-absolute-value",
        "Your function returns the largest absolute value of each unit's candidates.",
        "What is the maximum of −5 and −3?",
        {reference.maxout: lambda a: reference.maxout(np.abs(a))},
    ),
    Mistake(
        "sum",
        "Your function adds the candidates of each unit up.",
        "How many of the k candidates pass through a maxout unit?",
        {reference.maxout: lambda a: a.sum(axis=0)},
    ),
    Mistake(
        "mean",
        "Your function averages the candidates of each unit.",
        "How many of the k candidates pass through a maxout unit?",
        {reference.maxout: lambda a: a.mean(axis=0)},
    ),
)


def largest(a: np.ndarray) -> np.ndarray:
    """1 at every candidate that is as large as the largest of its unit."""
    return (a == reference.maxout(a)).astype(float)


MAXOUT_DERIVATIVE = (
    Mistake(
        "every-largest",
        "Your function puts a 1 at every candidate that is the largest, where several are alike.",
        "If two candidates are alike, which of them gets the gradient here?",
        {reference.maxout_derivative: largest},
    ),
    Mistake(
        "last-largest",
        "Your function puts the 1 at the last of several candidates that are the largest, not at the first.",
        "If two candidates are alike, which of them gets the gradient here?",
        {reference.maxout_derivative: lambda a: reference.maxout_derivative(a[::-1])[::-1]},
    ),
    Mistake(
        "shared",
        "Your function shares the 1 among the candidates that are alike.",
        "If two candidates are alike, which of them gets the gradient here?",
        {reference.maxout_derivative: lambda a: largest(a) / largest(a).sum(axis=0)},
    ),
    Mistake(
        "wrong-axis",
        "Your function looks for the largest entry of each row, not of each column.",
        "Which index of a counts the candidates that one unit chooses from?",
        {reference.maxout_derivative: lambda a: reference.maxout_derivative(a.T).T},
    ),
    Mistake(
        "value-for-slope",
        "Your function returns the largest candidate in its place, not how the output answers to it.",
        "If the largest candidate grows by 0.1, by how much does the output grow?",
        {reference.maxout_derivative: lambda a: a * reference.maxout_derivative(a)},
    ),
    Mistake(
        "position",
        "Your function returns where the largest candidate of each unit stands.",
        "With respect to how many numbers is the derivative taken?",
        {reference.maxout_derivative: lambda a: a.argmax(axis=0)},
    ),
    Mistake(
        "ones",
        "Your function is 1 for every candidate: that is the derivative of their sum.",
        "Does the output move when a candidate that lost moves a little?",
        {reference.maxout_derivative: np.ones_like},
    ),
    Mistake(
        "derivative-of-relu",
        "Your function is 1 for every positive candidate: that is the derivative of ReLU.",
        "With what is a candidate compared in a maxout unit?",
        {reference.maxout_derivative: reference.relu_derivative},
    ),
    Mistake(
        "losers",
        "Your function is 0 at the largest candidate and 1 at the others.",
        "Which candidates does the output answer to?",
        {reference.maxout_derivative: lambda a: 1 - reference.maxout_derivative(a)},
    ),
)
