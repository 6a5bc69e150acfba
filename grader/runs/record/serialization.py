"""A grade as one line of JSON, and back: every field of the model, by its declared type."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from ...model import Grade, SubmissionStatus, Verdict

Reader = Callable[[Any], Any]
MOST_ALIKE = 10_000  # most verdicts of a class are alike, and need to be in memory once


class NoGrade(Exception):
    """A line that is none: cut off, or of another version."""


@dataclass(frozen=True, slots=True)
class Line:
    """A grade as it is written down, with what a run needs to know of it.

    key names what it depends on. text ends with a newline.
    """

    submission: str
    status: SubmissionStatus
    key: str
    text: str


def to_line(grade: Grade) -> Line:
    """The grade as it is written down."""
    text = ENCODER.encode(grade) + "\n"
    return Line(grade.submission, grade.status, str(grade.record.get("key", "")), text)


def from_text(text: str | bytes) -> Grade:
    """The grade that a line holds. Raises NoGrade where it holds none."""
    try:
        grade: Grade = _reader(Grade)(tree_of(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoGrade(str(error)) from error
    return grade


def tree_of(text: str | bytes) -> dict[str, Any]:
    """The line as JSON gives it. Raises NoGrade where it is none."""
    try:
        tree = json.loads(text)
        if isinstance(tree["submission"], str) and isinstance(tree["record"], dict):
            return typing.cast(dict[str, Any], tree)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoGrade(str(error)) from error
    raise NoGrade("no grade")


def _fields(value: Any) -> dict[str, Any]:
    """One level of a value; the encoder comes back for the next."""
    return {name: getattr(value, name) for name in _names(value.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


ENCODER = json.JSONEncoder(default=_fields, check_circular=False)  # values of a model that is frozen hold no circles


@cache
def _reader(kind: Any) -> Reader:
    """How a value of this type is made from what JSON gives for it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if origin is tuple and arguments[1:] == (...,):
        each = _reader(arguments[0])
        return lambda parts: tuple(map(each, parts))
    if origin is tuple:
        readers = tuple(map(_reader, arguments))
        return lambda parts: tuple(read(part) for read, part in zip(readers, parts, strict=True))
    if origin is types.UnionType:
        some = _reader(next(one for one in arguments if one is not types.NoneType))
        return lambda part: None if part is None else some(part)
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


def _dataclass_reader(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}
    make = lru_cache(MOST_ALIKE)(kind) if kind is Verdict else kind
    return lambda tree: make(**{name: readers[name](part) for name, part in tree.items()})


def _as_it_is(part: Any) -> Any:
    return part
