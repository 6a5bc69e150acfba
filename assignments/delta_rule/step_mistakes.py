"""Mistakes with the hidden deltas, the descent step and the worked example.

Each is a wrong version of steps of the reference.
"""

import numpy as np

from grader.assignment import Mistake
from reference import delta_rule
from reference.activations import sigmoid, sigmoid_derivative
from reference.delta_rule import (
    descent_step,
    example_weights,
    existing,
    gradient,
    hidden_deltas,
    output_delta,
    sigmoid_activations,
    sigmoid_slope,
)
from reference.losses import log_loss_delta
from reference.network import hidden_gradient, weight_gradient

# Deltas of the hidden layers, gradient, step

SLOPE_FORGOTTEN = Mistake(
    "f'-forgotten",
    "Your deltas leave out the factor f'(z) = a(1 - a).",
    "How much does an activation near 1 react when its net input changes?",
    {sigmoid_slope: np.ones_like},
)

ACTIVATION_FOR_SLOPE = Mistake(
    "a-for-f'",
    "Your deltas are multiplied by the activation a instead of a(1 - a).",
    "Where is the sigmoid steepest, and what is a(1 - a) there?",
    {sigmoid_slope: lambda a: a},
)

ONE_MINUS_A = Mistake(
    "1-a-for-f'",
    "Your deltas are multiplied by 1 - a instead of a(1 - a).",
    "How steep is the sigmoid where a is near 0, and what is 1 - a there?",
    {sigmoid_slope: lambda a: 1 - a},
)

SLOPE_AT_A = Mistake(
    "f'-at-a",
    "Your function takes the derivative of the sigmoid at a, as if the activation were the net input.",
    "The activation has been through the sigmoid already: how does f' look when it is written with a?",
    {sigmoid_slope: sigmoid_derivative},
)

TANH_SLOPE = Mistake(
    "tanh-derivative",
    "Your function uses 1 - a², the derivative of tanh; these neurons are sigmoid.",
    "What is f'(z) of the sigmoid, written with a?",
    {sigmoid_slope: lambda a: 1 - a**2},
)

WEIGHTS_NOT_TRANSPOSED = Mistake(
    "W-not-transposed",
    "Your sum runs along the rows of W_next; it must run over the neurons of the next layer, down a column.",
    "Which entries of W_next are the weights that lead out of neuron i?",
    {hidden_gradient: lambda W_next, grad_a_next: W_next @ grad_a_next},
)

WEIGHTS_FORGOTTEN = Mistake(
    "weights-forgotten",
    "Your function adds up the deltas of the next layer without their weights.",
    "Should a neuron that is connected by a tiny weight get the same blame as one with a large weight?",
    {hidden_gradient: lambda W_next, grad_a_next: np.full(W_next.shape[1], np.sum(grad_a_next))},
)

GRADIENT_TRANSPOSED = Mistake(
    "transposed",
    "Your gradient is right but transposed, as in DSC 140B, where w_ij leads from i to j.",
    "Which row of the weight matrix belongs to neuron i?",
    {weight_gradient: lambda grad_a, h_prev: weight_gradient(grad_a, h_prev).T},
    convention=True,
)

ACTIVATIONS_FORGOTTEN = Mistake(
    "activations-forgotten",
    "Your gradient repeats the deltas; the activations of the layer before are missing.",
    "How much does z change with a weight whose neuron sends 0?",
    {weight_gradient: lambda grad_a, h_prev: weight_gradient(grad_a, np.ones_like(h_prev))},
)

DELTAS_FORGOTTEN = Mistake(
    "deltas-forgotten",
    "Your gradient repeats the activations; the deltas are missing.",
    "How does the error react to the net input of neuron i?",
    {weight_gradient: lambda grad_a, h_prev: weight_gradient(np.ones_like(grad_a), h_prev)},
)

UPHILL = Mistake(
    "uphill",
    "Your step goes along the gradient, so that the error grows.",
    "The gradient points where the error rises. Which way is down?",
    {descent_step: lambda w, grad, alpha: 2 * w - descent_step(w, grad, alpha)},
)

RATE_FORGOTTEN = Mistake(
    "no-learning-rate",
    "Your step subtracts the whole gradient; the learning rate α is missing.",
    "How far should the weights move if α is 0.01?",
    {descent_step: lambda w, grad, alpha: descent_step(w, grad, 1.0)},
)

OWN_RATE = Mistake(
    "weight-as-its-own-rate",
    "Each weight is used as its own learning rate: your step subtracts w · ∂E/∂w where α · ∂E/∂w belongs.",
    "How far would a weight of 0 move in your step?",
    {descent_step: lambda w, grad, alpha: descent_step(w, grad, w)},
)

STEP_ALONE = Mistake(
    "step-without-weights",
    "Your function returns the change of the weights, not the new weights.",
    "What should come back if the gradient is 0?",
    {descent_step: lambda w, grad, alpha: descent_step(w, grad, alpha) - w},
)

# The worked example. The first two together give the article's 0.7043, of which readers copy four digits.


