"""Slips made with the step and the smooth activations: logistic function, tanh, softplus and their derivatives."""

from collections.abc import Callable

import numpy as np

from grader.assignment import Mistake
from reference import activations as reference

Elementwise = Callable[[np.ndarray], np.ndarray]


def unguarded(formula: Elementwise) -> Elementwise:
    """A formula that overflows for large |z|, as silent here as inf and NaN are in the answer."""

    def overflowing(z: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            return formula(z)

    return overflowing


STEP = (
    Mistake(
        "zero-at-zero",
        "Your step is 0 at z = 0: it switches on only for z > 0, as the perceptron's decision does.",
        "Which of the two lines of the definition covers the number 0 itself?",
        {reference.step: lambda z: (z > 0).astype(float)},
        convention=True,
    ),
    Mistake(
        "half-at-zero",
        "Your step is 1/2 at z = 0.",
        "The definition has two values only. Which of them is meant at z = 0?",
        {reference.step: lambda z: np.heaviside(z, 0.5)},
    ),
    Mistake(
        "sign-function",
        "Your function is −1 for negative z: that is the sign of z.",
        "Which value does a unit that is switched off have?",
        {reference.step: lambda z: np.where(z >= 0, 1.0, -1.0)},
    ),
    Mistake(
        "sign-function-with-zero",
        "Your function returns −1, 0 and 1: that is the sign of z.",
        "How many different values does the unit step have, and which?",
        {reference.step: np.sign},
    ),
    Mistake(
        "reversed",
        "Your step is on for negative z and off for positive z.",
        "On which side of 0 does the unit fire?",
        {reference.step: lambda z: 1 - reference.step(z)},
    ),
    Mistake(
        "ramp",
        "Your function returns z itself where z is positive: that is the ramp of ReLU.",
        "How high is the step, whatever the size of z?",
        {reference.step: lambda z: np.maximum(0.0, z)},
    ),
)

SIGMOID = (
    Mistake(
        "sign-of-exponent",
        "Your function falls from 1 to 0 as z grows: the exponent has the opposite sign.",
        "What should the unit say for a very large positive z?",
        {reference.sigmoid: lambda z: reference.sigmoid(-z)},
    ),
    Mistake(
        "tanh",
        "Your function is tanh(z), which lies between −1 and 1.",
        "Between which two numbers does the logistic function lie?",
        {reference.sigmoid: np.tanh},
    ),
    Mistake(
        "derivative-returned",
        "Your function returns the derivative σ'(z) instead of σ(z).",
        "Is the logistic function larger at z = 4 than at z = 0?",
        {reference.sigmoid: reference.sigmoid_derivative},
    ),
    Mistake(
        "minus-in-denominator",
        "Your denominator is 1 − e^(−z), which is 0 at z = 0.",
        "What value should the function have at z = 0?",
        {reference.sigmoid: unguarded(lambda z: 1 / (1 - np.exp(-z)))},
    ),
    Mistake(
        "normalised-over-the-array",
        "Your function divides by the sum over all entries: that is softmax, where the entries depend on each other.",
        "Should σ(z₁) change when only z₂ does?",
        {reference.sigmoid: lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum()},
    ),
    Mistake(
        "overflow",
        "Your formula is right for ordinary z, but for large z it divides inf by inf, which is NaN.",
        "Which of the two ways of writing σ(z) has an exponent that cannot grow when z is large?",
        {reference.sigmoid: unguarded(lambda z: np.exp(z) / (1 + np.exp(z)))},
    ),
)

SIGMOID_DERIVATIVE = (
    Mistake(
        "function-returned",
        "Your function returns σ(z) itself, not its derivative.",
        "How steep is the curve far out, where it has become flat?",
        {reference.sigmoid_derivative: reference.sigmoid},
    ),
    Mistake(
        "derivative-at-a",
        "Your function computes z(1 − z): it takes its argument for an activation that has already been computed.",
        "Is the argument here the pre-activation z or the activation g(z)?",
        {reference.sigmoid_derivative: lambda z: z * (1 - z)},
    ),
    Mistake(
        "activated-twice",
        "Your function applies σ twice before it takes g(1 − g).",
        "How often has z gone through σ when you write g(z)?",
        {reference.sigmoid_derivative: lambda z: reference.sigmoid_derivative(reference.sigmoid(z))},
    ),
    Mistake(
        "plus",
        "Your function computes g(z)(1 + g(z)).",
        "How steep is the logistic function where it is nearly 1?",
        {reference.sigmoid_derivative: lambda z: reference.sigmoid(z) * (1 + reference.sigmoid(z))},
    ),
    Mistake(
        "negative",
        "Your derivative has the opposite sign.",
        "Does the logistic function rise or fall, and what does that say about its derivative?",
        {reference.sigmoid_derivative: lambda z: -reference.sigmoid_derivative(z)},
    ),
    Mistake(
        "derivative-of-tanh",
        "Your function computes 1 − σ(z)²: that is the rule for tanh.",
        "Which of the two rules of CS6910 4.9 belongs to the logistic function?",
        {reference.sigmoid_derivative: lambda z: 1 - reference.sigmoid(z) ** 2},
    ),
    Mistake(
        "not-multiplied",
        "Your function returns 1 − σ(z): one factor of the product is missing.",
        "How steep is the curve for very negative z?",
        {reference.sigmoid_derivative: lambda z: 1 - reference.sigmoid(z)},
    ),
    Mistake(
        "overflow",
        "Your formula is right for ordinary z, but for large z it divides inf by inf, which is NaN.",
        "Can the derivative be written with values of σ alone, which never grow?",
        {reference.sigmoid_derivative: unguarded(lambda z: np.exp(z) / (1 + np.exp(z)) ** 2)},
    ),
    Mistake(
        "overflow-below",
        "Your formula is right for ordinary z, but for very negative z it divides inf by inf, which is NaN.",
        "Can the derivative be written with values of σ alone, which never grow?",
        {reference.sigmoid_derivative: unguarded(lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2)},
    ),
)

TANH = (
    Mistake(
        "logistic-function",
        "Your function is σ(z), which lies between 0 and 1.",
        "What is tanh at z = 0, and between which two numbers does it lie?",
        {reference.tanh: reference.sigmoid},
    ),
    Mistake(
        "argument-not-doubled",
        "Your function is 2σ(z) − 1, which is tanh(z/2): σ has been stretched, but its argument not doubled.",
        "How steep is tanh at z = 0, and how steep is your function there?",
        {reference.tanh: lambda z: 2 * reference.sigmoid(z) - 1},
    ),
    Mistake(
        "derivative-returned",
        "Your function returns 1 − tanh²(z), the derivative.",
        "What is tanh at z = 0?",
        {reference.tanh: reference.tanh_derivative},
    ),
    Mistake(
        "sinh",
        "Your function is (e^z − e^(−z))/2: that is sinh, which grows without bound.",
        "By what is e^z − e^(−z) divided?",
        {reference.tanh: np.sinh},
    ),
    Mistake(
        "not-divided",
        "Your function is e^z − e^(−z): it has not been divided by the sum of the two powers.",
        "Between which two numbers does tanh lie?",
        {reference.tanh: lambda z: np.exp(z) - np.exp(-z)},
    ),
    Mistake(
        "upside-down",
        "Your function is (e^z + e^(−z))/(e^z − e^(−z)): numerator and denominator have changed places.",
        "What is tanh at z = 0?",
        {reference.tanh: unguarded(lambda z: 1 / np.tanh(z))},
    ),
    Mistake(
        "negative",
        "Your function falls where tanh rises: it has the opposite sign.",
        "Which sign has tanh for a positive z?",
        {reference.tanh: lambda z: -reference.tanh(z)},
    ),
    Mistake(
        "cut-off",
        "Your function is z itself, cut off at −1 and 1.",
        "What is tanh at z = ln 2?",
        {reference.tanh: lambda z: np.clip(z, -1.0, 1.0)},
    ),
)

TANH_DERIVATIVE = (
    Mistake(
        "function-returned",
        "Your function returns tanh(z) itself, not its derivative.",
        "How steep is tanh at z = 0, where it has the value 0?",
        {reference.tanh_derivative: np.tanh},
    ),
    Mistake(
        "derivative-at-a",
        "Your function computes 1 − z²: it takes its argument for an activation that has already been computed.",
        "Is the argument here the pre-activation z or the activation g(z)?",
        {reference.tanh_derivative: lambda z: 1 - z**2},
    ),
    Mistake(
        "activated-twice",
        "Your function applies tanh twice before it takes 1 − g².",
        "How often has z gone through tanh when you write g(z)?",
        {reference.tanh_derivative: lambda z: reference.tanh_derivative(np.tanh(z))},
    ),
    Mistake(
        "not-squared",
        "Your function computes 1 − tanh(z), without the square.",
        "tanh looks the same on both sides of 0, up to its sign. Is your derivative the same at z and at −z?",
        {reference.tanh_derivative: lambda z: 1 - np.tanh(z)},
    ),
    Mistake(
        "plus",
        "Your function computes 1 + tanh²(z).",
        "How steep is tanh where it has saturated?",
        {reference.tanh_derivative: lambda z: 1 + np.tanh(z) ** 2},
    ),
    Mistake(
        "rule-of-the-logistic-function",
        "Your function computes g(1 − g): that is the rule for the logistic function.",
        "What does your rule give at z = 0, and how steep is tanh there?",
        {reference.tanh_derivative: lambda z: np.tanh(z) * (1 - np.tanh(z))},
    ),
    Mistake(
        "negative",
        "Your derivative has the opposite sign.",
        "Does tanh rise or fall, and what does that say about its derivative?",
        {reference.tanh_derivative: lambda z: -reference.tanh_derivative(z)},
    ),
)

SOFTPLUS = (
    Mistake(
        "no-1",
        "Your function is ln(e^z), which is z again: the 1 is missing.",
        "What should softplus be for very negative z?",
        {reference.softplus: lambda z: z},
    ),
    Mistake(
        "no-logarithm",
        "Your function returns 1 + e^z: the logarithm is missing.",
        "How fast does softplus grow compared with ReLU?",
        {reference.softplus: unguarded(lambda z: 1 + np.exp(z))},
    ),
    Mistake(
        "sign-of-exponent",
        "Your function falls as z grows: the exponent has the opposite sign.",
        "Which side of 0 should be nearly flat?",
        {reference.softplus: lambda z: reference.softplus(-z)},
    ),
    Mistake(
        "logarithm-to-base-2",
        "Your logarithm is the one to base 2.",
        "To which base is ln, and what is softplus at z = 0?",
        {reference.softplus: lambda z: reference.softplus(z) / np.log(2)},
    ),
    Mistake(
        "logarithm-to-base-10",
        "Your logarithm is the one to base 10.",
        "To which base is ln, and what is softplus at z = 0?",
        {reference.softplus: lambda z: reference.softplus(z) / np.log(10)},
    ),
    Mistake(
        "relu",
        "Your function is max(0, z), the rectifier that softplus is a smooth version of.",
        "What is ln(1 + e^z) at z = 0?",
        {reference.softplus: lambda z: np.maximum(0.0, z)},
    ),
    Mistake(
        "overflow",
        "Your formula is right for ordinary z, but for large z the exponential is inf, and so is its logarithm.",
        "What is ln(1 + e^z) nearly equal to when z is large, and can you take that part out of the logarithm?",
        {reference.softplus: unguarded(lambda z: np.log(1 + np.exp(z)))},
    ),
)

SOFTPLUS_DERIVATIVE = (
    Mistake(
        "function-returned",
        "Your function returns softplus itself, not its derivative.",
        "How steep is the curve for large z, where it runs along the line z?",
        {reference.softplus_derivative: reference.softplus},
    ),
    Mistake(
        "no-inner-derivative",
        "Your function is 1/(1 + e^z): the derivative of the logarithm alone, without the inner derivative.",
        "What does the chain rule ask of the expression inside the logarithm?",
        {reference.softplus_derivative: lambda z: reference.sigmoid(-z)},
    ),
    Mistake(
        "inner-derivative-only",
        "Your function is e^z: the inner derivative alone, without that of the logarithm.",
        "What is the derivative of ln(u) with respect to u?",
        {reference.softplus_derivative: unguarded(np.exp)},
    ),
    Mistake(
        "differentiated-twice",
        "Your function is σ(z)(1 − σ(z)): the second derivative of softplus.",
        "How steep is softplus for large z?",
        {reference.softplus_derivative: reference.sigmoid_derivative},
    ),
    Mistake(
        "derivative-of-relu",
        "Your function is the derivative of ReLU, 0 or 1.",
        "Softplus is smooth at 0. Can its derivative jump there?",
        {reference.softplus_derivative: lambda z: (z > 0).astype(float)},
    ),
    Mistake(
        "overflow",
        "Your formula is right for ordinary z, but for large z it divides inf by inf, which is NaN.",
        "Can you divide numerator and denominator by something, so that the exponent cannot grow?",
        {reference.softplus_derivative: unguarded(lambda z: np.exp(z) / (1 + np.exp(z)))},
    ),
)
