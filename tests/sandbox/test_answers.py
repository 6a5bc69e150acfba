"""What a process says is taken for no more than it can be: every mutation of an answer is one, or is refused."""

import io
import json
import random
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Opaque, Place, Raised, Returned
from grader.sandbox import wire
from grader.sandbox.guest.answers import MAX_MESSAGE, MAX_NAME, MAX_PRINTED
from grader.sandbox.host import answers

RETURNED = {"is": "returned", "n": 1, "value": np.arange(6.0), "changed": [0], "printed": "x", "seconds": 0.1}
RAISED = {
    **{"is": "raised", "n": 1, "error": "E", "message": "m", "place": (1, 2), "printed": "", "seconds": 0.0},
    "behind": {"error": "E", "message": "m", "place": (1, 2)},
}
OPENED = {
    **{"is": "opened", "n": 1, "assignment": "a", "found": {"f": ["function", 1, 2, False]}},
    **{"skipped": [[1, 2, "shell", "r"]], "missing": [["m", 1, 2]], "sources": {"f": "s"}},
}
LISTING = OPENED | {
    **{"is": "listing", "ends": {"f": 3}, "indexes": {"f": 0}, "skipped_indexes": [0]},
    **{"modules": [["m", 1, 2, True]], "source": "s"},
}
LOADED = {"is": "loaded", "n": 1, "parameters": ["a"], "depends": ["b"], "printed": "", "seconds": 0.0}
MISSING = {"is": "missing", "n": 1, "lack": "syntax", "detail": "d", "place": (1, 2)}
VALUES = {
    **{"is": "returned", "changed": [], "seconds": 1e-3},
    "value": ({"a": 1, (2, "b"): [1, (3,)]}, None, {1j}, np.array(["t"]), np.ones((2, 0)), np.int8(3)),
}
HONEST = (RETURNED, RAISED, OPENED, LISTING, LOADED, MISSING, VALUES)
READERS = (lambda said: answers.understood(said, 3), answers.opened, answers.listing, answers.about, answers.unreadable)
TOKENS = [
    *(b"null", b"true", b"-0", b"1e999", b"NaN", b"9" * 4400, b"9" * 400, b'"\\ud800"', b"[]", b"{}", b'{"t":[]}'),
    *(b'{"d":[]}', b'{"d":[[1,2]]}', b'{"d":[[[],2]]}', b'{"s":[1]}', b'{"f":[]}', b'{"c":[1,2]}', b'{"<f8":null}'),
    *(b'{"o":["x",null]}', b'{"o":["x",[1,-1]]}', b'{"<f8":[0,1099511627775]}', b'{"<f8":[]}', b'{"<f8":[1.0]}'),
    *(b'{"U":[[1],["a"],1]}', b'{"O":[[1],[{"<f8":[0]}]]}', b'{"|b1":[3]}', b"[" * 50, b"]" * 50, b'{"is":1}'),
    b'{"|u1":[1099511627775,1099511627775,0]}',
]


def mutated(rng):
    """An honest frame with some of it replaced, cut or doubled."""
    data = wire.frame(rng.choice(HONEST))
    length = wire.HEADER.unpack(data[: wire.HEADER.size])[0]
    text, blob = data[wire.HEADER.size :][:length], data[wire.HEADER.size + length :]
    for _ in range(rng.randint(1, 3)):
        start, end = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        match rng.choice((0, 1, 1, 1, 1, 1, 2, 3, 4)):
            case 0:
                text = text[:start] + bytes([rng.randrange(256)]) + text[start + 1 :]
            case 1:
                text = with_a_token(text, rng)
            case 2:
                text = text[:start] + rng.choice(TOKENS) + text[start:]
            case 3:
                text = text[:start] + text[end:]
            case 4:
                blob = rng.randbytes(rng.randrange(200))
    return wire.HEADER.pack(len(text), len(blob)) + text + blob


def with_a_token(text, rng):
    """The same tree with some of its values replaced."""

    def changed(tree):
        if rng.random() < 0.15:
            return "@"
        if isinstance(tree, dict):
            return {key: changed(part) for key, part in tree.items()}
        return list(map(changed, tree)) if isinstance(tree, list) else tree

    try:
        text = json.dumps(changed(json.loads(text))).encode()
    except (ValueError, RecursionError):
        return text
    while b'"@"' in text:
        text = text.replace(b'"@"', rng.choice(TOKENS), 1)
    return text


