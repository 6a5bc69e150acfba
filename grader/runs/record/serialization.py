"""A grade as one line of JSON, and back: every field of the model, by its declared type.

A value of a union says of which class it is: {"is": "raised", …}. The sentences that `feedback` makes of causes are
written down, too, for whoever reads the file without the grader; they are not read back.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from ...feedback.words import message, message_of, remark, sentence
from ...model import Cause, ExerciseGrade, Figures, Grade, Remark, Sentence, SubmissionStatus, Verdict
from .older import upgraded

Reader = Callable[[Any], Any]
FORMAT = 2  # lines without a format are from before causes were values
STATUSES = frozenset(SubmissionStatus)
LONGEST = 256 * 1024  # bytes of a line
SHORT, FEW = 1_000, 50
MOST_ALIKE = 10_000  # most verdicts of a class are alike, and need to be in memory once
TAGS: Mapping[type, str] = {
    kind: kind.__name__.lower()
    for kind in (*typing.get_args(Cause), *typing.get_args(Figures), *typing.get_args(Remark))
}
KINDS = {tag: kind for kind, tag in TAGS.items()}


class NoGrade(Exception):
    """A line that holds no grade: it was cut off, or another version wrote it."""


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
    """The grade as it is written down, without some of its details if a student's code has made them too long."""
    text = ENCODER.encode(grade)
    for shortened in (_without_sources, _with_few_left_out, _without_details):
        if len(text) > LONGEST:
            text = ENCODER.encode(grade := shortened(grade))
    return Line(grade.submission, grade.status, grade.record.key, text + "\n")


def _without_sources(grade: Grade) -> Grade:
    exercises = (replace(one, source=one.source[:SHORT], printed=one.printed[:SHORT]) for one in grade.exercises)
    return replace(grade, exercises=tuple(exercises))


def _with_few_left_out(grade: Grade) -> Grade:
    return replace(grade, left_out=grade.left_out[:FEW], missing_modules=grade.missing_modules[:FEW])


def _without_details(grade: Grade) -> Grade:
    exercises = (
        replace(one, verdicts=tuple(map(_without_cause, one.verdicts)), remarks=(), counterexample=None)
        for one in grade.exercises
    )
    return replace(grade, exercises=tuple(exercises))


def _without_cause(verdict: Verdict) -> Verdict:
    """The verdict with no more of its reason than the stage."""
    says = "The reason is too long to be kept."
    cause = Sentence(says, verdict.stage) if verdict.cause else None
    return replace(verdict, cause=cause, remarks=())


def from_text(text: str | bytes) -> Grade:
    """The grade that a line holds. Raises NoGrade if it holds none."""
    try:
        tree = tree_of(text)
        grade: Grade = _reader(Grade)(tree if "format" in tree else upgraded(tree))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoGrade(str(error)) from error
    return grade


def tree_of(text: str | bytes) -> dict[str, Any]:
    """The line as JSON gives it. Raises NoGrade if it is none."""
    try:
        tree = json.loads(text)
        if isinstance(tree["submission"], str) and isinstance(tree["record"], dict) and tree["status"] in STATUSES:
            return typing.cast(dict[str, Any], tree)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoGrade(str(error)) from error
    raise NoGrade("no grade")


def _fields(value: Any) -> dict[str, Any]:
    """One level of a value; the encoder comes back for the next."""
    kind = value.__class__
    tree = {name: getattr(value, name) for name in _names(kind)}
    if kind in TAGS:
        return {"is": TAGS[kind]} | tree
    return tree | _sentences(value)


def _sentences(value: object) -> dict[str, Any]:
    match value:
        case Verdict(cause=cause):
            said = {"message": sentence(cause) if cause else "", "stage": value.stage, "part": value.part}
            return said | {"notes": list(map(remark, value.remarks))}
        case ExerciseGrade():
            return {"message": message(value), "notes": list(map(remark, value.remarks))}
        case Grade():
            return {"message": message_of(value), "format": FORMAT}
    return {}


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
        some = [one for one in arguments if one is not types.NoneType]
        read = _reader(some[0]) if len(some) == 1 else _tagged
        return lambda part: None if part is None else read(part)
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


def _tagged(tree: Any) -> Any:
    return _reader(KINDS[tree["is"]])(tree)


def _dataclass_reader(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}
    make = lru_cache(MOST_ALIKE)(kind) if kind is Verdict else kind
    return lambda tree: make(**{name: readers[name](part) for name, part in tree.items() if name in readers})


def _as_it_is(part: Any) -> Any:
    return part
