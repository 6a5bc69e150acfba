"""Slips made on the way back through one layer: gradients of activations, pre-activations, weights and biases."""

import numpy as np

from grader.assignment import Mistake
from reference.activations import sigmoid, sigmoid_derivative
from reference.feedforward import bias_gradient, hidden_gradient, preactivation_gradient, weight_gradient

HIDDEN_GRADIENT = (
    Mistake(
        "no-transpose",
        "Your function multiplies by W as in the forward pass, not by its transpose.",
        "How many entries must the gradient with respect to h_k have, and which index is summed over?",
        {hidden_gradient: lambda W, grad_a: W @ grad_a},
    ),
    Mistake(
        "not-summed",
        "Your function multiplies W and the gradient entry by entry and does not add up.",
        "Along how many paths does one hidden neuron reach the loss?",
        {hidden_gradient: lambda W, grad_a: W.T * grad_a},
    ),
    Mistake(
        "averaged",
        "Your function averages over the neurons of the next layer.",
        "The chain rule along several paths: is it their sum or their mean?",
        {hidden_gradient: lambda W, grad_a: hidden_gradient(W, grad_a) / len(grad_a)},
    ),
    Mistake(
        "sign",
        "Your gradient has the opposite sign.",
        "Where in a = b + W h does a minus sign come from?",
        {hidden_gradient: lambda W, grad_a: -hidden_gradient(W, grad_a)},
    ),
    Mistake(
        "weights-forgotten",
        "Your function adds up the gradients of the next layer: the weights make no difference.",
        "How strongly does a_{k+1} answer to one hidden neuron?",
        {hidden_gradient: lambda W, grad_a: np.full(W.shape[1], grad_a.sum())},
    ),
    Mistake(
        "gradients-forgotten",
        "Your function adds up the weights: the gradients of the next layer make no difference.",
        "What comes down to this layer along each path?",
        {hidden_gradient: lambda W, grad_a: W.sum(axis=0)},
    ),
)

PREACTIVATION_GRADIENT = (
    Mistake(
        "brackets-forgotten",
        "Your function computes ∇_h · σ(a) · 1 − σ(a): without brackets the minus comes last.",
        "In which order does Python multiply and subtract?",
        {preactivation_gradient: lambda grad_h, a: grad_h * sigmoid(a) - sigmoid(a)},
    ),
    Mistake(
        "no-derivative",
        "Your function returns the gradient with respect to h_k as it is: the derivative of the activation is missing.",
        "How strongly does h_k answer to a_k?",
        {sigmoid_derivative: np.ones_like},
    ),
    Mistake(
        "derivative-at-a",
        "Your function multiplies by a(1 − a): it takes the pre-activation for the activation.",
        "The rule g' = g(1 − g) is written with g. What is g here?",
        {sigmoid_derivative: lambda a: a * (1 - a)},
    ),
    Mistake(
        "activated-twice",
        "Your function takes the derivative at σ(a) where it belongs at a.",
        "How often has a gone through σ?",
        {sigmoid_derivative: lambda a: sigmoid_derivative(sigmoid(a))},
    ),
    Mistake(
        "activation-for-derivative",
        "Your function multiplies by σ(a), not by its derivative.",
        "How strongly does a saturated neuron answer to a change of a?",
        {sigmoid_derivative: sigmoid},
    ),
    Mistake(
        "one-minus-activation",
        "Your function multiplies by 1 − σ(a): one factor of the derivative is missing.",
        "How steep is σ where it has become flat on the left, and what is 1 − σ(a) there?",
        {sigmoid_derivative: lambda a: 1 - sigmoid(a)},
    ),
    Mistake(
        "derivative-of-tanh",
        "Your function multiplies by 1 − σ(a)²: that is the rule for tanh.",
        "Which rule belongs to the logistic function?",
        {sigmoid_derivative: lambda a: 1 - sigmoid(a) ** 2},
    ),
    Mistake(
        "derivative-of-relu",
        "Your function multiplies by 1 where a is positive and by 0 elsewhere: that is the derivative of ReLU.",
        "Which activation do the neurons of this network have?",
        {sigmoid_derivative: lambda a: (a > 0).astype(float)},
    ),
    Mistake(
        "divided",
        "Your function divides by the derivative.",
        "Does a saturated neuron let more or less of the gradient through?",
        {preactivation_gradient: lambda grad_h, a: grad_h / sigmoid_derivative(a)},
    ),
    Mistake(
        "dot-product",
        "Your function adds the products up to one number.",
        "Does the pre-activation of one neuron reach the activation of another?",
        {preactivation_gradient: lambda grad_h, a: grad_h @ sigmoid_derivative(a)},
    ),
)

WEIGHT_GRADIENT = (
    Mistake(
        "transposed",
        "Your matrix is transposed: it is the layout of DSC 140B, where W goes from row to column.",
        "Row j of W feeds neuron j. Which shape must the gradient of W have?",
        {weight_gradient: lambda grad_a, h_prev: weight_gradient(grad_a, h_prev).T},
        convention=True,
    ),
    Mistake(
        "dot-product",
        "Your function forms the dot product of the two vectors, which needs them to be of one length.",
        "How many weights are there, and which two numbers does each of them see?",
        {weight_gradient: lambda grad_a, h_prev: grad_a @ h_prev},
    ),
    Mistake(
        "entry-by-entry",
        "Your function multiplies the two vectors entry by entry.",
        "How many weights are there, and which two numbers does each of them see?",
        {weight_gradient: lambda grad_a, h_prev: grad_a * h_prev},
    ),
    Mistake(
        "sign",
        "Your gradient has the opposite sign.",
        "Where in a = b + W h does a minus sign come from?",
        {weight_gradient: lambda grad_a, h_prev: -weight_gradient(grad_a, h_prev)},
    ),
    Mistake(
        "with-derivative",
        "Your gradient is multiplied by h(1 − h) of the layer below.",
        "Does a_k = b_k + W_k h_{k-1} depend on W_k through an activation function?",
        {weight_gradient: lambda grad_a, h_prev: np.outer(grad_a, h_prev * h_prev * (1 - h_prev))},
    ),
    Mistake(
        "input-forgotten",
        "Every column of your gradient is the gradient with respect to a_k: the inputs make no difference.",
        "What should the gradient of a weight be whose input is 0?",
        {weight_gradient: lambda grad_a, h_prev: np.outer(grad_a, np.ones_like(h_prev))},
    ),
)

BIAS_GRADIENT = (
    Mistake(
        "summed",
        "Your function adds the entries up to one number.",
        "How many biases has a layer?",
        {bias_gradient: np.sum},
    ),
    Mistake(
        "averaged",
        "Your function averages the entries to one number.",
        "How many biases has a layer?",
        {bias_gradient: np.mean},
    ),
    Mistake(
        "sign",
        "Your gradient has the opposite sign.",
        "How does a_k answer when b_k rises?",
        {bias_gradient: lambda grad_a: -bias_gradient(grad_a)},
    ),
    Mistake(
        "ones",
        "Your gradient is 1 for every bias: that is the derivative of a_k with respect to b_k alone.",
        "Which factor of the chain rule is missing?",
        {bias_gradient: np.ones_like},
    ),
)