def slope_with_neighbour(a):
    """f' of the second hidden layer (the one with two neurons) as a4(1 - a4) and a5(1 - a4)."""
    return a * (1 - a[0]) if len(a) == 2 else sigmoid_slope(a)


def deltas_after_update():
    """The weights of a layer are corrected before the deltas of the layer below are found."""
    W = example_weights()
    x = np.array([1.0, 1.0, 0.0])
    a1, a2, o = sigmoid_activations(W, x)
    delta3 = output_delta("binary", np.array([1.0]), o)
    W3 = descent_step(W[2], existing(W[2]) * gradient(delta3, a2), 0.5)
    delta2 = hidden_deltas(W3, delta3, a2)
    W2 = descent_step(W[1], existing(W[1]) * gradient(delta2, a1), 0.5)
    delta1 = hidden_deltas(W2, delta2, a1)
    W1 = descent_step(W[0], existing(W[0]) * gradient(delta1, x), 0.5)
    after = sigmoid_activations([W1, W2, W3], x)[-1]
    return float(o[0]), [*map(float, [*delta1, *delta2, *delta3])], float(after[0])


def deltas_reversed():
    before, deltas, after = delta_rule.worked_example()
    return before, deltas[::-1], after


def biases_kept(w, grad, alpha):
    """Neurons 1 to 3 alone have biases: the first column of the first layer's weights."""
    moved = np.ones_like(w)
    if w.shape == (3, 3):
        moved[:, 0] = 0
    return w - alpha * grad * moved


NEIGHBOURS_SLOPE = Mistake(
    "f'(z5)-with-a4",
    "f'(z5) is taken as a5(1 - a4): the activation of the neighbouring neuron 4 has slipped in.",
    "Whose activation tells how steep the sigmoid is at z5?",
    {sigmoid_slope: slope_with_neighbour},
)

BOTH_SLIPS = Mistake(
    f"{OWN_RATE.name} + {NEIGHBOURS_SLOPE.name}",
    f"Two slips together: {OWN_RATE.says} {NEIGHBOURS_SLOPE.says}",
    f"{OWN_RATE.asks} {NEIGHBOURS_SLOPE.asks}",
    {**OWN_RATE.steps, **NEIGHBOURS_SLOPE.steps},
)

DELTAS_REVERSED = Mistake(
    "deltas-reversed",
    "Your deltas stand in the order in which they are found, from δ6 to δ1.",
    "Which of them does the task list first?",
    {delta_rule.worked_example: deltas_reversed},
)

NO_STEP = Mistake(
    "no-step",
    "Your weights are still the old ones when the network runs for the second time.",
    "Should the output come out the same before and after the step?",
    {descent_step: lambda w, grad, alpha: w},
)

UPDATED_WEIGHTS = Mistake(
    "deltas-with-updated-weights",
    "You correct the weights of a layer before you pass its deltas back, so that the new weights are used on the way.",
    "With which weights was the output computed whose error you pass back?",
    {delta_rule.worked_example: deltas_after_update},
)

BIASES_KEPT = Mistake(
    "biases-not-updated",
    "Your step leaves the biases of the first layer as they are.",
    "A bias is a weight of an input that is always 1: what is its gradient?",
    {descent_step: biases_kept},
)

PHANTOM_CONNECTIONS = Mistake(
    "connections-out-of-nowhere",
    "Your step gives weights to connections that the network does not have, such as from neuron 3 to neuron 4.",
    "Which weights does z4 have?",
    {existing: np.ones_like},
)

SQUARED_LOSS_DELTA = Mistake(
    "squared-loss-delta",
    "Your output delta has a factor o(1 - o) too many: with the log loss it cancels.",
    "What is the delta of the output for the log loss?",
    {log_loss_delta: lambda y, o: (o - y) * sigmoid_slope(o)},
)

LINEAR_NEURONS = Mistake(
    "sigmoid-forgotten",
    "Your neurons send on their net input z; the sigmoid is missing on the way forward.",
    "Can an activation of these neurons be negative?",
    {sigmoid: lambda z: z},
)

HIDDEN_DELTAS = (
    SLOPE_FORGOTTEN,
    ACTIVATION_FOR_SLOPE,
    ONE_MINUS_A,
    SLOPE_AT_A,
    TANH_SLOPE,
    WEIGHTS_NOT_TRANSPOSED,
    WEIGHTS_FORGOTTEN,
)
GRADIENT = (GRADIENT_TRANSPOSED, ACTIVATIONS_FORGOTTEN, DELTAS_FORGOTTEN)
DESCENT_STEP = (UPHILL, RATE_FORGOTTEN, OWN_RATE, STEP_ALONE)
WORKED_EXAMPLE = (
    OWN_RATE,
    NEIGHBOURS_SLOPE,
    BOTH_SLIPS,
    DELTAS_REVERSED,
    NO_STEP,
    UPDATED_WEIGHTS,
    BIASES_KEPT,
    PHANTOM_CONNECTIONS,
    UPHILL,
    RATE_FORGOTTEN,
    SLOPE_FORGOTTEN,
    ACTIVATION_FOR_SLOPE,
    SLOPE_AT_A,
    SQUARED_LOSS_DELTA,
    LINEAR_NEURONS,
)
