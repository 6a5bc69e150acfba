"""Exercises with many right answers are judged by what makes an answer right."""

from itertools import permutations

import numpy as np
import pytest

from grader.assignment.properties import topological_order, xor_network

DIAMOND = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}


def test_exactly_the_topological_orders_pass():
    """Of the 24 orders of a diamond, the two in which parents come first are right."""
    right = [order for order in permutations(DIAMOND) if topological_order(list(order), DIAMOND) == ""]
    assert right == [("a", "b", "c", "d"), ("a", "c", "b", "d")]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (["b", "a", "c", "d"], "'b' stands before its parent 'a'"),
        (["a", "b", "c"], "exactly once"),
        (["a", "a", "b", "c", "d"], "exactly once"),
        (None, "a list of node names"),
        ([1, 2, 3, 4], "a list of node names"),
    ],
)
def test_what_is_wrong_with_an_order_is_said(answer, words):
    """Too early, left out, twice, or no list at all."""
    assert words in topological_order(answer, DIAMOND)


OR_AND = ([np.array([[1.0, 1.0], [-1.0, -1.0]]), np.array([[1.0, 1.0]])], [np.array([-0.5, 1.5]), np.array([-1.5])])
OTHER = ([np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([[1.0, 1.0]])], [np.array([-0.5, -0.5]), np.array([-0.5])])


@pytest.mark.parametrize("answer", [OR_AND, OTHER])
def test_any_network_that_computes_xor_passes(answer):
    """Two different constructions are both right."""
    assert xor_network(answer) == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (([np.ones((2, 2)), np.ones((1, 2))], [np.zeros(2), np.zeros(1)]), "for x = (0, 0)"),
        (([np.ones((2, 2)), np.ones((2, 1))], [np.zeros(2), np.zeros(1)]), "W2 has shape (2, 1)"),
        (([np.full((2, 2), np.nan), np.ones((1, 2))], [np.zeros(2), np.zeros(1)]), "not finite"),
        ("weights", "expected (W, b)"),
        (None, "expected (W, b)"),
        (([1], [2]), "expected (W, b)"),
    ],
)
def test_what_is_wrong_with_a_network_is_said(answer, words):
    """The input that it gets wrong, or the shape that does not fit."""
    assert words in xor_network(answer)
