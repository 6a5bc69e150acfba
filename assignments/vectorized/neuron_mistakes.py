"""Slips made with single neurons: their decisions, the perceptron's rule, and sums of sigmoids."""

import numpy as np

from grader.assignment import Mistake
from reference.activations import sigmoid
from reference.linear import (
    augment,
    logistic_decision,
    perceptron_decision,
    perceptron_error,
    perceptron_step,
    prediction,
    sum_of_sigmoids,
)
from reference.shapes import Array


def ones_last(x: Array) -> Array:
    return np.append(x, 1.0)


NO_BIAS = Mistake(
    "no-bias",
    "Your sum leaves out the bias w_0.",
    "What does the neuron decide for x = 0?",
    {prediction: lambda w, x: np.asarray(w[1:] @ x)},
)

BIAS_LAST = Mistake(
    "bias-last",
    "Your function takes the last weight for the bias; here w_0 stands first.",
    "Which entry of w goes with the constant input 1?",
    {augment: ones_last},
)

PERCEPTRON_DECISION = (
    NO_BIAS,
    BIAS_LAST,
    Mistake(
        "one-on-the-boundary",
        "Your perceptron decides for 1 where its sum is exactly 0; ITCS 6156 asks for more than 0.",
        "Which of the two classes does the definition give to the boundary itself?",
        {perceptron_decision: lambda w, x: np.where(prediction(w, x) >= 0, 1, 0)},
    ),
    Mistake(
        "reversed",
        "Your perceptron decides for 1 where its sum is negative.",
        "On which side of 0 does it fire?",
        {perceptron_decision: lambda w, x: np.where(prediction(w, x) < 0, 1, 0)},
    ),
    Mistake(
        "minus-one",
        "Your perceptron decides between −1 and 1; here the classes are 0 and 1.",
        "How are the two classes called in ITCS 6156?",
        {perceptron_decision: lambda w, x: np.where(prediction(w, x) > 0, 1, -1)},
    ),
    Mistake(
        "sum-returned",
        "Your function returns the sum itself, not the decision.",
        "How many different answers can a decision have?",
        {perceptron_decision: prediction},
    ),
)

LOGISTIC_DECISION = (
    NO_BIAS,
    BIAS_LAST,
    Mistake(
        "one-on-the-boundary",
        "Your neuron decides for 1 where its output is exactly ½; ITCS 6156 asks for more than ½.",
        "Which of the two classes does the definition give to the boundary itself?",
        {logistic_decision: lambda w, x: np.where(sigmoid(prediction(w, x)) >= 0.5, 1, 0)},
    ),
    Mistake(
        "output-above-0",
        "Your neuron decides for 1 wherever its output is above 0, and that is everywhere.",
        "Between which two numbers does the output lie, and where is the middle?",
        {logistic_decision: lambda w, x: np.where(sigmoid(prediction(w, x)) > 0, 1, 0)},
    ),
    Mistake(
        "sum-above-half",
        "Your neuron compares its sum with ½; it is the output σ of the sum that is compared.",
        "What is the sum where the output is ½?",
        {logistic_decision: lambda w, x: np.where(prediction(w, x) > 0.5, 1, 0)},
    ),
    Mistake(
        "probability-returned",
        "Your function returns the output, a probability, not the decision.",
        "How many different answers can a decision have?",
        {logistic_decision: lambda w, x: sigmoid(prediction(w, x))},
    ),
    Mistake(
        "reversed",
        "Your neuron decides for 1 where its output is below ½.",
        "Is the output the probability of class 1 or of class 0?",
        {logistic_decision: lambda w, x: np.where(sigmoid(prediction(w, x)) < 0.5, 1, 0)},
    ),
)

