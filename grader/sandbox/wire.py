"""What crosses between the grader and the process that runs student code: frames of inert values.

A message is a dict of names and values. Its frame is two lengths, a JSON text and a blob: `>II`, then as many bytes of
each. The JSON is an object of the message's names, each with a tree of values; arrays stand in it as {dtype: shape}
and their bytes follow in the blob, in order. Nothing that is received can run, no length is believed beyond the caps,
and whatever is not exactly as described raises `WireError`.

Loaded by file path into the student's process, so it imports nothing of grader.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

HEADER = struct.Struct(">II")
MAX_JSON = 8 * 2**20
MAX_BLOB = 96 * 2**20
MAX_DEPTH = 40
MAX_NODES = 200_000
DTYPES = {
    name: np.dtype(name)
    for name in ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8")
}
NAMES = {dtype: name for name, dtype in DTYPES.items()}
MOST_AXES, LONGEST_AXIS = 32, 2**40
TO_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode  # a tree has a bounded depth
FROM_JSON = json.JSONDecoder().raw_decode
ATOMS = frozenset({type(None), bool, str, int, float})

ReadExactly = Callable[[int], bytes]


class WireError(Exception):
    """What was received is no frame, or a value cannot be sent."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value that does not cross: only the name of its type does, or dtype and shape of an array."""

    type_name: str
    shape: tuple[int, ...] | None = None


def frame(message: Mapping[str, object]) -> bytes:
    """One message as bytes.

    Raises WireError where it is larger or nested deeper than a frame may be.
    """
    blobs: list[bytes] = []
    tree = {
        name: value if type(value) in ATOMS else _encoded(value, blobs, MAX_DEPTH) for name, value in message.items()
    }
    text = TO_JSON(tree).encode("ascii")
    blob = b"".join(blobs)
    if len(text) > MAX_JSON or len(blob) > MAX_BLOB:
        raise WireError(f"a value of {len(text) + len(blob)} bytes is too large to send")
    return HEADER.pack(len(text), len(blob)) + text + blob


