"""Exercises with many right answers are judged by what makes an answer right."""

from itertools import permutations

import numpy as np
import pytest

from grader.assignment.properties import bump, topological_order, xor_network

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


def two_sigmoids(left, right, height, steepness=100.0):
    k = steepness / (right - left)
    return [height, -height], [[k], [k]], [-k * left, -k * right]


@pytest.mark.parametrize(("left", "right", "height"), [(0.0, 1.0, 1.0), (-3.0, 40.0, -2.0), (50.0, 50.01, 7.0)])
@pytest.mark.parametrize("steepness", [60.0, 100.0, 1e5, -100.0])
def test_any_two_sigmoids_that_make_the_bump_pass(left, right, height, steepness):
    """Of any steepness that suffices, climbing or falling, and in either order."""
    alpha, W, b = two_sigmoids(left, right, height, steepness)
    if steepness < 0:
        alpha = [-a for a in alpha]
    assert bump((alpha, W, b), left, right, height) == ""
    assert bump((alpha[::-1], W[::-1], b[::-1]), left, right, height) == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (two_sigmoids(0, 1, 1, 20), "the sum is"),
        (two_sigmoids(0, 1, 0.98), "it should be 1, give or take 1 % of the height"),
        (two_sigmoids(0, 2, 1), "it should be 0"),
        (two_sigmoids(0.3, 1, 1), "it should be 1"),
        (([1, 0], [[100], [100]], [0, 0]), "it should be 0"),
        (([1, -1], [100, 100], [0, -100]), "W has shape (2,), expected (2, 1)"),
        (([np.nan, 1], [[1], [1]], [0, 0]), "alpha holds a number that is not finite"),
        ((1, 2), "expected (alpha, W, b)"),
        (None, "expected (alpha, W, b)"),
        (("a", "b", "c"), "expected (alpha, W, b)"),
    ],
)
def test_what_is_wrong_with_a_bump_is_said(answer, words):
    """Not steep or high enough, too wide or narrow, no way down; a shape that does not fit."""
    assert words in bump(answer, 0.0, 1.0, 1.0)
