"""What functions take and return as plain JSON, exactly: every bit of a number, every shape and dtype comes back.

Text, whole numbers, true, false and null stand for themselves, and so do finite numbers and lists. The rest is an
object: {"tuple": [...]}, {"dict": [[key, value], ...]}, {"float": "nan"}, and for an array its dtype, its shape and
its entries in C order, where "nan", "inf" and "-inf" stand for what JSON has no numbers for.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

DTYPES = frozenset({"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"})
FLOATS = frozenset({"float16", "float32", "float64"})
ODD = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class NotPlain(ValueError):
    """A value that cannot be written, or JSON that is no value; the message says which."""


def to_json(value: object) -> Any:
    """The value as JSON's own types. Raises NotPlain for a value of another kind."""
    if value is None or isinstance(value, bool | str):
        return value if value is None or isinstance(value, bool) else str(value)
    if isinstance(value, np.ndarray | np.generic):
        return _array_to_json(np.asarray(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"float": repr(float(value))}
    if isinstance(value, list):
        return [to_json(part) for part in value]
    if isinstance(value, tuple):
        return {"tuple": [to_json(part) for part in value]}
    if isinstance(value, dict):
        return {"dict": [[to_json(key), to_json(part)] for key, part in value.items()]}
    raise NotPlain(f"a {type(value).__name__} cannot be written as JSON")


def from_json(tree: Any) -> Any:
    """The value that the JSON stands for. Raises NotPlain where it stands for none."""
    if tree is None or isinstance(tree, bool | str | int | float):
        return tree
    if isinstance(tree, list):
        return [from_json(part) for part in tree]
    match tree:
        case {"tuple": list(parts)} if len(tree) == 1:
            return tuple(from_json(part) for part in parts)
        case {"float": str(name)} if len(tree) == 1 and name in ODD:
            return ODD[name]
        case {"dict": list(items)} if len(tree) == 1:
            return dict(map(_item, items))
        case {"dtype": str(dtype), "shape": list(shape), "data": list(data)} if len(tree) == 3:
            return _array(dtype, shape, data)
    raise NotPlain(f"{str(tree)[:60]} stands for no value")


def _array_to_json(array: np.ndarray[Any, Any]) -> dict[str, Any]:
    if array.dtype.name not in DTYPES | FLOATS:
        raise NotPlain(f"an array of dtype {array.dtype} cannot be written as JSON")
    entries = array.ravel().tolist()
    if array.dtype.kind == "f":
        entries = [entry if math.isfinite(entry) else repr(entry) for entry in entries]
    return {"dtype": array.dtype.name, "shape": list(array.shape), "data": entries}


def _item(item: Any) -> tuple[Any, Any]:
    if not (isinstance(item, list) and len(item) == 2 and isinstance(item[0], str | int | float)):
        raise NotPlain(f"{str(item)[:60]} is no item of a dict")
    return item[0], from_json(item[1])


def _array(dtype: str, shape: list[Any], data: list[Any]) -> Any:
    """The array; one without dimensions is a NumPy scalar, as it came from a generator of random numbers."""
    if dtype not in DTYPES | FLOATS or not all(type(length) is int and length >= 0 for length in shape):
        raise NotPlain(f"there is no array of dtype {dtype[:20]!r} and shape {str(shape)[:60]}")
    if math.prod(shape) != len(data):
        raise NotPlain(f"an array of shape {shape} does not have {len(data)} entries")
    try:
        return np.array([_entry(entry) for entry in data], dtype).reshape(shape)[()]
    except (OverflowError, TypeError, ValueError) as error:
        raise NotPlain(f"an array of dtype {dtype} with other entries: {error}") from None


def _entry(entry: Any) -> Any:
    if isinstance(entry, bool | int | float):
        return entry
    if isinstance(entry, str) and entry in ODD:
        return ODD[entry]
    raise NotPlain(f"{str(entry)[:60]!r} is no entry of an array")
