"""The same gradient in every lecture's layout."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from reference import conventions
from reference.conventions import CS6910, CSC321, DSC140B, ITCS6156, YEHOSHUA, read, write
from reference.network import backward, forward
from reference.units import linear_units, tanh_units
from tests.reference.oracle import layers, shapes_of

ALL = [CS6910, CSC321, DSC140B, ITCS6156, YEHOSHUA]

# One layer's pre-activation, written as the lecture writes it, for a vector h.
AFFINE = {
    CS6910: lambda W, b, h: b + anp.dot(W, h),
    CSC321: lambda W, b, h: anp.dot(W, h) + b,
    DSC140B: lambda W, b, h: anp.dot(W.T, h) + b,
    ITCS6156: lambda W, b, h: (anp.dot(W, anp.reshape(h, (-1, 1))) + b)[:, 0],
    YEHOSHUA: lambda W, b, h: anp.dot(W, anp.concatenate([anp.ones(1), h])),
}
sizes = st.lists(st.integers(1, 5), min_size=2, max_size=5)
seeds = st.integers(0, 2**32 - 1)


def test_every_layout_is_in_the_table():
    """The five lectures are data of one kind, and each is tested here."""
    assert {c for c in vars(conventions).values() if isinstance(c, conventions.Convention)} == set(AFFINE) == set(ALL)


@pytest.mark.parametrize("convention", ALL, ids=lambda c: c.lecture)
@given(sizes=sizes, seed=seeds)
def test_same_gradient_as_in_the_lectures_own_formulas(convention, sizes, seed):
    """One backward pass, converted, is what automatic differentiation finds for the lecture's own formula."""
    rng = np.random.default_rng(seed)
    W, b = layers(rng, shapes_of(sizes))
    x, c = rng.normal(size=sizes[0]), rng.normal(size=sizes[-1])
    g = [tanh_units()] * (len(W) - 1) + [linear_units()]
    a, h = forward(W, b, x, g)
    W_lecture, b_lecture = write(W, b, convention)

    def output(W, b):
        h = x
        for k in range(len(W)):
            z = AFFINE[convention](W[k], b[k] if b else None, h)
            h = anp.tanh(z) if k < len(W) - 1 else z
        return anp.dot(c, h)

    grads = write(*backward(W, h, a, g, c), convention)
    assert output(W_lecture, b_lecture) == pytest.approx(c @ h[-1], rel=1e-11, abs=1e-13)
    for ours, theirs in zip(grads, grad(output, (0, 1))(W_lecture, b_lecture), strict=True):
        assert [v.shape for v in ours] == [v.shape for v in theirs]
        for v, expected in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(v, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("convention", ALL, ids=lambda c: c.lecture)
@given(sizes=sizes, seed=seeds)
def test_reading_what_was_written_gives_it_back(convention, sizes, seed):
    """`read` undoes `write`, for parameters and gradients of any sizes."""
    W, b = layers(np.random.default_rng(seed), shapes_of(sizes))
    W_back, b_back = read(*write(W, b, convention), convention)
    for v, v_back in zip([*W, *b], [*W_back, *b_back], strict=True):
        np.testing.assert_array_equal(v, v_back)
