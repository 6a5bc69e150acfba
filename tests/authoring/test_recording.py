"""The calls that a master's tests make, found by running them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.authoring.recording import evaluated, recorded, source_of
from grader.model.values import same

CELLS = [
    "import numpy as np",
    "scale = 3",
    "def double(x):\n    return 2 * x",
    "def twice(x):\n    return double(double(x))",
]


def test_values_come_from_wherever_the_test_takes_them():
    """Other cells, seeded random numbers, loops."""
    test = "np.random.seed(1)\nx = np.random.randn(2)\ndouble(x)\nfor i in range(2):\n    assert double(scale + i) > 0"
    drawn, three, four = recorded(CELLS, test, ["double"])["double"]
    assert (three, four) == ("3", "4")
    np.random.seed(1)
    assert same(evaluated(drawn), (np.random.randn(2),))


def test_calls_within_functions_do_not_count():
    """Only what the test itself asks."""
    assert recorded(CELLS, "twice(5)", ["double", "twice"]) == {"twice": ["5"]}


def test_a_failing_test_gives_its_calls_so_far():
    """And nothing is printed or raised."""
    assert recorded(CELLS, "print(double(1))\nassert False\ndouble(2)", ["double"]) == {"double": ["1"]}


def test_keywords_are_put_in_their_places():
    """Cases are positional."""
    assert recorded(["def f(a, b=2):\n    return a"], "f(1, b=5)", ["f"]) == {"f": ["1, 5"]}


def test_what_has_no_source_is_left_out():
    """Functions, objects, sets."""
    assert recorded(CELLS, "double(len)\ndouble({1})\ndouble([print])", ["double"]) == {}


def test_only_what_the_test_needs_is_run(tmp_path):
    """Not the training, nor what writes files."""
    writes = f"open({str(tmp_path / 'written')!r}, 'w')"
    assert recorded([*CELLS, writes], "double(1)", ["double"]) == {"double": ["1"]}
    assert not (tmp_path / "written").exists()


def test_what_never_ends_is_stopped(monkeypatch):
    """A master may be broken, too."""
    monkeypatch.setattr("grader.authoring.recording.SECONDS", 0.2)
    assert recorded(CELLS, "double(1)\nwhile True:\n    pass", ["double"]) == {"double": ["1"]}


numbers = st.integers() | st.floats(allow_nan=True) | st.text(max_size=5) | st.booleans() | st.none()
shaped = arrays.arrays(st.sampled_from(["float64", "int64", "bool", "float32"]), arrays.array_shapes(min_side=0))
values = st.recursive(
    numbers | shaped,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(values)
def test_source_gives_the_value_back(value):
    """To the last bit."""
    text = source_of(value)
    if text is not None:
        assert same(evaluated(text), (value,))


@pytest.mark.parametrize("value", [math.inf, -math.inf, (1.0,), (), np.float64(0.1), np.zeros((0, 3))])
def test_odd_values_have_source(value):
    """Infinities, single tuples, NumPy's own numbers, empty arrays."""
    (back,) = evaluated(source_of(value))
    assert np.array_equal(back, value)


def test_what_nobody_could_read_has_no_source():
    """A declaration is read by people."""
    assert source_of(np.zeros(5000)) is None
    assert source_of([0.1] * 5000) is None
