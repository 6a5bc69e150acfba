"""Slips made with the three algorithms: forward propagation, back propagation and gradient descent."""

from collections.abc import Sequence

import numpy as np

from grader.assignment import Mistake
from reference.activations import relu, sigmoid, sigmoid_derivative, softmax
from reference.descent import descent_step, update
from reference.feedforward import (
    back_propagation,
    bias_gradient,
    forward_propagation,
    gradient_descent,
    hidden_gradient,
    iteration,
    output_gradient,
    output_preactivation_gradient,
    weight_gradient,
)
from reference.network import backward, preactivation, preactivation_gradients
from reference.shapes import Array, Layers, Parameters
from reference.units import Activation

from .output_mistakes import LABEL_AS_NUMBER, LABEL_ONE_OFF


def with_output_in_h(W: Layers, b: Layers, x: Array) -> tuple[Layers, Layers, Array]:
    h, a, y_hat = forward_propagation(W, b, x)
    return [*h, y_hat], a, y_hat


def with_input_in_h(W: Layers, b: Layers, x: Array) -> tuple[Layers, Layers, Array]:
    h, a, y_hat = forward_propagation(W, b, x)
    return [x, *h], a, y_hat


def without_output_in_a(W: Layers, b: Layers, x: Array) -> tuple[Layers, Layers, Array]:
    h, a, y_hat = forward_propagation(W, b, x)
    return h, a[:-1], y_hat


FORWARD_PROPAGATION = (
    Mistake(
        "no-bias",
        "Your pre-activations leave the biases out.",
        "What is a_k when all inputs of a layer are 0?",
        {preactivation: lambda W, h_prev, b: W @ h_prev},
    ),
    Mistake(
        "bias-subtracted",
        "Your pre-activations subtract the biases.",
        "Which sign has b_k in CS6910's a_k?",
        {preactivation: lambda W, h_prev, b: W @ h_prev - b},
    ),
    Mistake(
        "linear-hidden-layers",
        "Your hidden layers pass their pre-activations on: the activation function is missing.",
        "What does a hidden neuron do between a_k and h_k?",
        {sigmoid: lambda a: a},
    ),
    Mistake(
        "tanh-in-hidden-layers",
        "Your hidden layers use tanh.",
        "Which activation function does this assignment ask for?",
        {sigmoid: np.tanh},
    ),
    Mistake(
        "relu-in-hidden-layers",
        "Your hidden layers use ReLU.",
        "Which activation function does this assignment ask for?",
        {sigmoid: relu},
    ),
    Mistake(
        "logistic-output",
        "Your output layer uses the logistic function: its entries do not sum to 1.",
        "Which output function turns scores into a distribution over the classes?",
        {softmax: sigmoid},
    ),
    Mistake(
        "no-output-function",
        "Your output is the pre-activation a_L: the output function is missing.",
        "What turns the scores a_L into probabilities?",
        {softmax: lambda a: a},
    ),
    Mistake(
        "output-in-h",
        "Your list h holds the output, too.",
        "Which layers are hidden?",
        {forward_propagation: with_output_in_h},
    ),
    Mistake(
        "input-in-h",
        "Your list h begins with the input x.",
        "Which layers are hidden?",
        {forward_propagation: with_input_in_h},
    ),
    Mistake(
        "a-without-output",
        "Your list a ends before the output layer.",
        "Which layers have a pre-activation?",
        {forward_propagation: without_output_in_a},
    ),
)


def backward_with_preactivations(W: Layers, h: Layers, a: Layers, g: Sequence[Activation], grad_a: Array) -> Parameters:
    """Weight gradients that see a_{k-1} where h_{k-1} belongs."""
    _, grad_b = backward(W, h, a, g, grad_a)
    inputs = [h[0], *a[:-1]]
    return list(map(weight_gradient, preactivation_gradients(W, h, a, g, grad_a), inputs)), grad_b


def from_the_last_layer(  # noqa: PLR0913, PLR0917 - the exercise's arguments
    W: Layers, x: Array, h: Layers, a: Layers, label: int, y_hat: Array
) -> Parameters:
    grad_W, grad_b = back_propagation(W, x, h, a, label, y_hat)
    return grad_W[::-1], grad_b[::-1]


