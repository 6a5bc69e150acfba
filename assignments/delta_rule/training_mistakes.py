"""Mistakes with the training loop, each a wrong version of steps of the reference."""

import numpy as np

from grader.assignment import Mistake
from reference.delta_rule import (
    batch_gradients,
    batch_step,
    gradient,
    hidden_deltas,
    minibatches,
    output_delta,
    sigmoid_activations,
    sigmoid_slope,
    train,
    training_loss,
)
from reference.descent import descent_step
from reference.losses import example_count, log_loss_delta

from .batch_mistakes import rest_dropped

# What a step is made of


def updated_weights_used(W, X, y, alpha):
    """The weights of a layer are corrected before the deltas of the layer below are found."""
    W, a = list(W), [X.T, *sigmoid_activations(W, X.T)]
    delta = output_delta("binary", y, a[-1])
    for k in reversed(range(len(W))):
        W[k] = descent_step(W[k], gradient(delta, a[k]) / len(y), alpha)
        if k:
            delta = hidden_deltas(W[k], delta, a[k])
    return W


def last_layer_only(W, X, y):
    return [np.zeros_like(g) if k < len(W) - 1 else g for k, g in enumerate(batch_gradients(W, X, y))]


def per_example_in_batch(W, X, y, alpha):
    for i in range(len(y)):
        W = batch_step(W, X[i : i + 1], y[i : i + 1], alpha)
    return W


SUMMED = Mistake(
    "no-1/m",
    "Your step adds the gradients of a batch up; it takes their mean.",
    "Hand in every example twice: should the step be twice as long?",
    {example_count: lambda Y: 1},
)

UPDATED_WEIGHTS = Mistake(
    "deltas-with-updated-weights",
    "You correct the weights of a layer before you pass its deltas back, so that the new weights are used on the way.",
    "With which weights was the output computed whose error you pass back?",
    {batch_step: updated_weights_used},
)

LAST_LAYER_ONLY = Mistake(
    "last-layer-only",
    "Your step corrects the weights of the last layer alone.",
    "Which weights have a part in the error?",
    {batch_gradients: last_layer_only},
)

STEP_PER_EXAMPLE = Mistake(
    "step-per-example",
    "You take a step after each example, whatever the size of the batch.",
    "At which weights are the gradients of all examples of a batch taken?",
    {batch_step: per_example_in_batch},
)

UPHILL = Mistake(
    "uphill",
    "Your steps go uphill, so that the loss grows: a sign is reversed, in the output's delta or in the step.",
    "Do your losses fall?",
    {descent_step: lambda w, grad, alpha: w + alpha * grad},
)

NO_RATE = Mistake(
    "no-learning-rate",
    "Your steps leave the learning rate α out.",
    "What changes in your result when you call it with another α?",
    {descent_step: lambda w, grad, alpha: w - grad},
)

SLOPE_FORGOTTEN = Mistake(
    "f'-forgotten",
    "Your hidden deltas leave out the factor f'(z) = a(1 - a).",
    "How much does an activation near 1 react when its net input changes?",
    {sigmoid_slope: np.ones_like},
)

EXTRA_SLOPE = Mistake(
    "extra-o(1-o)",
    "Your output delta has a factor o(1 - o) too many: with the log loss it cancels.",
    "What is the delta of the output for the log loss?",
    {log_loss_delta: lambda y, o: (o - y) * o * (1 - o)},
)

# How the batches are taken


def divided_by_size(W, X, y, *rest):
    """Also the last batch of an epoch, which may be smaller, is divided by batch_size."""
    return trained(W, X, y, *rest, share=lambda m, batch_size: min(m, batch_size) / batch_size)


def divided_by_all(W, X, y, *rest):
    return trained(W, X, y, *rest, share=lambda m, batch_size: m / len(y))


def trained(W, X, y, *rest, share):
    """The loop, with the rate of a batch of m examples multiplied by share(m, batch_size)."""
    alpha, epochs, batch_size = rest
    losses = [training_loss(W, X, y)]
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size):
            W = batch_step(W, X_batch, y_batch, alpha * share(len(y_batch), batch_size))
        losses.append(training_loss(W, X, y))
    return W, losses


