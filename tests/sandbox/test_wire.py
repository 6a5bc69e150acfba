"""The wire carries inert values exactly, and refuses everything that is none."""

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.model.values import same
from grader.sandbox import wire

plain = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text()
arrays = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.bool_, np.uint8]), hnp.array_shapes(min_dims=0, min_side=0)
)
values = st.recursive(
    plain | arrays,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=12,
)


def received(data):
    return wire.read_frame(exactly(data))["value"]


def sent(value):
    return wire.frame({"value": value})


def exactly(data):
    stream = io.BytesIO(data)

    def read(size):
        part = stream.read(size)
        if len(part) < size:
            raise EOFError
        return part

    return read


def framed(tree, blob=b""):
    text = tree if isinstance(tree, bytes) else json.dumps({"value": tree}).encode()
    return wire.HEADER.pack(len(text), len(blob)) + text + blob


@given(values)
def test_a_value_arrives_as_it_was_sent(value):
    """Numbers, text, arrays and nested lists, tuples and dicts come back equal, types and bits included."""
    assert same(received(sent(value)), value)


@pytest.mark.parametrize(
    ("value", "type_name", "shape"),
    [
        (np.array([1 + 2j]), "complex128", (1,)),
        (np.array(["a", "b"]), "str32", (2,)),
        (np.array([None, []], dtype=object), "object", (2,)),
        (1j, "complex128", ()),
        ({1, 2}, "set", None),
        (object(), "object", None),
    ],
)
def test_what_no_exercise_asks_for_crosses_as_the_name_of_its_type(value, type_name, shape):
    """Objects stay where they are; only what they are is told."""
    assert received(sent(value)) == wire.Foreign(type_name, shape)


def test_a_subclass_of_an_array_arrives_as_its_bytes():
    """What a subclass claims about itself does not cross."""

    class Liar(np.ndarray):
        __hash__ = None

        def __eq__(self, other):
            return True

    arrived = received(sent(np.array([1.0, 2.0]).view(Liar)))
    assert type(arrived) is np.ndarray and arrived.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "data",
    [
        framed(b"not json"),
        framed(b"\xff"),
        framed(b"[]"),
        framed(b"true"),
        framed(b"[" * 100_000),
        framed({"<f8": [2]}, bytes(8)),
        framed({"<f8": [1]}, bytes(16)),
        framed({"<f8": [-1]}),
        framed({"<f8": [True]}, bytes(8)),
        framed({"|O": [1]}, bytes(8)),
        framed({"<c16": [1]}, bytes(16)),
        framed({"<f8": [2**40, 2**40]}),
        framed({"<f8": [1] * 33}, bytes(8)),
        framed({"<f8": [0, 2**39, 2**39]}),
        framed(b'{"x":1} {}'),
        framed({"x": 1}),
        framed({}),
        framed({"d": [[1]]}),
        framed({"d": [[[1], 2]]}),
        framed({"<f8": [0], "t": []}),
        framed({"o": ["x", [-1]]}),
        wire.HEADER.pack(2**32 - 1, 0),
        wire.HEADER.pack(0, 2**32 - 1),
        framed([[]] * (wire.MAX_NODES + 1)),
    ],
)
def test_what_is_no_frame_is_refused(data):
    """Garbage, wrong lengths, foreign dtypes and endless nesting raise one error and nothing else."""
    with pytest.raises(wire.WireError):
        received(data)


@given(st.binary(max_size=200))
def test_random_bytes_never_do_more_than_be_refused(data):
    """No bytes raise anything but a refusal or the end of the channel."""
    try:
        received(data)
    except (wire.WireError, EOFError):
        return


def test_a_value_nested_without_end_is_refused_when_sent():
    """A list that contains itself cannot be sent."""
    loop = []
    loop.append(loop)
    with pytest.raises(wire.WireError):
        sent(loop)