BACK_PROPAGATION = (
    LABEL_ONE_OFF,
    LABEL_AS_NUMBER,
    Mistake(
        "output-sign",
        "You start from e(ℓ) − ŷ: all gradients have the opposite sign.",
        "Does the loss rise or fall when the label's own score rises?",
        {output_preactivation_gradient: lambda y_hat, label: -output_preactivation_gradient(y_hat, label)},
    ),
    Mistake(
        "softmax-skipped",
        "You start from −e(ℓ)/ŷ_ℓ, the gradient with respect to ŷ: softmax has not been passed.",
        "Which function lies between a_L and ŷ?",
        {output_preactivation_gradient: output_gradient},
    ),
    Mistake(
        "derivative-at-the-output",
        "You multiply −(e(ℓ) − ŷ) by ŷ(1 − ŷ) once more.",
        "Which derivatives has −(e(ℓ) − ŷ) taken account of already?",
        {
            output_preactivation_gradient: lambda y_hat, label: (
                output_preactivation_gradient(y_hat, label) * y_hat * (1 - y_hat)
            )
        },
    ),
    Mistake(
        "label-forgotten",
        "You start from ŷ: the label makes no difference.",
        "When should the gradient at the output be zero?",
        {output_preactivation_gradient: lambda y_hat, label: y_hat},
    ),
    Mistake(
        "no-derivative",
        "The derivative of the activation is missing: you pass the gradient through a hidden neuron as it is.",
        "How strongly does h_k answer to a_k?",
        {sigmoid_derivative: np.ones_like},
    ),
    Mistake(
        "derivative-at-a",
        "You use a(1 − a) for the derivative: the pre-activation stands where the activation belongs.",
        "The rule g' = g(1 − g) is written with g. Which of your two lists holds g?",
        {sigmoid_derivative: lambda a: a * (1 - a)},
    ),
    Mistake(
        "derivative-at-h",
        "You take the derivative σ' at h_k, which has gone through σ already.",
        "At which of the two, a_k or h_k, does CS6910 take g'?",
        {sigmoid_derivative: lambda a: sigmoid_derivative(sigmoid(a))},
    ),
    Mistake(
        "activation-for-derivative",
        "You multiply by the activation h_k, not by its derivative.",
        "How strongly does a saturated neuron answer to a change of a?",
        {sigmoid_derivative: sigmoid},
    ),
    Mistake(
        "derivative-of-tanh",
        "You use 1 − h² for the derivative: that is the rule for tanh.",
        "Which rule belongs to the logistic function?",
        {sigmoid_derivative: lambda a: 1 - sigmoid(a) ** 2},
    ),
    Mistake(
        "no-transpose",
        "You multiply by W on the way back as on the way forward, not by its transpose.",
        "How many entries must the gradient with respect to h_k have?",
        {hidden_gradient: lambda W, grad_a: W @ grad_a},
    ),
    Mistake(
        "weights-of-the-layer-below",
        "On the way from layer k + 1 down to layer k you use W_k.",
        "Which weights lie between h_k and a_{k+1}?",
        {preactivation_gradients: lambda W, *rest: preactivation_gradients([W[0], *W[:-1]], *rest)},
    ),
    Mistake(
        "weight-gradients-transposed",
        "Your weight gradients are transposed: that is the layout of DSC 140B, where W goes from row to column.",
        "Row j of W feeds neuron j. Which shape must the gradient of W have?",
        {weight_gradient: lambda grad_a, h_prev: weight_gradient(grad_a, h_prev).T},
        convention=True,
    ),
    Mistake(
        "pre-activations-as-inputs",
        "Your weight gradients use the pre-activations a_{k-1} where the activations h_{k-1} belong.",
        "What does W_k multiply in the forward pass?",
        {backward: backward_with_preactivations},
    ),
    Mistake(
        "bias-gradients-summed",
        "Your bias gradients are added up to one number per layer.",
        "How many biases has a layer?",
        {bias_gradient: np.sum},
    ),
    Mistake(
        "last-layer-first",
        "Your lists begin with the last layer.",
        "In which order do the lists of weights and biases stand?",
        {back_propagation: from_the_last_layer},
    ),
)


def with_updated_weights(W: Layers, b: Layers, x: Array, label: int, eta: float) -> Parameters:
    """Each layer's weights are updated before the gradient is sent through them to the layer below."""
    h, a, y_hat = forward_propagation(W, b, x)
    W, b = list(W), list(b)
    for k in reversed(range(len(W))):
        grad_W, grad_b = back_propagation(W, x, h, a, label, y_hat)
        W[k], b[k] = descent_step(W[k], grad_W[k], eta), descent_step(b[k], grad_b[k], eta)
    return W, b


def with_first_gradients(  # noqa: PLR0913, PLR0917 - the exercise's arguments
    W: Layers, b: Layers, x: Array, label: int, eta: float, iterations: int
) -> Parameters:
    """The gradients at θ_0, taken again in every iteration."""
    h, a, y_hat = forward_propagation(W, b, x)
    grad_W, grad_b = back_propagation(W, x, h, a, label, y_hat)
    for _ in range(iterations):
        W, b = update(W, grad_W, eta), update(b, grad_b, eta)
    return list(W), list(b)


GRADIENT_DESCENT = (
    Mistake(
        "ascent",
        "Your parameters move along the gradient: the loss rises.",
        "In which direction does the loss fall?",
        {descent_step: lambda w, grad, eta: w + eta * grad},
    ),
    Mistake(
        "no-eta",
        "Your steps leave the learning rate η out.",
        "What changes in your result when you call it with another η?",
        {descent_step: lambda w, grad, eta: w - grad},
    ),
    Mistake(
        "biases-not-updated",
        "Your biases stay as they were.",
        "Which parameters belong to θ?",
        {iteration: lambda W, b, *rest: (iteration(W, b, *rest)[0], b)},
    ),
    Mistake(
        "weights-not-updated",
        "Your weights stay as they were.",
        "Which parameters belong to θ?",
        {iteration: lambda W, b, *rest: (W, iteration(W, b, *rest)[1])},
    ),
    Mistake(
        "updated-weights-used",
        "You update the weights of a layer before the gradient has passed through them to the layer below.",
        "At which parameters are all the gradients of one iteration taken?",
        {iteration: with_updated_weights},
    ),
    Mistake(
        "one-iteration",
        "Your function takes one step and returns.",
        "How often does the loop of the pseudo code run?",
        {gradient_descent: lambda W, b, x, label, eta, iterations: gradient_descent(W, b, x, label, eta, 1)},
    ),
    Mistake(
        "one-iteration-too-many",
        "Your loop runs once too often.",
        "With iterations = 1, how often should the parameters change?",
        {gradient_descent: lambda *rest: gradient_descent(*rest[:-1], rest[-1] + 1)},
    ),
    Mistake(
        "one-iteration-too-few",
        "Your loop ends one step early.",
        "With iterations = 1, how often should the parameters change?",
        {gradient_descent: lambda *rest: gradient_descent(*rest[:-1], rest[-1] - 1)},
    ),
    Mistake(
        "gradients-of-the-first-step",
        "You compute the gradients once and use them in every iteration.",
        "Have the gradients changed after the parameters have moved?",
        {gradient_descent: with_first_gradients},
    ),
)
