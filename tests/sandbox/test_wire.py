"""The wire carries inert values exactly, and refuses everything that is none."""

import io
import json
import sys
from collections import OrderedDict, namedtuple
from enum import IntEnum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox import wire

numbers = st.integers(-(2**70), 2**70) | st.floats() | st.complex_numbers()
plain = st.none() | st.booleans() | numbers | st.text()
dtypes = st.sampled_from([np.float64, np.float32, np.int64, np.bool_, np.uint8, np.complex128, np.complex64])
shapes = hnp.array_shapes(min_dims=0, min_side=0)
# NumPy takes zeros at the end of a text for padding.
texts = hnp.arrays("U5", shapes, elements=st.text(max_size=5).filter(lambda text: not text.endswith("\0")))
arrays = hnp.arrays(dtypes, shapes)
scalars = arrays.filter(lambda array: array.size).map(lambda array: array.ravel()[0])
keys = st.recursive(plain, lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3))


def array_of(values):
    """An array of objects, none of which NumPy looks into."""
    array = np.empty(len(values), object)
    for i, value in enumerate(values):
        array[i] = value
    return array


values = st.recursive(
    plain | arrays | scalars | texts | st.sets(keys, max_size=3) | st.frozensets(keys, max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(keys, inner, max_size=3)
        | st.lists(inner, max_size=3).map(array_of)
    ),
    max_leaves=12,
)


def alike(one, other):
    """Whether two values have the same types and entries; NaN is the same as NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        same_kind = one.dtype == other.dtype and one.shape == other.shape
        if one.dtype == object:
            return same_kind and all(map(alike, one.ravel(), other.ravel()))
        return same_kind and one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        return alike(list(one), list(other)) and alike(list(one.values()), list(other.values()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return spelled(one) == spelled(other)


def spelled(key):
    """A key as text, whatever the order in which sets are gone through."""
    if isinstance(key, tuple):
        return f"({', '.join(map(spelled, key))})"
    if isinstance(key, set | frozenset):
        return f"{type(key).__name__}({', '.join(sorted(map(spelled, key)))})"
    return repr(key)


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
    """Numbers, texts, arrays and everything that holds them come back equal, types and bits included."""
    assert alike(received(sent(value)), value)


@pytest.mark.parametrize(
    ("value", "type_name", "shape"),
    [
        (np.array(["2026-01-01"], "M8[D]"), "datetime64[D]", (1,)),
        (np.zeros(2, [("a", float)]), "void64", (2,)),
        (len, "builtin_function_or_method", None),
        (b"bytes", "bytes", None),
        (object(), "object", None),
    ],
)
def test_what_no_exercise_asks_for_crosses_as_the_name_of_its_type(value, type_name, shape):
    """Objects stay where they are; only what they are is told."""
    assert received(sent(value)) == wire.Foreign(type_name, shape)


@pytest.mark.parametrize(
    ("value", "arrived"),
    [
        ({np.int64(3): 1, np.str_("a"): 2}, {3: 1, "a": 2}),
        ({(np.int64(1), (2, 3)): 1}, {(1, (2, 3)): 1}),
        (np.array(["a", "bcd"], np.dtypes.StringDType()), np.array(["a", "bcd"])),
        (np.array([1.5], np.longdouble), np.array([1.5])),
        (np.array([1.5j], np.clongdouble), np.array([1.5j])),
        (np.array([1, 2], ">i4"), np.array([1, 2], "<i4")),
        (np.arange(6).reshape(2, 3).T, np.arange(6).reshape(2, 3).T.copy()),
        (IntEnum("E", ["A"]).A, 1),
        (OrderedDict(a=1), {"a": 1}),
        (namedtuple("Pair", "x y")(1, 2), (1, 2)),
    ],
    ids=repr,
)
def test_what_is_built_on_a_plain_type_crosses_as_that(value, arrived):
    """A key that NumPy made is the number or the text that it holds, a subclass what it is built on."""
    assert alike(received(sent(value)), arrived)


def test_a_key_that_does_not_cross_is_the_name_of_its_type():
    """The dict does, and is seen to be another one than was asked for."""
    assert received(sent({object(): 1, "a": 2})) == {wire.Foreign("object"): 1, "a": 2}


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
        framed({"<c16": [1]}, bytes(8)),
        framed({"<f8": None}),
        framed({"<f8": 3}, bytes(8)),
        framed({"c": [1]}),
        framed({"c": ["1", 2]}),
        framed({"c": [10**400, 0]}),
        framed({"s": [[1]]}),
        framed({"s": [{"<f8": [1]}]}, bytes(8)),
        framed({"s": [{"t": [[1]]}]}),
        framed({"f": [{"d": []}]}),
        framed({"U": [[1], [2], 1]}),
        framed({"U": [[2], ["a"], 1]}),
        framed({"U": [[1], ["a"], -1]}),
        framed({"U": [[1], ["a"], True]}),
        framed({"U": [[0, 2**39, 2**39], [], 1]}),
        framed({"U": [[0], [], 2**70]}),
        framed({"U": [[1000], [""] * 1000, 100_000]}),
        framed({"O": [[1], [{"<f8": [1]}]]}),
        framed({"O": [[0, 2**39, 2**39], []]}),
        framed({"O": [[-1], []]}),
        framed({"o": ["x" * (wire.MAX_TYPE_NAME + 1), None]}),
        framed([{"o": ["x" * wire.MAX_TYPE_NAME, None]}] * (wire.MAX_FOREIGN // wire.MAX_TYPE_NAME + 1)),
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


@pytest.mark.parametrize("tree", [lambda keys: {"s": keys}, lambda keys: {"d": [[key, 0] for key in keys]}])
def test_keys_that_were_chosen_to_collide_are_refused(tree):
    """Looking up the last of them would take as long as all others together."""
    colliding = [number * sys.hash_info.modulus for number in range(1, 30_000)]
    assert len({hash(key) for key in colliding}) == 1
    with pytest.raises(wire.WireError, match="colliding"):
        received(framed(tree(colliding)))
    with pytest.raises(wire.WireError, match="colliding"):
        received(framed(tree([{"t": [key]} for key in colliding])))


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
