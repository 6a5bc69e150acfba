"""What crosses between the grader and the process that runs student code: frames of inert values.

A message is a dict of names and values. Its frame is two lengths, a JSON text and a blob: `>II`, then as many bytes of
each. The JSON is an object of the message's names, each with a tree of values. Numbers, texts, true, false, null and
lists stand in it as they are, everything else as an object with one key that says what it is:

    {"<f8": [2, 3]}     an array of this dtype and shape; its bytes follow in the blob, in order
    {"<f8": null}       a number of this dtype, in the blob, too
    {"O": [[2], […]]}   an array of objects: its shape and its entries
    {"U": [[2], […], 5]}     the same for texts, with the length of the longest for which there is room
    {"t": […]}          a tuple; {"s": […]} a set; {"f": […]} a frozen set
    {"d": [[k, v], …]}  a dict
    {"c": [1, 2]}       a complex number
    {"o": [name, …]}    something that does not cross: the name of its type, and the shape if it is an array

Nothing that is received can run, no length is believed beyond the caps, and whatever is not exactly as described
raises `WireError`. It is loaded into the student's process as well, and imports nothing of grader.
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
MAX_TYPE_NAME = 100
MAX_FOREIGN = 100_000  # characters of all names of types in a frame
MAX_COLLISIONS = 20  # of a set's or dict's keys; chosen ones could make it take the square of their number
DTYPES = {
    name: np.dtype(name)
    for name in (
        *("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8"),
        *("<f2", "<f4", "<f8", "<c8", "<c16"),
    )
}
NAMES = {dtype: name for name, dtype in DTYPES.items()}
LARGEST = {"f": np.dtype(np.float64), "c": np.dtype(np.complex128)}
MOST_AXES, LONGEST_AXIS = 32, 2**40
TO_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode  # a tree has a bounded depth
FROM_JSON = json.JSONDecoder().raw_decode
ATOMS = frozenset({type(None), bool, str, int, float})
TEXT = np.dtype("U1").itemsize

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

    Raises WireError if it is larger or nested deeper than a frame may be.
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
        return _encoded_array(value, blobs, depth)  # type: ignore[arg-type]
    if isinstance(value, dict):
        items = value.items()
        return {"d": [[_encoded_key(key, depth - 1), _encoded(part, blobs, depth - 1)] for key, part in items]}
    if isinstance(value, (list, tuple)):
        parts = [_encoded(part, blobs, depth - 1) for part in value]
        return {"t": parts} if isinstance(value, tuple) else parts
    return _encoded_other(value, blobs, depth)


def _encoded_other(value: object, blobs: list[bytes], depth: int) -> object:
    """Subclasses as what they are built on, and the name of what does not cross."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, np.generic):
        name = NAMES.get(value.dtype)
        if name is not None:
            blobs.append(value.tobytes())
            return {name: None}
        return _encoded_array(np.asarray(value), blobs, depth)
    if isinstance(value, np.ndarray):
        return _encoded_array(np.asarray(value), blobs, depth)
    if isinstance(value, (set, frozenset)):
        return {"s" if isinstance(value, set) else "f": [_encoded_key(part, depth - 1) for part in value]}
    return _encoded_scalar(value)


def _encoded_key(key: object, depth: int) -> object:
    """What can be looked up: a key of a dict or an entry of a set."""
    if depth == 0:
        raise WireError("a value is nested too deeply to send")
    if type(key) in ATOMS:
        return key
    if isinstance(key, np.generic):
        return _encoded_scalar(key.item())
    if isinstance(key, (tuple, frozenset)):
        return {"t" if isinstance(key, tuple) else "f": [_encoded_key(part, depth - 1) for part in key]}
    return _encoded_scalar(key)


def _encoded_scalar(value: object) -> object:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (int, float)):
        return int(value) if isinstance(value, int) else float(value)
    if isinstance(value, complex):
        return {"c": [float(value.real), float(value.imag)]}
    return value if value is None else {"o": [type(value).__name__[:MAX_TYPE_NAME], None]}


def _encoded_array(array: np.ndarray[Any, Any], blobs: list[bytes], depth: int) -> object:
    name = NAMES.get(array.dtype)
    if name is None:
        if array.dtype.kind in "UT":
            texts = list(map(str, array.ravel().tolist()))
            room = array.itemsize // TEXT if array.dtype.kind == "U" else max(map(len, texts), default=1)
            return {"U": [list(array.shape), texts, max(room, 1)]}
        if array.dtype.kind == "O":
            return {"O": [list(array.shape), [_encoded(part, blobs, depth - 1) for part in array.ravel()]]}
        is_long = array.dtype.kind in LARGEST and array.dtype.itemsize > LARGEST[array.dtype.kind].itemsize
        array = array.astype(LARGEST[array.dtype.kind] if is_long else array.dtype.newbyteorder("<"), copy=False)
        name = NAMES.get(array.dtype)
    if name is None:
        return {"o": [array.dtype.name[:MAX_TYPE_NAME], list(array.shape)]}
    blobs.append(array.tobytes())
    return {name: array.shape}