PERCEPTRON_STEP = (
    NO_BIAS,
    BIAS_LAST,
    Mistake(
        "sign",
        "Your weights move the wrong way: you subtract what should be added.",
        "A class 1 has been missed. Should its sum become larger or smaller?",
        {perceptron_error: lambda w, x, t: -perceptron_error(w, x, t)},
    ),
    Mistake(
        "moves-when-right",
        "Your weights move even if the decision was right: you add t (1, x) whatever was decided.",
        "What should change after a right decision?",
        {perceptron_error: lambda w, x, t: t},
    ),
    Mistake(
        "output-for-decision",
        "You take t − σ(w·x) for t − decision: that is a step of logistic regression, which never rests.",
        "What does the perceptron compare with t, its sum or its decision?",
        {perceptron_error: lambda w, x, t: t - float(sigmoid(prediction(w, x)))},
    ),
    Mistake(
        "sum-for-decision",
        "You take t − w·x for t − decision: the threshold is missing.",
        "Which two values can t − decision have besides 0?",
        {perceptron_error: lambda w, x, t: t - float(prediction(w, x))},
    ),
    Mistake(
        "bias-not-updated",
        "Your bias stays as it was.",
        "Which input belongs to the bias?",
        {perceptron_step: lambda w, x, t: w + perceptron_error(w, x, t) * np.append(0.0, x)},
    ),
    Mistake(
        "class-1-only",
        "Your weights move only if a class 1 has been missed.",
        "What should happen after a 0 has been taken for a 1?",
        {perceptron_error: lambda w, x, t: max(perceptron_error(w, x, t), 0.0)},
    ),
    Mistake(
        "one-on-the-boundary",
        "On the boundary your perceptron decides for 1, so that it learns from the wrong class there.",
        "What does the perceptron decide where its sum is exactly 0?",
        {perceptron_decision: lambda w, x: np.where(prediction(w, x) >= 0, 1, 0)},
    ),
    Mistake(
        "change-returned",
        "Your function returns the change of the weights, not the new weights.",
        "What should come back after a right decision?",
        {perceptron_step: lambda w, x, t: perceptron_step(w, x, t) - w},
    ),
)

SUM_OF_SIGMOIDS = (
    Mistake(
        "no-bias",
        "Your sigmoids leave out their biases b_i.",
        "Where would all the sigmoids of one input have their middle, if there were no biases?",
        {sum_of_sigmoids: lambda alpha, W, b, x: sum_of_sigmoids(alpha, W, 0 * b, x)},
    ),
    Mistake(
        "alpha-forgotten",
        "Your sum takes every sigmoid once: the factors α_i are missing.",
        "Can your F ever be negative?",
        {sum_of_sigmoids: lambda alpha, W, b, x: sum_of_sigmoids(np.ones_like(alpha), W, b, x)},
    ),
    Mistake(
        "no-sigmoid",
        "Your F is linear: the sigmoid is missing.",
        "What can a sum of linear functions approximate?",
        {sigmoid: lambda z: z},
    ),
    Mistake(
        "sigmoid-of-the-sum",
        "You take the sigmoid of the sum; the sum is over sigmoids.",
        "Does α_i stand inside the sigmoid or in front of it?",
        {sum_of_sigmoids: lambda alpha, W, b, x: sigmoid(alpha @ (W @ x + b))},
    ),
    Mistake(
        "alpha-inside",
        "Your α_i stand inside the sigmoids.",
        "How large can your F become at most?",
        {sum_of_sigmoids: lambda alpha, W, b, x: np.asarray(sigmoid(alpha * (W @ x + b)).sum())},
    ),
    Mistake(
        "mean",
        "Your F is the mean of the terms, not their sum.",
        "Should a second copy of every term change F?",
        {sum_of_sigmoids: lambda alpha, W, b, x: sum_of_sigmoids(alpha, W, b, x) / max(len(alpha), 1)},
    ),
    Mistake(
        "tanh",
        "Your terms use tanh, which lies between −1 and 1.",
        "Between which two numbers does σ lie?",
        {sigmoid: np.tanh},
    ),
    Mistake(
        "one-number-per-sigmoid",
        "Your function returns the terms, one for each sigmoid.",
        "F(x) is one number. How do the terms become one?",
        {sum_of_sigmoids: lambda alpha, W, b, x: alpha * sigmoid(W @ x + b)},
    ),
)
