"""What a number may be off by: exactly nothing where it is discrete, else by a scale that the declaration chooses."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judging.comparison import compare
from grader.judging.expectation import Expectation
from grader.judging.tolerance import Tolerance, path_of, tolerance_of
from grader.model import Entries, Stage

TENTH = 0.1  # so that what is compared exactly stands out


def measured(*answers, **declared):
    """The tolerance of an exercise with these answers."""
    known = {"tolerance": TENTH, "returns": (), "exact": None, "scale": "array"}
    return tolerance_of(SimpleNamespace(**known | declared), answers)


def is_right(expected, got, tolerance=None, **options):
    return compare(expected, got, tolerance or measured(expected), **options) is None


@pytest.mark.parametrize("got", [True, 1, 1.0, np.True_, np.int8(1), np.float32(1), np.array(1), np.array(True)])
def test_true_is_1(got):
    """Whoever made it, and as which kind of number."""
    assert is_right(True, got) and is_right(1, got)
    assert not is_right(False, got) and not is_right(2, got)


@given(st.integers(-(10**400), 10**400))
def test_a_whole_number_is_itself_and_no_other(n):
    """Of any size, never by way of a float."""
    assert is_right(n, n)
    assert not is_right(n, n + 1) and not is_right(n, n - 1)


@given(st.integers(-(2**52), 2**52), st.integers(-9, 9))
def test_a_float_counts_within_four_units_in_the_last_place(n, units):
    """A sum of floats that ends beside the whole number is that number."""
    got = float(n)
    for _ in range(abs(units)):
        got = np.nextafter(got, np.inf if units > 0 else -np.inf)
    off = abs(got - n) / np.spacing(float(abs(n)))
    assert is_right(n, float(got)) == (off <= 4)


def test_a_float_of_its_own_dtype_counts_by_its_own_last_place():
    """16777217 has no float32; the nearest two are beside it."""
    assert is_right(16_777_217, np.float32(16_777_216))
    assert not is_right(16_777_217, np.float32(16_777_300))
    assert is_right(2**62 + 1, float(2**62)) and not is_right(2**62 + 5000, float(2**62))


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (np.array([1, 2]), np.array([1, 3])),
        (np.array([2**53, 1]), np.array([2**53 + 1, 1])),
        (np.array([2**63], np.uint64), np.array([2**63 + 1], np.uint64)),
        ([1, 2], [1, 2.05]),
        ({"a": 1}, {"a": 1.05}),
        (3, np.nan),
        (3, 3.05),
        (1, "1"),
        (True, None),
    ],
)
def test_discrete_parts_have_no_tolerance(expected, got):
    """However lenient the exercise is with its floats."""
    assert not is_right(expected, got)


def test_a_part_is_discrete_only_if_it_is_whole_in_every_case():
    """A reference that answers 2 where another case has 2.5 answers with numbers like any other."""
    assert is_right(2, 2.05, measured(2, 2.5))
    assert not is_right(2, 2.05, measured(2, 3))
    assert is_right([0, 0.5], [1e-9, 0.5])  # the entries of a list are of one kind
    assert not is_right((0, 0.5), (1e-9, 0.5))  # the parts of a tuple are not


def test_a_declaration_may_say_otherwise():
    """Which parts are exact, or that none is."""
    names = ("count", "mean")
    assert is_right((3, 0.5), (3.05, 0.5), measured((3, 0.5), returns=names, exact=False))
    assert not is_right((3, 0.5), (3, 0.501), measured((3, 0.5), returns=names, exact=True))
    assert not is_right((3, 0.5), (3, 0.501), measured((3, 0.5), returns=names, exact=("mean",)))
    assert is_right((3, 0.5), (3, 0.501), measured((3, 0.5), returns=names, exact=("count",)))
    assert is_right(0.1, np.nextafter(0.1, 1), measured(0.1, exact=True))


def test_a_difference_of_whole_numbers_is_told_to_the_last_digit():
    """Without a scale that means nothing to it."""
    found = compare(np.array([10**12, 5]), np.array([10**12 + 1, 5]), measured(np.array([10**12, 5])))
    assert (found.stage, found.figures) == (Stage.VALUES, Entries("1000000000001", "1000000000000", (0,), 1, 2))


LINE = np.array([5e7, 2.0])


@pytest.mark.parametrize(("scale", "hidden"), [("array", True), ("entry", False), ("row", False), ("absolute", False)])
def test_a_scale_says_what_may_hide(scale, hidden):
    """A small entry beside a large one, unless each is measured by itself."""
    tolerance = measured(LINE, tolerance=1e-6, scale=scale)
    assert is_right(LINE, np.array([5e7, 0.0]), tolerance) is hidden
    assert Expectation([(LINE, ())], tolerance).is_met([np.array([5e7, 0.0])]) is hidden
    assert is_right(LINE, LINE, tolerance)


def test_a_row_is_measured_by_its_own_largest_number():
    """What is small within a row may be off by as much as its neighbours."""
    matrix = np.array([[5e7, 2.0], [3.0, 1.0]])
    tolerance = measured(matrix, tolerance=1e-6, scale="row")
    assert is_right(matrix, matrix + np.array([[1.0, 1.0], [0, 0]]), tolerance)
    assert not is_right(matrix, matrix + np.array([[0, 0], [1e-3, 0]]), tolerance)


def test_a_zero_is_measured_by_the_smallest_of_the_others():
    """It has no size of its own; where all are zeros, it is that of the inputs."""
    expected = np.array([0.0, 4.0, 5e7])
    tolerance = measured(expected, tolerance=1e-6, scale="entry")
    assert is_right(expected, expected + np.array([3e-6, 0, 0]), tolerance)
    assert not is_right(expected, expected + np.array([1e-3, 0, 0]), tolerance)
    assert is_right(np.zeros(2), np.full(2, 1e-7), tolerance, inputs=(np.ones(2),))


@pytest.mark.parametrize(
    ("value", "steps", "names", "path"),
    [
        (([np.ones(1)], 2), ("dW", 0), ("dW", "n"), (0, "*")),
        ({"a": [1, 2], 3: 4}, ("a", 1), (), ("a", "*")),
        ({"a": 1, 3: 4}, (3,), (), ("*",)),
        ((1, (2, 3)), (1, 1), (), (1, 1)),
    ],
)
def test_a_part_is_found_by_the_way_to_it(value, steps, names, path):
    """Names, positions and keys, as people are told them."""
    assert path_of(value, steps, names) == path


def test_single_precision_of_a_complex_array_is_held_to_what_it_can_hold():
    """As it is of a real one."""
    right = np.array([1 + 2j, 3.0])
    assert is_right(right, (right * (1 + 3e-6)).astype(np.complex64), Tolerance(1e-6))
    assert not is_right(right, right * (1 + 3e-6), Tolerance(1e-6))
