"""The delta rule (R. Yehoshua, "Backpropagation: Step-By-Step Derivation"): losses, deltas, descent, and training.

Convention: w_ij leads from neuron j of one layer to neuron i of the next; the squared loss has no ½.
"""

from itertools import pairwise

import numpy as np

from grader.assignment import Assignment, case
from reference import delta_rule

from . import batch_mistakes, loss_mistakes, step_mistakes, training_mistakes

assignment = Assignment(
    title="The delta rule",
    lecture="Yehoshua, Backpropagation: Step-By-Step Derivation",
    convention="w[i, j] leads from neuron j to neuron i of the next layer; the squared loss is (y - o)², without ½",
    public_seed=7043,
)


@assignment.exercise(reference=delta_rule.squared_loss, points=1, tolerance=1e-9, mistakes=loss_mistakes.SQUARED_LOSS)
def squared_loss(rng):
    """The squared loss of one example (Definition of the Error and Loss Functions, 1)."""
    yield case("by hand", 3.0, 1.0)
    yield case("output too small", *_label_and_output(rng, -1))
    yield case("output too large", *_label_and_output(rng, 1))
    yield case("both negative", -rng.uniform(1, 2), -rng.uniform(3, 5))
    yield case("far away", rng.uniform(-30, -20), rng.uniform(20, 30))


@assignment.exercise(reference=delta_rule.log_loss, points=1, mistakes=loss_mistakes.LOG_LOSS)
def log_loss(rng):
    """The log loss of one example (Definition of the Error and Loss Functions, 2)."""
    yield case("by hand", 1, 0.8)
    for label in (0, 1):
        yield case(f"label {label}, nearly right", label, _probability_of(rng, label, 0.93, 0.98))
        yield case(f"label {label}, nearly wrong", label, _probability_of(rng, label, 0.02, 0.07))


@assignment.exercise(reference=delta_rule.cross_entropy_loss, points=1, mistakes=loss_mistakes.CROSS_ENTROPY_LOSS)
def cross_entropy_loss(rng):
    """The cross-entropy of one example (Definition of the Error and Loss Functions, 3)."""
    yield case("by hand", np.array([0.0, 1.0, 0.0]), np.array([0.25, 0.5, 0.25]))
    for k, label in ((2, 0), (3, 2), (4, 0), (7, rng.integers(3, 6))):
        yield case(f"{k} classes", np.eye(k)[label], _probabilities(rng, k))


@assignment.exercise(reference=delta_rule.output_delta, points=3, mistakes=loss_mistakes.OUTPUT_DELTA)
def output_delta(rng):
    """The deltas of the output layer for each task (The Deltas in the Output Layer)."""
    yield case("regression, by hand", "regression", 3.0, 1.0)
    yield case("regression, too small", "regression", *_label_and_output(rng, -1))
    yield case("regression, too large", "regression", *_label_and_output(rng, 1))
    yield case("binary, by hand", "binary", 1, 0.8)
    for label in (0, 1):
        yield case(f"binary, label {label}", "binary", label, rng.uniform(0.1, 0.9))
    yield case("multiclass, by hand", "multiclass", np.array([0.0, 1.0, 0.0]), np.array([0.25, 0.5, 0.25]))
    for k, label in ((3, 0), (5, 4)):
        yield case(f"multiclass, {k} classes", "multiclass", np.eye(k)[label], _probabilities(rng, k))


@assignment.exercise(reference=delta_rule.hidden_deltas, points=4, mistakes=step_mistakes.HIDDEN_DELTAS)
def hidden_deltas(rng):
    """The deltas of a hidden layer of sigmoid neurons (The Delta Rule)."""
    yield case("by hand", np.array([[2.0, -1.0]]), np.array([0.5]), np.array([0.5, 0.2]))
    for n, n_next in ((4, 1), (3, 2), (2, 5), (3, 3), (1, 3)):
        W_next, deltas_next = rng.normal(size=(n_next, n)), rng.normal(size=n_next)
        yield case(f"n = {n}, n_next = {n_next}", W_next, deltas_next, rng.uniform(0.1, 0.9, size=n))


