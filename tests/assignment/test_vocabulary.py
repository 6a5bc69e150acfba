"""The words of a declaration: inputs like given ones, and names."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.assignment import Assignment, case
from grader.assignment.vocabulary import like, python_name

seeds = st.integers(0, 2**32 - 1)


@given(seeds)
def test_kinds_and_shapes_stay(seed):
    """A label stays a whole number, a matrix its shape, a text itself."""
    W, label, name, flag = like(np.random.default_rng(seed), np.ones((2, 3)), 4, "add", True)
    assert W.shape == (2, 3)
    assert type(label) is int
    assert (name, flag) == ("add", True)


@given(seeds, st.lists(st.floats(-1e3, 1e3), min_size=1))
def test_fractions_stay_within_their_bounds_and_zero(seed, numbers):
    """What is positive stays positive, so that a logarithm can still be taken."""
    (drawn,) = like(np.random.default_rng(seed), np.array(numbers))
    assert drawn.min() >= min(0, *numbers, 0)
    assert drawn.max() <= max(0, *numbers, 0) or max(numbers) <= 0


@given(seeds, st.integers(1, 1000))
def test_whole_numbers_stay_above_zero(seed, n):
    """A size of at least 1, at most about twice as large."""
    (drawn,) = like(np.random.default_rng(seed), n)
    assert 1 <= drawn <= 2 * n + 1


def test_structures_are_kept():
    """Lists, tuples and dicts of numbers."""
    rng = np.random.default_rng(0)
    lists, pair, table = like(rng, [np.ones(2), np.ones(3)], (1.0, 2), {"x": 3.0})
    assert [len(part) for part in lists] == [2, 3]
    assert type(pair) is tuple
    assert list(table) == ["x"]


def test_names_are_compared_as_python_compares_them():
    """An exercise that another builds on may be spelled as Python reads it, or as it was typed."""
    assignment = Assignment(title="T", public_seed=1)

    def twice(rng):
        """Twice."""
        yield case("one", 1.0)

    twice.__name__ = "\N{GREEK SMALL LETTER MU}"

    def g(rng):
        """Four times."""
        yield case("one", 1.0)

    assignment.exercise(reference=lambda x: 2 * x, points=1)(twice)
    assignment.exercise(reference=lambda x: 4 * x, points=1, builds_on=("\N{MICRO SIGN}",))(g)
    assert assignment.exercises[1].builds_on == ("\N{GREEK SMALL LETTER MU}",)
    assert python_name("\N{MICRO SIGN}1") == "\N{GREEK SMALL LETTER MU}1"