def read_frame(read: ReadExactly) -> dict[str, Any]:
    """The next message; `read` gives exactly as many bytes as asked for, or raises.

    Raises WireError for anything that `frame` would not have made.
    """
    text_length, blob_length = HEADER.unpack(read(HEADER.size))
    if text_length > MAX_JSON or blob_length > MAX_BLOB:
        raise WireError(f"a frame of {text_length + blob_length} bytes is too large")
    text, blob = read(text_length), read(blob_length)
    try:
        tree, end = FROM_JSON(text.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise WireError("a frame that is no JSON") from error
    if end != text_length:
        raise WireError("a frame with text that belongs to nothing")
    return _Decoder(blob).message(tree)


def _encoded(value: object, blobs: list[bytes], depth: int) -> object:
    """The value as a tree for JSON; by its exact type where that is a plain one, which most are."""
    if depth == 0:
        raise WireError("a value is nested too deeply to send")
    kind = type(value)
    if kind in ATOMS:
        return value
    if kind is np.ndarray:
        return _encoded_array(value, blobs)  # type: ignore[arg-type]
    if isinstance(value, dict):
        return {"d": [[_encoded(part, blobs, depth - 1) for part in item] for item in value.items()]}
    if isinstance(value, (list, tuple)):
        parts = [_encoded(part, blobs, depth - 1) for part in value]
        return {"t": parts} if isinstance(value, tuple) else parts
    return _encoded_other(value, blobs)


def _encoded_other(value: object, blobs: list[bytes]) -> object:
    """Subclasses as what they are built on, and the name of what does not cross."""
    if isinstance(value, (np.ndarray, np.generic)):
        return _encoded_array(np.asarray(value), blobs)
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return int(value) if isinstance(value, int) else float(value)
    if isinstance(value, complex):
        return {"o": ["complex128", []]}
    return {"o": [type(value).__name__[:100], None]}


def _encoded_array(array: np.ndarray[Any, Any], blobs: list[bytes]) -> object:
    name = NAMES.get(array.dtype)
    if name is None:
        is_long = array.dtype.kind == "f" and array.dtype.itemsize > 8
        array = array.astype(np.float64 if is_long else array.dtype.newbyteorder("<"), copy=False)
        name = NAMES.get(array.dtype)
    if name is None:
        return {"o": [array.dtype.name[:100], list(array.shape)]}
    blobs.append(array.tobytes())
    return {name: array.shape}


class _Decoder:
    """Turns one frame's tree into values, taking arrays from the blob in the order in which they stand."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob
        self.offset = 0
        self.nodes = 0

    def message(self, tree: object) -> dict[str, Any]:
        if type(tree) is not dict:
            raise WireError("a frame that is no message")
        message = {name: part if type(part) in ATOMS else self.value(part, MAX_DEPTH) for name, part in tree.items()}
        if self.offset != len(self.blob):
            raise WireError("a frame with bytes that belong to nothing")
        return message

    def value(self, tree: Any, depth: int) -> Any:
        """What is not plain: a list, or an object with one key that says what it is."""
        if type(tree) is list:
            return self.parts(tree, depth)
        if len(tree) == 1:
            ((tag, content),) = tree.items()
            if type(content) is list:
                return self.array(tag, content) if tag in DTYPES else self.tagged(tag, content, depth)
        raise WireError("a frame with an object that is no value")

    def parts(self, trees: list[Any], depth: int) -> list[Any]:
        """The values of a list; every part counts, so that no frame is more work than its bytes allow."""
        self.nodes += len(trees) + 1
        if depth <= 0 or self.nodes > MAX_NODES:
            raise WireError("a frame nested too deeply or of too many parts")
        return [tree if type(tree) in ATOMS else self.value(tree, depth - 1) for tree in trees]

    def array(self, name: str, shape: list[Any]) -> np.ndarray[Any, Any]:
        dtype = DTYPES[name]
        if not _is_shape(shape):
            raise WireError("a frame with an array that is none")
        end = self.offset + prod(shape) * dtype.itemsize
        if end > len(self.blob):
            raise WireError("a frame with an array that is longer than its bytes")
        try:
            array = np.ndarray(shape, dtype, self.blob, self.offset).copy()
        except ValueError as error:  # no entries, but more of them along the other axes than NumPy can count
            raise WireError("a frame with an array that is none") from error
        self.offset = end
        return array

    def tagged(self, tag: str, content: list[Any], depth: int) -> Any:
        """Tuples, dicts and foreign values."""
        if tag == "t":
            return tuple(self.parts(content, depth))
        if tag == "d":
            return self.items(content, depth)
        if tag == "o" and len(content) == 2 and isinstance(content[0], str):
            return _foreign(*content)
        raise WireError("a frame with an object that is no value")

    def items(self, items: list[Any], depth: int) -> dict[Any, Any]:
        for item in items:
            if not (isinstance(item, list) and len(item) == 2):
                raise WireError("a frame with a dict whose items are no pairs")
            if type(item[0]) not in ATOMS:
                raise WireError("a frame with a dict whose keys are not plain")
        keys = [key for key, _ in items]
        return dict(zip(keys, self.parts([part for _, part in items], depth), strict=True))


def _foreign(name: str, shape: Any) -> Foreign:
    if shape is None:
        return Foreign(name)
    if type(shape) is not list or not _is_shape(shape):
        raise WireError("a frame with a foreign array that is none")
    return Foreign(name, tuple(shape))


def _is_shape(shape: list[Any]) -> bool:
    """Whether it is a shape of whole numbers from 0 up; bool is an int to Python but no length."""
    if len(shape) > MOST_AXES:
        return False
    for length in shape:  # noqa: SIM110 - a generator takes longer than all else that is done for an array
        if type(length) is not int or not 0 <= length < LONGEST_AXIS:
            return False
    return True
