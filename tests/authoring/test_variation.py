"""Inputs like those of a case: other numbers and sizes, the same structure."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring.variation import nudged, varied
from grader.model.cases import Arguments

seeds = st.integers(0, 2**32 - 1)


@given(seeds)
def test_sizes_that_are_equal_stay_equal(seed):
    """A weight matrix goes on fitting its input."""
    W, x = varied(Arguments((np.ones((3, 4)), np.ones(4))), np.random.default_rng(seed))
    assert W.shape[1] == len(x)


@given(seeds)
def test_labels_become_other_labels(seed):
    """Whole numbers that are none below 0, as far as they were none."""
    (label,) = varied(Arguments((2,)), np.random.default_rng(seed))
    assert type(label) is int
    assert 1 <= label <= 7


@given(seeds)
def test_the_structure_and_the_dtypes_stay(seed):
    """Lists, dicts, texts, truth values and arrays of whole numbers are not the variation's affair."""
    args = Arguments(([np.ones((2, 3)), np.arange(3)], {"a": 1.5, "b": "text"}, (0.5, True)))
    lists, mapping, pair = varied(args, np.random.default_rng(seed))
    assert [array.dtype.kind for array in lists] == ["f", "i"]
    assert type(mapping["a"]) is float
    assert mapping["b"] == "text"
    assert pair[1] is True


@given(seeds)
def test_a_nudge_is_tiny(seed):
    """A ten-millionth of the largest entry."""
    (moved,) = nudged(Arguments((np.array([-1000.0, 0.0, 3.0]),)), np.random.default_rng(seed))
    assert np.abs(moved - [-1000.0, 0.0, 3.0]).max() <= 1e-4


@given(seeds)
def test_what_relu_switched_off_stays_off(seed):
    """Zeros among positive numbers are exact; a zero of its own is not."""
    off, alone = nudged(Arguments((np.array([2.0, 0.0]), 0.0)), np.random.default_rng(seed))
    assert off[1] == 0.0
    assert alone != 0.0
