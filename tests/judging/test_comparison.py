"""The judge names the first stage that fails, and the part in which it does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.feedback.words import sentence
from grader.judging.comparison import compare
from grader.judging.tolerance import Tolerance
from grader.model import Opaque, Stage

TOLERANCE = 1e-6
finite = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-3)


def in_objects(*parts):
    """An array of objects, as NumPy makes of rows of several lengths."""
    made = np.empty(len(parts), object)
    made[:] = parts
    return made


arrays = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=finite)


def difference(expected, got, **options):
    return compare(expected, got, Tolerance(TOLERANCE), **options)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (3.0, 3),
        (3.0, np.float32(3.0)),
        (3.0, np.array(3.0)),
        (True, 1),
        (np.array([1.0, 0.0]), np.array([True, False])),
        (np.array([1.0, 2.0]), np.array([1, 2])),
        ([1.0, 2.0], (1.0, 2.0)),
        ([np.ones(2), np.ones(3)], (np.ones(2), np.ones(3))),
        ([np.ones(2), np.zeros(2)], np.array([[1.0, 1.0], [0.0, 0.0]])),
        (np.array([1.0, 2.0]), [1.0, 2.0]),
        ({"x": 1.0}, {"x": np.float64(1.0)}),
        (np.array([np.nan, np.inf, 1.0]), np.array([np.nan, np.inf, 1.0])),
        ({1: 2.0}, {np.int64(1): 2.0}),
        ({(0, 1): 2.0}, {(np.int64(0), np.int8(1)): 2.0}),
        ({"x": 1.0}, {np.str_("x"): 1.0}),
        (["a", "b"], np.array(["a", "b"])),
        (np.array(["a", "b"]), ["a", "b"]),
        ("a", np.str_("a")),
        ([np.ones(2), np.ones(3)], in_objects(np.ones(2), np.ones(3))),
        (in_objects(np.ones(2), np.ones(3)), [np.ones(2), np.ones(3)]),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0], dtype=object)),
        (1 + 2j, np.complex128(1 + 2j)),
        (np.array([1j, 2.0]), [1j, 2]),
        (2.0, 2 + 0j),
        ({1, 2}, frozenset({np.int64(1), 2})),
        ({0.1, 0.3}, {0.1, 0.1 + 0.2}),
        ({"a", (1, 2)}, {(1, 2), "a"}),
        (set(), set()),
    ],
)
def test_what_is_the_same_thing_passes(expected, got):
    """Numbers, NumPy scalars and 0-d arrays are one thing, so are list and tuple, and values count, not dtypes."""
    assert difference(expected, got) is None


@pytest.mark.parametrize(
    ("expected", "got", "stage"),
    [
        (np.ones(2), None, Stage.TYPE),
        (np.ones(2), "1 1", Stage.TYPE),
        (np.ones(2), {"a": 1.0}, Stage.TYPE),
        (np.ones(2), Opaque("DataFrame"), Stage.TYPE),
        ((1.0, 2.0), 1.0, Stage.TYPE),
        ({"x": 1.0}, {"y": 1.0}, Stage.TYPE),
        (np.ones((2, 3)), np.ones((3, 2)), Stage.SHAPE),
        (np.ones(3), np.ones((3, 1)), Stage.SHAPE),
        (1.0, np.ones(1), Stage.SHAPE),
        ([1.0, 2.0], [1.0], Stage.SHAPE),
        (np.ones(2), Opaque("complex128", (2,)), Stage.DTYPE),
        (np.ones(2), Opaque("object", (2,)), Stage.DTYPE),
        (np.ones(2), np.array([1.0, np.nan]), Stage.FINITENESS),
        (np.array([1.0, np.inf]), np.array([1.0, -np.inf]), Stage.FINITENESS),
        (np.array([np.nan, 1.0]), np.array([1.0, 1.0]), Stage.FINITENESS),
        (np.ones(2), np.array([1.0, 1.1]), Stage.VALUES),
        (np.ones(2), np.array(["1", "1"]), Stage.TYPE),
        ({1, 2}, [1, 2], Stage.TYPE),
        ([1, 2], {1, 2}, Stage.TYPE),
        ({1, 2}, {1, 3}, Stage.VALUES),
        ({1, 2}, {1}, Stage.VALUES),
        ({0.1, 0.3}, {0.1, 0.4}, Stage.VALUES),
        (1j, 1.0, Stage.VALUES),
        (1j, complex("nan"), Stage.FINITENESS),
        (["a"], np.array(["b"]), Stage.VALUES),
        ([np.ones(2), np.ones(3)], in_objects(np.ones(2), np.zeros(3)), Stage.VALUES),
        (Opaque("object"), 1.0, Stage.TYPE),
        (Opaque("object"), Opaque("object"), Stage.TYPE),
    ],
)
def test_the_first_stage_that_fails_is_named(expected, got, stage):
    """Each kind of wrong answer is named by the stage that stops it."""
    found = difference(expected, got)
    assert found is not None and found.stage is stage


def test_an_earlier_stage_of_a_later_part_comes_first():
    """A wrong shape in the second part is named before wrong values in the first."""
    found = difference((np.ones(2), np.ones(2)), (np.zeros(2), np.ones(3)), names=("dw", "db"))
    assert (found.stage, found.part) == (Stage.SHAPE, "db")
    assert "`dw` differs too" in sentence(found)


def test_parts_are_named_as_the_exercise_names_them():
    """A wrong array within a list within a tuple is named by its own path."""
    expected = ([np.ones((2, 2)), np.ones((1, 2))], [np.ones(2)])
    got = ([np.ones((2, 2)), np.array([[1.0, -12.0]])], [np.ones(2)])
    found = difference(expected, got, names=("grad_W", "grad_b"))
    assert found.part == "grad_W[1]"
    assert "1 of 2 entries differ; the first, `grad_W[1][0, 1]` is -12, expected 1" in sentence(found)


def test_tiny_gradients_are_told_apart():
    """1e-9 and 2e-9 are different numbers, since the scale is that of the expected array."""
    assert difference(np.array([1e-9, 1e-9]), np.array([2e-9, 1e-9])).stage is Stage.VALUES


def test_an_expected_zero_takes_its_scale_from_the_inputs():
    """Rounding noise beside an exact zero passes when the inputs are of ordinary size, and a real number does not."""
    assert difference(np.zeros(2), np.full(2, 1e-12), inputs=(np.ones(3),)) is None
    assert difference(np.zeros(2), np.full(2, 1e-3), inputs=(np.ones(3),)).stage is Stage.VALUES
    assert difference(np.zeros(2), np.full(2, 1e-12), inputs=(np.full(3, 1e-9),)).stage is Stage.VALUES


def test_single_precision_is_held_to_what_it_can_hold():
    """A float32 passes where a float64 that is off by as much does not; half precision has no such leave."""
    right = np.linspace(-2, 2, 9) / 3
    assert difference(right, right.astype(np.float32) * np.float32(1 + 3e-6)) is None
    assert difference(right, right * (1 + 3e-6)).stage is Stage.VALUES
    assert difference(right, right.astype(np.float32) * np.float32(1 + 1e-4)).stage is Stage.VALUES
    assert difference(right, right.astype(np.float16)).stage is Stage.VALUES


def test_minus_0_is_written_as_0():
    """A sign before 0 says nothing."""
    assert "is 0, expected 1" in sentence(difference(1.0, -0.0))


def test_nothing_returned_asks_for_the_return_statement():
    """A student who prints instead of returning is asked the right question."""
    assert "return statement" in sentence(difference(np.ones(2), None))


def test_a_huge_whole_number_is_refused_without_an_error():
    """An integer that no float holds is far off, not a crash."""
    assert difference(1.0, 10**400).stage is Stage.FINITENESS


@given(arrays)
def test_rounding_passes_and_nothing_larger(array):
    """An array is itself within a tenth of the tolerance, and is not when its largest entry is off by ten of them."""
    scale = np.abs(array).max()
    assert difference(array, array + 0.1 * TOLERANCE * scale) is None
    if scale > 0:
        off = array.copy()
        off.flat[np.abs(array).argmax()] += 10 * TOLERANCE * scale
        assert difference(array, off).stage is Stage.VALUES


@given(arrays, st.sampled_from([np.nan, np.inf, -np.inf]))
def test_an_entry_that_is_no_number_never_passes(array, value):
    """NaN and infinity equal nothing unless the reference has them there."""
    off = array.copy()
    off.flat[0] = value
    assert difference(array, off).stage is Stage.FINITENESS
