"""What crosses between the grader and the process that runs student code: frames of inert values.

A frame is two lengths, a JSON text and a blob: `>II`, then as many bytes of each. The JSON is a tree of values;
arrays stand in it as [dtype, shape] and their bytes follow in the blob, in order. Nothing that is received can
run, no length is believed beyond the caps, and whatever is not exactly as described raises `WireError`.

Loaded by file path into the student's process, so it imports nothing of grader.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

HEADER = struct.Struct(">II")
MAX_JSON = 8 * 2**20
MAX_BLOB = 96 * 2**20
MAX_DEPTH = 40
MAX_NODES = 200_000
DTYPES = frozenset({"|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"})

ReadExactly = Callable[[int], bytes]


class WireError(Exception):
    """What was received is no frame, or a value cannot be sent."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value that does not cross: only the name of its type does, or dtype and shape of an array."""

    type_name: str
    shape: tuple[int, ...] | None = None


def frame(message: object) -> bytes:
    """One message as bytes.

    Raises WireError where it is larger or nested deeper than a frame may be.
    """
    blobs: list[bytes] = []
    text = json.dumps(_encoded(message, blobs, MAX_DEPTH), separators=(",", ":")).encode("utf-8", "backslashreplace")
    blob = b"".join(blobs)
    if len(text) > MAX_JSON or len(blob) > MAX_BLOB:
        raise WireError(f"a value of {len(text) + len(blob)} bytes is too large to send")
    return HEADER.pack(len(text), len(blob)) + text + blob


def read_frame(read: ReadExactly) -> Any:
    """The next message; `read` gives exactly as many bytes as asked for, or raises.

    Raises WireError for anything that `frame` would not have made.
    """
    text_length, blob_length = HEADER.unpack(read(HEADER.size))
    if text_length > MAX_JSON or blob_length > MAX_BLOB:
        raise WireError(f"a frame of {text_length + blob_length} bytes is too large")
    text, blob = read(text_length), read(blob_length)
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError("a frame that is no JSON") from error
    return _Decoder(blob).message(tree)


def _encoded(value: object, blobs: list[bytes], depth: int) -> object:
    if depth == 0:
        raise WireError("a value is nested too deeply to send")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.ndarray | np.generic):
        return _encoded_array(np.asarray(value), blobs)
    if isinstance(value, int | float):
        return int(value) if isinstance(value, int) else float(value)
    if isinstance(value, dict):
        return {"d": [[_encoded(part, blobs, depth - 1) for part in item] for item in value.items()]}
    if isinstance(value, list | tuple):
        parts = [_encoded(part, blobs, depth - 1) for part in value]
        return {"t": parts} if isinstance(value, tuple) else parts
    if isinstance(value, complex):
        return {"o": ["complex128", []]}
    return {"o": [type(value).__name__[:100], None]}


def _encoded_array(array: np.ndarray[Any, Any], blobs: list[bytes]) -> object:
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        array = array.astype(np.float64)
    little = array.dtype.newbyteorder("<")
    if little.str not in DTYPES:
        return {"o": [array.dtype.name[:100], list(array.shape)]}
    blobs.append(array.astype(little, order="C", copy=False).tobytes())
    return {"a": [little.str, list(array.shape)]}


class _Decoder:
    """Turns one frame's tree into values, taking arrays from the blob in the order in which they stand."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob
        self.offset = 0
        self.nodes = 0

    def message(self, tree: object) -> Any:
        value = self.value(tree, MAX_DEPTH)
        if self.offset != len(self.blob):
            raise WireError("a frame with bytes that belong to nothing")
        return value

    def value(self, tree: object, depth: int) -> Any:
        self.nodes += 1
        if depth == 0 or self.nodes > MAX_NODES:
            raise WireError("a frame nested too deeply or of too many parts")
        if isinstance(tree, list):
            return [self.value(part, depth - 1) for part in tree]
        if isinstance(tree, dict):
            return self.tagged(tree, depth)
        return tree

    def tagged(self, tree: dict[str, Any], depth: int) -> Any:
        """Arrays, tuples, dicts and foreign values: an object with one key that says which."""
        match tree:
            case {"a": [str(dtype), list(shape)]} if len(tree) == 1:
                return self.array(dtype, shape)
            case {"t": list(parts)} if len(tree) == 1:
                return tuple(self.value(part, depth - 1) for part in parts)
            case {"d": list(items)} if len(tree) == 1:
                return dict(self.items(items, depth))
            case {"o": [str(name), None]} if len(tree) == 1:
                return Foreign(name)
            case {"o": [str(name), list(shape)]} if len(tree) == 1 and _is_shape(shape):
                return Foreign(name, tuple(shape))
        raise WireError("a frame with an object that is no value")

    def items(self, items: list[Any], depth: int) -> Iterator[tuple[Any, Any]]:
        for item in items:
            if not (isinstance(item, list) and len(item) == 2):
                raise WireError("a frame with a dict whose items are no pairs")
            key = self.value(item[0], depth - 1)
            if not isinstance(key, str | int | float | bool | None):
                raise WireError("a frame with a dict whose keys are not plain")
            yield key, self.value(item[1], depth - 1)

    def array(self, dtype: str, shape: list[Any]) -> np.ndarray[Any, Any]:
        if dtype not in DTYPES or not _is_shape(shape):
            raise WireError("a frame with an array that is none")
        size = prod(shape) * np.dtype(dtype).itemsize
        if size > len(self.blob) - self.offset:
            raise WireError("a frame with an array that is longer than its bytes")
        flat = np.frombuffer(self.blob, dtype, prod(shape), self.offset)
        self.offset += size
        return flat.reshape(shape).copy()


def _is_shape(shape: list[Any]) -> bool:
    """Whether it is a shape of whole numbers from 0 up; bool is an int to Python but no length."""
    return len(shape) <= 32 and all(type(length) is int and 0 <= length < 2**40 for length in shape)
