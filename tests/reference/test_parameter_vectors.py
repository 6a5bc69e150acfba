"""All parameters as one vector and back."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.parameters import pack, unpack


def test_order_is_the_lectures():
    """W^(1) row by row, then b^(1), then W^(2), …"""
    W = [np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([[9.0], [10.0]])]
    b = [np.array([7.0, 8.0]), np.array([11.0])]
    np.testing.assert_array_equal(pack(W, b), np.arange(1.0, 12.0))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=5))
def test_unpacking_undoes_packing(sizes):
    """Columns are the layer's nodes, so each has one bias."""
    rng = np.random.default_rng(5)
    shapes = list(pairwise(sizes))
    W, b = [rng.normal(size=shape) for shape in shapes], [rng.normal(size=cols) for _, cols in shapes]
    W_back, b_back = unpack(pack(W, b), shapes)
    for v, v_back in zip([*W, *b], [*W_back, *b_back], strict=True):
        np.testing.assert_array_equal(v, v_back)


@pytest.mark.parametrize("size", [10, 12])
def test_vector_of_another_length(size):
    """A vector that does not fill the shapes exactly is refused."""
    with pytest.raises(ValueError, match=f"have 11 parameters, not {size}"):
        unpack(np.zeros(size), [(3, 2), (2, 1)])


def test_layer_without_biases():
    """Packing names the layer whose biases are missing."""
    with pytest.raises(ValueError, match="layer 2 is incomplete"):
        pack([np.zeros((3, 2)), np.zeros((2, 1))], [np.zeros(2)])
