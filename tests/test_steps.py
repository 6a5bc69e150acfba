"""The reference with named steps replaced: mistakes that compose and leave the original alone."""

import numpy as np

from grader.steps import with_steps
from reference import activations, feedforward


def inner(x):
    return x + 1


def middle(x):
    return 10 * inner(x)


def outer(x):
    return middle(x) + inner(x)


def test_a_replaced_step_is_used_wherever_the_function_reaches_it():
    """Both the direct call and the one through another function see the wrong step."""
    wrong = with_steps(outer, {inner: lambda x: x})
    assert (outer(1), wrong(1)) == (22, 11)


def test_two_replacements_compose():
    """Each of two slips shows, together as they do alone."""
    wrong = with_steps(outer, {inner: lambda x: x, middle: lambda x: 0})
    assert wrong(1) == 1


def test_a_replacement_may_call_the_step_that_it_replaces():
    """A wrong version is often the true one with something added."""
    assert with_steps(middle, {inner: lambda x: -inner(x)})(1) == -20


def test_the_function_itself_can_be_replaced():
    """A mistake may be about the whole function."""
    assert with_steps(outer, {outer: lambda x: 0})(1) == 0


def test_the_original_stays_as_it_was():
    """Rebuilding a function touches no module."""
    before = feedforward.softmax(np.array([1.0, 2.0]))
    with_steps(feedforward.softmax, {feedforward.softmax: lambda a: a})
    assert np.array_equal(before, feedforward.softmax(np.array([1.0, 2.0])))


def test_a_step_in_another_module_of_the_package_is_reached():
    """The steps of a lecture's function may stand in other modules of the reference."""
    z = np.array([0.5, -1.0])
    wrong = with_steps(feedforward.preactivation_gradient, {activations.sigmoid_derivative: np.zeros_like})
    assert np.any(feedforward.preactivation_gradient(z, z) != 0)
    assert np.all(wrong(z, z) == 0)
