"""Slips made with the deep and thin network."""

import numpy as np

from grader.assignment import Mistake
from reference.activations import sigmoid, sigmoid_derivative
from reference.chain_rule import (
    half_squared_loss,
    half_squared_loss_derivative,
    thin_forward,
    thin_gradient,
    thin_input_signal,
    thin_weight_signal,
)
from reference.shapes import Array


def thin_signals(w: Array, x: float, y: float) -> list[float]:
    """The error signals of a_1 … a_L, read off the gradient; every h_{l-1} but x is positive, and x is not 0."""
    _, h = thin_forward(w, x)
    return [float(w_bar) / h_prev for w_bar, h_prev in zip(thin_gradient(w, x, y)[1], h[:-1], strict=True)]


def own_activations(w: Array, x: float, y: float) -> tuple[float, Array]:
    _, h = thin_forward(w, x)
    loss, _ = thin_gradient(w, x, y)
    return loss, np.array([a_bar * h_l for a_bar, h_l in zip(thin_signals(w, x, y), h[1:], strict=True)])


def weights_one_off(w: Array, x: float, y: float) -> tuple[float, Array]:
    """From a_{l+1} down to h_l with w_l in the place of w_{l+1}."""
    a, h = thin_forward(w, x)
    h_bar, gradient = half_squared_loss_derivative(h[-1], y), np.zeros(len(w))
    for k in reversed(range(len(w))):
        a_bar = h_bar * float(sigmoid_derivative(a[k]))
        gradient[k] = a_bar * h[k]
        h_bar = a_bar * float(w[max(k - 1, 0)])
    return half_squared_loss(h[-1], y), gradient


def linear_output(w: Array, x: float, y: float) -> tuple[float, Array]:
    """The last unit passes its pre-activation on."""
    a, h = thin_forward(w, x)
    a_bar, gradient = half_squared_loss_derivative(a[-1], y), np.zeros(len(w))
    for k in reversed(range(len(w))):
        gradient[k] = a_bar * h[k]
        a_bar = a_bar * float(w[k]) * float(sigmoid_derivative(a[k - 1])) if k else 0.0
    return half_squared_loss(a[-1], y), gradient


THIN = (
    Mistake(
        "no-derivative",
        "The derivative of the logistic function is missing: you pass the error signals of h_l on to a_l as they are.",
        "How strongly does h_l = σ(a_l) answer to a_l?",
        {sigmoid_derivative: np.ones_like},
    ),
    Mistake(
        "no-half",
        "Your loss is (ŷ − y)², as for CS6910's ratings, and your gradient fits it; here the loss has a ½.",
        "Which factor stands before the square in this network's loss?",
        {half_squared_loss: lambda y, t: (y - t) ** 2, half_squared_loss_derivative: lambda y, t: 2 * (y - t)},
        convention=True,
    ),
    Mistake(
        "half-lost-in-the-loss",
        "Your loss lacks the factor ½; your gradient has it.",
        "Of which loss is your gradient?",
        {half_squared_loss: lambda y, t: (y - t) ** 2},
    ),
    Mistake(
        "half-lost-in-the-derivatives",
        "Your gradient is twice as large as your loss asks for.",
        "What is the derivative of ½u²?",
        {half_squared_loss_derivative: lambda y, t: 2 * (y - t)},
    ),
    Mistake(
        "sign",
        "Your gradient comes from y − ŷ: it has the opposite sign.",
        "Does the loss rise or fall when ŷ moves up, away from a smaller y?",
        {half_squared_loss_derivative: lambda y, t: t - y},
    ),
    Mistake(
        "derivative-at-h",
        "You take σ' at h_l, which has gone through σ already.",
        "At which of the two, a_l or h_l, is σ' taken in the long formula?",
        {sigmoid_derivative: lambda z: sigmoid_derivative(sigmoid(z))},
    ),
    Mistake(
        "a-for-h",
        "You use a(1 − a) for the derivative: the pre-activation stands where the activation belongs.",
        "The rule σ' = σ(1 − σ) is written with σ(a). Which of your variables is that?",
        {sigmoid_derivative: lambda z: z * (1 - z)},
    ),
    Mistake(
        "weights-forgotten",
        "On the way back from a_{l+1} to h_l your function leaves the weight w_{l+1} out.",
        "How strongly does a_{l+1} = w_{l+1} h_l answer to h_l?",
        {thin_input_signal: lambda a_bar, w: a_bar},
    ),
    Mistake(
        "weights-one-off",
        "On the way back from a_{l+1} to h_l your function multiplies by w_l, the weight of the layer below.",
        "Which weight stands between h_l and a_{l+1}?",
        {thin_gradient: weights_one_off},
    ),
    Mistake(
        "inputs-forgotten",
        "Your gradient holds the error signals of the pre-activations: the inputs h_{l-1} are missing.",
        "How strongly does a_l = w_l h_{l-1} answer to w_l?",
        {thin_weight_signal: lambda a_bar, h_prev: a_bar},
    ),
    Mistake(
        "own-activation",
        "You multiply by h_l, the output of the layer itself, where its input h_{l-1} belongs.",
        "Which number does the weight w_l multiply on the way forward?",
        {thin_gradient: own_activations},
    ),
    Mistake(
        "linear-output",
        "Your last unit passes a_L on: its logistic function is missing.",
        "Which of the units are logistic?",
        {thin_gradient: linear_output},
    ),
    Mistake(
        "last-layer-first",
        "Your gradient begins with the last layer.",
        "In which order do the weights stand in w?",
        {thin_gradient: lambda w, x, y: (thin_gradient(w, x, y)[0], thin_gradient(w, x, y)[1][::-1])},
    ),
    Mistake(
        "first-weight-only",
        "Your function returns the derivative with respect to w_1 alone.",
        "With respect to how many weights is the gradient asked?",
        {thin_gradient: lambda w, x, y: (thin_gradient(w, x, y)[0], thin_gradient(w, x, y)[1][0])},
    ),
)