@assignment.exercise(reference=delta_rule.gradient, points=2, tolerance=1e-9, mistakes=step_mistakes.GRADIENT)
def gradient(rng):
    """The derivatives with respect to a layer's weights (The Delta Terms)."""
    yield case("by hand", np.array([1.0, -2.0]), np.array([3.0, 0.5, 1.0]))
    for n, m in ((1, 4), (3, 2), (2, 5), (3, 3)):
        yield case(f"n = {n}, m = {m}", rng.normal(size=n), rng.normal(size=m))


@assignment.exercise(reference=delta_rule.descent_step, points=2, tolerance=1e-9, mistakes=step_mistakes.DESCENT_STEP)
def descent_step(rng):
    """The weights after one step of gradient descent (Gradient descent)."""
    yield case("by hand", np.array([1.0, 2.0]), np.array([4.0, -2.0]), 0.5)
    for name, shape in (("a vector", 4), ("a matrix", (2, 3)), ("a tall matrix", (5, 2)), ("one weight", (1, 1))):
        yield case(name, rng.normal(size=shape), rng.normal(size=shape), rng.uniform(0.05, 0.8))


@assignment.exercise(reference=delta_rule.minibatches, points=2, tolerance=1e-9, mistakes=batch_mistakes.MINIBATCHES)
def minibatches(rng):
    """The training set in batches, in order (Gradient descent, 3)."""
    yield case("by hand", np.array([[1.0], [2.0], [3.0], [4.0], [5.0]]), np.array([0, 1, 0, 1, 1]), 2)
    for name, m, size in (
        ("the last is smaller", 11, 5),
        ("all alike", 12, 3),
        ("one example each", 5, 1),
        ("one batch", 6, 6),
        ("size above the number of examples", 3, 10),
    ):
        yield case(name, rng.normal(size=(m, 2)), rng.integers(0, 2, size=m), size)


@assignment.exercise(
    reference=delta_rule.worked_example,
    points=4,
    tolerance=1e-7,  # the update of a single weight into neuron 1 moves the output by less than a millionth
    returns=("before", "deltas", "after"),
    builds_on=("output_delta", "hidden_deltas", "gradient", "descent_step"),
    mistakes=step_mistakes.WORKED_EXAMPLE,
)
def worked_example(rng):
    """One step of gradient descent on the article's network (its numerical example)."""
    yield case("the article's network")


@assignment.exercise(
    reference=delta_rule.train,
    points=5,
    returns=("W", "losses"),
    builds_on=("log_loss", "output_delta", "hidden_deltas", "gradient", "descent_step", "minibatches"),
    mistakes=training_mistakes.TRAIN,
)
def train(rng):
    """A network's weights after some epochs of mini-batch descent, and its losses (the full algorithm)."""
    X, y = np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([1, 0])
    yield case("by hand", [np.zeros((1, 2))], X, y, 1.0, 1, 2)
    for name, sizes, m, epochs, batch_size in (
        ("no hidden layer, one batch", (3, 1), 5, 3, 5),
        ("one hidden layer, the last batch smaller", (3, 4, 1), 7, 2, 3),
        ("two hidden layers, one example each", (4, 3, 2, 1), 5, 2, 1),
        ("square layers, two batches", (3, 3, 3, 1), 6, 4, 3),
        ("a batch larger than the set", (2, 5, 1), 4, 3, 9),
    ):
        yield case(name, *_training_set(rng, sizes, m), rng.uniform(0.5, 1.5), epochs, batch_size)


def _training_set(rng, sizes, m):
    """Weights, examples with a constant first input, and labels of both classes."""
    W = [rng.normal(size=(n, n_prev)) for n_prev, n in pairwise(sizes)]
    X = np.column_stack([np.ones(m), rng.uniform(-2, 2, size=(m, sizes[0] - 1))])
    return W, X, rng.permutation(np.resize([0, 1], m))


def _label_and_output(rng, side):
    y = rng.normal()
    return y, y + side * rng.uniform(0.5, 3)


def _probability_of(rng, label, low, high):
    """An output that gives the label a probability between low and high."""
    p = rng.uniform(low, high)
    return p if label == 1 else 1 - p


def _probabilities(rng, k):
    """Positive, of sum 1, and none near 0 or 1."""
    o = rng.uniform(0.2, 1, size=k)
    return o / o.sum()
