"""What values hold, how large they are, and when two are the same."""

import numpy as np
import pytest

from grader.model.values import extent, magnitude, same, size


def objects(*values):
    """An array of objects, none of which NumPy looks into."""
    array = np.empty(len(values), object)
    for i, value in enumerate(values):
        array[i] = value
    return array


@pytest.mark.parametrize(
    "value",
    [
        {1, 2},
        frozenset({(1, 2)}),
        1 + 2j,
        np.float32("nan"),
        np.array([np.nan, 1j]),
        np.array(["a", "b"]),
        objects(np.ones(2), [np.nan], None),
        {(1, "a"): [objects(1)]},
    ],
    ids=repr,
)
def test_a_value_is_the_same_as_its_copy(value):
    """Whatever it holds; NaN is the same as NaN."""
    import copy

    assert same(value, copy.deepcopy(value))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({1, 2}, {1, 3}),
        ({1}, frozenset({1})),
        (objects(np.ones(2)), objects(np.zeros(2))),
        (objects(1, 2), np.array([1, 2])),
        (np.float64(1), np.array(1.0)),
        (np.array(["a"]), np.array(["b"])),
    ],
    ids=repr,
)
def test_what_differs_is_not_the_same(one, other):
    """In an entry, a type or a dtype."""
    assert not same(one, other) and not same(other, one)


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        (np.ones((3, 4)), 12),
        (np.ones((3, 0)), 3),
        ([1, [2, 3]], 5),
        ({"ab": 1}, 4),
        ({1, 2, 3}, 4),
        (objects(np.ones(100), [1, 2]), 104),
        (np.array(["abcde", "f"]), 10),
        (3j, 1),
    ],
    ids=repr,
)
def test_the_size_of_a_value_counts_all_that_it_holds(value, entries):
    """Entries of arrays, parts, keys and characters; a container counts as one itself."""
    assert size(value) == entries


def test_the_extent_looks_into_every_container():
    """The longest length and the largest whole number within."""
    assert extent({5, 7}).whole == 7
    assert extent(objects(np.ones((2, 9)))).length == 9


def test_the_magnitude_is_that_of_numbers_alone():
    """In sets and arrays of objects, too."""
    assert magnitude([{2, -8}, objects(np.array([3.0, -9.0]), "a"), "text"]) == 9
