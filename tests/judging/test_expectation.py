"""What is told at once by a row of numbers is what the judge comes to, part by part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.judging.comparison import compare
from grader.judging.expectation import Expectation
from grader.judging.tolerance import Tolerance
from grader.model import Opaque

TOLERANCE = 1e-6
MEASURED = Tolerance(TOLERANCE)
INPUTS = (np.array([-3.0, 2.0]),)
ODD = st.sampled_from([0.0, -0.0, np.nan, np.inf, -np.inf, 1.7e308, -1.7e308, 5e-324])
FLOATS = st.floats(-1e3, 1e3) | ODD
FINITE = FLOATS.filter(np.isfinite)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
OTHER_DTYPES = st.sampled_from([np.float32, np.float16, ">f8", np.int64, np.uint64, np.bool_])
OTHER_ARRAYS = hnp.arrays(OTHER_DTYPES, SHAPES)
TEXTS = st.sampled_from(["", "a", "1.0"])
SCALARS = st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.builds(np.float64, FLOATS)
# how far a number may be off, in tolerances: on either side of the limit, and at it
STEPS = st.sampled_from([0.0, 0.5, 1 - 1e-9, np.nextafter(1, 0), 1.0, np.nextafter(1, 2), 1 + 1e-9, 2.0, -1.0, -2.0])


def nested(leaves):
    """Leaves in lists, tuples and dicts."""
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.lists(inner, max_size=3).map(tuple)
            | st.dictionaries(TEXTS | st.integers(0, 2) | st.booleans() | FLOATS, inner, max_size=3)
        ),
        max_leaves=5,
    )


def in_float64(numbers):
    """Python's floats, and arrays of them."""
    return numbers | hnp.arrays(np.float64, SHAPES, elements=numbers)


ANY_VALUE = nested(in_float64(FLOATS) | OTHER_ARRAYS | SCALARS | TEXTS | st.none())
FINITE_FLOATS = nested(in_float64(FINITE) | TEXTS | st.none())


@st.composite
def about(draw, number):
    """An array or number with some entries off by about the tolerance, or not finite."""
    array = np.array(number, float)
    scale = np.abs(array[np.isfinite(array)]).max(initial=0) or 3.0
    for i in draw(st.lists(st.integers(0, array.size - 1), max_size=2)) if array.size else ():
        array.flat[i] = draw(ODD | st.just(float(array.flat[i] + draw(STEPS) * TOLERANCE * scale)))
    return array if draw(st.booleans()) or array.ndim else float(array)


@st.composite
def same_form(draw, value):
    """The value with its numbers a little off, and lists for some tuples."""
    if isinstance(value, dict):
        return {key: draw(same_form(part)) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return draw(st.sampled_from([list, tuple]))(draw(same_form(part)) for part in value)
    return draw(about(value)) if isinstance(value, float | np.ndarray) else value


@st.composite
def answer(draw, value):
    """The value, parts of which may be of another kind: other dtypes, lists for arrays, or something else."""
    if draw(st.integers(0, 9)) == 0:
        return draw(ANY_VALUE | st.builds(Opaque, st.just("DataFrame"), st.none() | st.just((2,))))
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: draw(answer(value[key])) for key in keys}
    if isinstance(value, list | tuple):
        return draw(st.sampled_from([list, tuple]))(draw(answer(part)) for part in value)
    if isinstance(value, np.ndarray | np.generic | int | float):
        with np.errstate(over="ignore"):
            single = np.array(value, np.float32)
        return draw(about(value) | st.sampled_from([value, np.array(value).tolist(), single]))
    return value


def is_met(expected, got):
    return Expectation([(expected, INPUTS)], MEASURED).is_met([got])


def is_right(expected, got):
    return compare(expected, got, MEASURED, inputs=INPUTS) is None


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_nothing_is_met_that_the_judge_would_refuse(data):
    """Whatever is expected, and whatever comes back."""
    expected = data.draw(ANY_VALUE)
    got = data.draw(answer(expected))
    assert is_right(expected, got) or not is_met(expected, got)


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_of_finite_floats_all_is_met_that_is_right(data):
    """An answer of the expected form needs no second look, to the last bit of the tolerance."""
    expected = data.draw(FINITE_FLOATS)
    got = data.draw(same_form(expected))
    assert is_met(expected, got) == is_right(expected, got)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (np.array([1.0, 0.0]), np.array([True, False])),
        (np.ones(2), np.ones(2, np.float32)),
        (np.array([1.0, np.inf]), np.array([1.0, np.inf])),
        (np.ones(2), [1.0, 1.0]),
        ([1.0, 1.0], np.ones(2)),
        ({"a": 1.0, "b": 2.0}, {"b": 2.0, "a": 1.0}),
    ],
)
def test_what_is_right_in_another_way_is_left_to_the_judge(expected, got):
    """The judge takes it."""
    assert is_right(expected, got)
    assert not is_met(expected, got)


@pytest.mark.parametrize("value", ["", None, 1, (), Opaque("DataFrame")])
@pytest.mark.parametrize("expected", ["", None, 1.0, [], Opaque("DataFrame")])
def test_kinds_are_told_apart(expected, value):
    """What is no plain value meets nothing, not even its like, and nothing but floats is taken for a number."""
    plain = isinstance(expected, str | list) or expected is None
    assert is_met(expected, value) == (plain and expected == (list(value) if value == () else value))


def test_each_answer_is_measured_by_its_own_scale():
    """A difference that a large one may have is too much for a small one, and zeros are measured by their inputs."""
    expectation = Expectation([(np.full(2, 1e6), ()), (1.0, ()), ((np.zeros(2), 1.0), INPUTS)], MEASURED)
    assert expectation.is_met([np.full(2, 1e6 + 0.5), 1.0, [np.full(2, 2e-6), 1.0]])
    assert not expectation.is_met([np.full(2, 1e6), 1.5, [np.zeros(2), 1.0]])
    assert not expectation.is_met([np.full(2, 1e6), 1.0, [np.full(2, 4e-6), 1.0]])


def test_answers_that_are_too_few_meet_nothing():
    """One that is missing is no answer."""
    assert not Expectation([(1.0, ()), (2.0, ())], MEASURED).is_met([1.0])


def test_values_without_numbers_are_told_as_well():
    """Text is the same to the letter."""
    assert is_met(["a", None, {"b": "c"}], ("a", None, {"b": "c"}))
    assert not is_met(["a"], ["b"])
