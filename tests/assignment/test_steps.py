"""The reference with named steps replaced: mistakes that compose and leave the original alone."""

import contextlib

import numpy as np
import pytest

from grader.assignment.steps import compositions, with_steps
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


def test_a_step_reached_through_its_module_is_replaced_too():
    """`activations.sigmoid` is the same step as `sigmoid`."""

    def through_module(x):
        return activations.sigmoid(x) + 1

    wrong = with_steps(through_module, {activations.sigmoid: lambda z: 0 * z})
    assert wrong(np.array([3.0])) == 1


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        ({inner: lambda x: -inner(x)}, {inner: lambda x: 2 * inner(x)}, {-40}),
        ({inner: lambda x: inner(x) + 3}, {inner: lambda x: 2 * inner(x)}, {70, 100}),
        ({inner: lambda x: x}, {middle: lambda x: 5.0}, {5.0}),
    ],
    ids=["factors", "a term and a factor", "different steps"],
)
def test_two_replacements_come_together_in_every_way(one, other, values):
    """One done to what the other makes, or their factors multiplied."""
    assert values <= {_value(with_steps(middle, both)) for both in compositions(one, other)}


def _value(function):
    with contextlib.suppress(ValueError):
        return function(1)


def test_changes_of_different_entries_come_together():
    """Each keeps to the entries that are its own; where both change the same, they are no such two."""
    sign = {activations.relu_derivative: lambda z: np.where(z > 0, 1.0, -1.0)}
    twice = {activations.relu_derivative: lambda z: np.where(z > 0, 2.0, 0.0)}
    *_, both = compositions(sign, twice)
    assert with_steps(activations.relu_derivative, both)(np.array([-1.0, 1.0])).tolist() == [-1.0, 2.0]
    *_, same = compositions(sign, sign | {})
    with pytest.raises(ValueError, match="cannot be combined"):
        with_steps(activations.relu_derivative, same)(np.array([-1.0]))


def test_changes_that_cannot_be_combined_say_so():
    """Texts have no factors."""
    *_, added = compositions({inner: lambda x: "a"}, {inner: lambda x: "b"})
    with pytest.raises(ValueError, match="cannot be combined"):
        with_steps(inner, added)(1)