def received(data):
    """A frame as the grader reads it."""
    stream = io.BytesIO(data)

    def exactly(size):
        part = stream.read(size)
        if len(part) < size:
            raise EOFError
        return part

    return wire.read_frame(exactly)


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 2**64))
def test_a_mutated_answer_is_understood_or_refused(seed):
    """No frame makes any reader raise anything but a refusal."""
    try:
        said = received(mutated(random.Random(seed)))
    except (wire.WireError, EOFError):
        return
    for read in READERS:
        with suppress(*answers.DECODE_ERRORS):
            read(said)


@pytest.mark.parametrize("honest", HONEST, ids=lambda each: each["is"])
def test_an_honest_answer_is_understood(honest):
    """By its own reader, at least."""
    said = received(wire.frame(honest))
    by_kind = {"opened": answers.opened, "listing": answers.listing}
    assert by_kind.get(honest["is"], answers.understood)(said)


ODD = [["text"], {"a": 1}, 3, True, None, np.ones(3), np.array(1), 1.5, wire.Foreign("x"), [np.ones((1,) * 32)] * 3]
TEXTS = [
    (answers.understood, RETURNED, "printed"),
    (answers.understood, RETURNED, "is"),
    (answers.understood, RAISED, "error"),
    (answers.understood, RAISED, "message"),
    (answers.understood, MISSING, "detail"),
    (answers.opened, OPENED, "assignment"),
    (answers.listing, LISTING, "source"),
    (answers.unreadable, {"reason": "r"}, "reason"),
]


@pytest.mark.parametrize(("read", "honest", "name"), TEXTS)
@pytest.mark.parametrize("said", ODD, ids=repr)
def test_what_stands_for_a_text_must_be_one(read, honest, name, said):
    """It is not made into one: that of an array of many axes takes the grader minutes."""
    with pytest.raises(answers.DECODE_ERRORS):
        read(honest | {name: said})


@pytest.mark.parametrize(
    "said", [*ODD, "text", -1, 2**31, [1], [1, 2, 3], ["1", "2"], [True, True], [1.0, 2.0]], ids=repr
)
def test_a_place_is_two_numbers(said):
    """Of a cell and of a line, none of which is larger than a notebook could have."""
    if said is None:
        assert answers.understood(RAISED | {"place": None}).place is None
        return
    with pytest.raises(answers.DECODE_ERRORS):
        answers.understood(RAISED | {"place": said})


@pytest.mark.parametrize("said", ["text", {"0": 1}, 3, [np.ones(2)], [[0]], ["0"], [0.0], [True]], ids=repr)
def test_changed_arguments_are_numbers(said):
    """Nothing is compared with them that they might answer for."""
    with pytest.raises(answers.DECODE_ERRORS):
        answers.understood(RETURNED | {"changed": said}, 3)


def test_texts_are_cut_to_what_an_honest_answer_has():
    """Names of types, messages and what is printed."""
    long = "x" * 100_000
    returned = answers.understood(RETURNED | {"printed": long})
    assert isinstance(returned, Returned) and len(returned.printed) == MAX_PRINTED
    raised = answers.understood(RAISED | {"error": long, "message": long})
    assert isinstance(raised, Raised)
    assert (len(raised.error), len(raised.message)) == (MAX_NAME, MAX_MESSAGE)


def test_all_texts_of_an_answer_have_one_budget():
    """Many that are short enough are together too long."""
    names = {f"{number:06}" + "x" * 94: ["function", 1, 1, False] for number in range(answers.MAX_ANSWER // 100)}
    with pytest.raises(ValueError, match="more text than an answer has"):
        answers.opened(OPENED | {"found": names})


def test_rows_are_cut_to_as_many_as_are_of_use():
    """A notebook with more places that are left out shows the first thousand."""
    opened = answers.opened(OPENED | {"skipped": [[number, 1, "shell", "r"] for number in range(5_000)]})
    assert [left.cell for left in opened.left_out] == list(range(1_000))
    assert opened.found["f"].place == Place(1, 2)


def test_the_types_of_what_does_not_cross_are_named():
    """Wherever they stand."""
    value = [wire.Foreign("A"), {wire.Foreign("B"): {wire.Foreign("C")}}, np.array([wire.Foreign("D")], object)]
    got = answers.inert(value)
    assert got[0] == Opaque("A") and got[1] == {Opaque("B"): {Opaque("C")}} and got[2][0] == Opaque("D")