class _Decoder:
    """Turns one frame's tree into values, taking arrays from the blob in the order in which they stand."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob
        self.offset = 0
        self.nodes = 0
        self.foreign = 0

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
            if tag in DTYPES:
                return self.array(tag, [])[()] if content is None else self.array(tag, content)
            if type(content) is list:
                return self.tagged(tag, content, depth)
        raise WireError("a frame with an object that is no value")

    def parts(self, trees: list[Any], depth: int) -> list[Any]:
        """The values of a list; every part counts, so that no frame is more work than its bytes allow."""
        self.nodes += len(trees) + 1
        if depth <= 0 or self.nodes > MAX_NODES:
            raise WireError("a frame nested too deeply or of too many parts")
        return [tree if type(tree) in ATOMS else self.value(tree, depth - 1) for tree in trees]

    def array(self, name: str, shape: Any) -> np.ndarray[Any, Any]:
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
        """Everything but lists and arrays of numbers."""
        match tag, content:
            case "t", parts:
                return tuple(self.parts(parts, depth))
            case "d", items:
                return self.items(items, depth)
            case (("s" | "f"), parts):
                entries = self.keys(parts, depth)
                return set(entries) if tag == "s" else frozenset(entries)
            case "c", [int() | float() as real, int() | float() as imaginary]:
                return _complex(real, imaginary)
            case "O", [shape, list() as parts] if _is_shape(shape) and prod(shape) == len(parts):
                return self.objects(shape, parts, depth)
            case "U", [shape, list() as texts, room] if _is_shape(shape) and prod(shape) == len(texts):
                return self.texts(shape, texts, room)
            case "o", [str() as name, shape]:
                return self.name_of(name, shape)
        raise WireError("a frame with an object that is no value")

    def items(self, items: list[Any], depth: int) -> dict[Any, Any]:
        for item in items:
            if not (type(item) is list and len(item) == 2):
                raise WireError("a frame with a dict whose items are no pairs")
        keys = self.keys([key for key, _ in items], depth)
        return dict(zip(keys, self.parts([part for _, part in items], depth), strict=True))

    def keys(self, trees: list[Any], depth: int) -> list[Any]:
        """Values that can be looked up, few of which have the same hash."""
        keys = self.parts(trees, depth)
        if not all(map(_is_key, keys)):
            raise WireError("a frame with a set or dict whose keys are not plain")
        if len(keys) > MAX_COLLISIONS + len(set(map(hash, keys))):
            raise WireError("a frame with a set or dict of colliding keys")
        return keys

    def objects(self, shape: list[int], trees: list[Any], depth: int) -> np.ndarray[Any, Any]:
        array = np.empty(len(trees), object)
        for i, value in enumerate(self.parts(trees, depth)):  # all at once, NumPy would look into them
            array[i] = value
        return _shaped(array, shape)

    def texts(self, shape: list[int], texts: list[Any], room: Any) -> np.ndarray[Any, Any]:
        fits = type(room) is int and 0 < TEXT * room * max(len(texts), 1) <= MAX_BLOB
        if not fits or not all(type(text) is str for text in texts):
            raise WireError("a frame with an array of texts that is none")
        self.nodes += len(texts)
        return _shaped(np.array(texts, dtype=f"U{room}"), shape)

    def name_of(self, name: str, shape: Any) -> Foreign:
        self.foreign += len(name)
        if len(name) > MAX_TYPE_NAME or self.foreign > MAX_FOREIGN:
            raise WireError("a frame with names of types that are too long")
        if shape is None:
            return Foreign(name)
        if not _is_shape(shape):
            raise WireError("a frame with a foreign array that is none")
        return Foreign(name, tuple(shape))


def _shaped(entries: np.ndarray[Any, Any], shape: list[int]) -> np.ndarray[Any, Any]:
    try:
        return entries.reshape(shape)
    except ValueError as error:  # as above
        raise WireError("a frame with an array that is none") from error


def _complex(real: float, imaginary: float) -> complex:
    try:
        return complex(real, imaginary)
    except OverflowError as error:
        raise WireError("a frame with a number that is none") from error


def _is_key(value: object) -> bool:
    kind = type(value)
    if kind is tuple or kind is frozenset:
        return all(map(_is_key, value))  # type: ignore[call-overload]
    return kind in ATOMS or kind is complex or kind is Foreign


def _is_shape(shape: Any) -> bool:
    """Whether it is a shape of whole numbers from 0 up; bool is an int to Python but no length."""
    if type(shape) is not list or len(shape) > MOST_AXES:
        return False
    for length in shape:  # noqa: SIM110 - a generator takes longer than all else that is done for an array
        if type(length) is not int or not 0 <= length < LONGEST_AXIS:
            return False
    return True