def gradients_once_per_epoch(W, X, y, *rest):
    """All batches of an epoch have their gradients taken at the weights with which it began."""
    alpha, epochs, batch_size = rest
    losses = [training_loss(W, X, y)]
    for _ in range(epochs):
        start = W
        for batch in minibatches(X, y, batch_size):
            W = [descent_step(w, g, alpha) for w, g in zip(W, batch_gradients(start, *batch), strict=True)]
        losses.append(training_loss(W, X, y))
    return W, losses


WHOLE_SET = Mistake(
    "batches-ignored",
    "Each of your steps looks at the whole training set, whatever the batch size is.",
    "How many steps has an epoch with 7 examples and batches of 3?",
    {minibatches: lambda X, y, size: [(X, y)]},
)

REST_DROPPED = Mistake(
    "rest-dropped",
    "Your training leaves out the examples that do not fill a batch.",
    "How many of 7 examples are in batches of 3?",
    {minibatches: rest_dropped},
)

ONE_BATCH = Mistake(
    "first-batch-only",
    "Your epochs end after their first batch.",
    "How often should an epoch look at each example?",
    {minibatches: lambda X, y, size: minibatches(X, y, size)[:1]},
)

DIVIDED_BY_SIZE = Mistake(
    "divided-by-batch-size",
    "You divide by batch_size in the last batch, too, which has fewer examples.",
    "Over how many gradients does the mean of the last batch run?",
    {train: divided_by_size},
)

DIVIDED_BY_ALL = Mistake(
    "divided-by-n",
    "You divide a batch's gradient by the number of all examples.",
    "Over how many gradients does the mean of a batch run?",
    {train: divided_by_all},
)

ONCE_PER_EPOCH = Mistake(
    "gradients-of-the-epochs-start",
    "All batches of an epoch use gradients at the weights with which it began.",
    "Have the weights moved when the second batch is looked at?",
    {train: gradients_once_per_epoch},
)

EPOCH_TOO_FEW = Mistake(
    "one-epoch-too-few",
    "Your loop ends one epoch early.",
    "With epochs = 1, how often should each example be looked at?",
    {train: lambda *args: train(*args[:4], args[4] - 1, args[5])},
)

# What is written down


def with_losses(change):
    def trained_with(*args):
        W, losses = train(*args)
        return W, change(losses)

    return trained_with


def loss_of_the_last_batch(W, X, y, *rest):
    alpha, epochs, batch_size = rest
    after = [train(W, X, y, alpha, epoch, batch_size)[0] for epoch in range(epochs + 1)]
    last = minibatches(X, y, batch_size)[-1]
    return after[-1], [training_loss(W, X, y), *(training_loss(weights, *last) for weights in after[1:])]


NO_FIRST_LOSS = Mistake(
    "no-first-loss",
    "Your list of losses begins after the first epoch.",
    "How many numbers should the list have?",
    {train: with_losses(lambda losses: losses[1:])},
)

NO_LAST_LOSS = Mistake(
    "no-last-loss",
    "Your list of losses ends before the last epoch: the loss at the end is missing.",
    "How many numbers should the list have?",
    {train: with_losses(lambda losses: losses[:-1])},
)

LOSSES_SUMMED = Mistake(
    "losses-summed",
    "Your losses are sums over the examples, not means.",
    "Should the loss of a training set double when every example is listed twice?",
    {training_loss: lambda W, X, y: len(y) * training_loss(W, X, y)},
)

LAST_BATCHS_LOSS = Mistake(
    "loss-of-the-last-batch",
    "After an epoch you write down the loss of its last batch, not that of all examples.",
    "Over which examples does the mean loss run?",
    {train: loss_of_the_last_batch},
)

TRAIN = (
    SUMMED,
    UPDATED_WEIGHTS,
    LAST_LAYER_ONLY,
    STEP_PER_EXAMPLE,
    UPHILL,
    NO_RATE,
    SLOPE_FORGOTTEN,
    EXTRA_SLOPE,
    WHOLE_SET,
    REST_DROPPED,
    ONE_BATCH,
    DIVIDED_BY_SIZE,
    DIVIDED_BY_ALL,
    ONCE_PER_EPOCH,
    EPOCH_TOO_FEW,
    NO_FIRST_LOSS,
    NO_LAST_LOSS,
    LOSSES_SUMMED,
    LAST_BATCHS_LOSS,
)
