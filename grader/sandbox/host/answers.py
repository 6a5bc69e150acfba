"""What a process says, taken for no more than it can be: of one type, and of no more text than an answer has.

Whatever is not as described raises one of DECODE_ERRORS.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...model import Behind, Lack, LeftOut, LeftOutKind, Missing, Opaque, Outcome, Place, Raised, Returned
from .. import wire
from ..guest.answers import MAX_MESSAGE, MAX_NAME, MAX_PRINTED, MAX_REASON, MAX_SOURCE, MOST_PARAMETERS, MOST_ROWS

MAX_ANSWER = 2**20  # characters of all texts of an answer together, but for the value that it may hold
MAX_WHOLE = 2**31
LONGEST_WHOLE = 1023  # bits
# What comes of taking something for an answer that is none.
DECODE_ERRORS = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)
_AS_THEY_ARE = frozenset({float, str, bool, type(None)})


@dataclass(frozen=True, slots=True)
class Found:
    """A name that the notebook binds: what kind of thing, where, and whether it is still the template's stub."""

    kind: str
    place: Place
    stub: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What the notebook holds, as the process said; sources are those of the names asked for."""

    assignment: str
    found: Mapping[str, Found]
    left_out: tuple[LeftOut, ...]
    missing_modules: tuple[tuple[str, Place], ...]
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """A function's parameters by name, and which others of the names asked for it needs, as its process said."""

    parameters: tuple[str, ...] = ()
    depends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that a notebook binds, leaves out and imports, in order, and the source of its definitions.

    ends and indexes: the last line of each name, and its cell's place in the file; skipped_indexes: that of what is
    left out.
    """

    opened: Opened
    ends: Mapping[str, int]
    indexes: Mapping[str, int]
    skipped_indexes: tuple[int, ...]
    star_imports: tuple[tuple[str, Place], ...]
    source: str


def understood(answer: Mapping[str, Any], arguments: int = 0) -> Outcome:
    """An answer to a call with so many arguments as an outcome. Raises one of DECODE_ERRORS if it is none."""
    said = _Reader(answer)
    kind = said.text("is", MAX_NAME)
    if kind == "missing":
        return Missing(Lack(said.text("lack", MAX_NAME)), said.text("detail", MAX_MESSAGE), said.place("place"))
    printed, seconds = said.text("printed", MAX_PRINTED), said.seconds()
    match kind:
        case "loaded":
            return Returned(None, printed=printed, seconds=seconds)
        case "returned":
            positions = frozenset(map(_whole, said.rows("changed", arguments)))
            changed = tuple(position for position in range(arguments) if position in positions)
            return Returned(inert(answer["value"]), changed, printed, seconds)
        case "raised":
            error, message = said.text("error", MAX_NAME), said.text("message", MAX_MESSAGE)
            return Raised(error, message, said.place("place"), printed, seconds, said.behind())
    raise ValueError(kind)


def about(answer: Mapping[str, Any]) -> About:
    """What is said of a function that has been loaded. Raises one of DECODE_ERRORS."""
    said = _Reader(answer)
    parameters = tuple(said.taken(name, MAX_NAME) for name in said.rows("parameters", MOST_PARAMETERS))
    return About(parameters, frozenset(said.taken(name, MAX_NAME) for name in said.rows("depends", MOST_ROWS)))


def unreadable(answer: Mapping[str, Any]) -> str:
    """Why a notebook could not be opened. Raises one of DECODE_ERRORS."""
    return _Reader(answer).text("reason", MAX_REASON)


def opened(answer: Mapping[str, Any]) -> Opened:
    """What is said of the notebook. Raises one of DECODE_ERRORS."""
    return _opened(_Reader(answer))


def listing(answer: Mapping[str, Any]) -> Listing:
    """Everything that is said of the notebook. Raises one of DECODE_ERRORS."""
    said = _Reader(answer, 2 * wire.MAX_JSON)
    opened = _opened(said)
    ends = {name: _whole(answer["ends"][name]) for name in opened.found}
    indexes = {name: _whole(answer["indexes"][name]) for name in opened.found}
    skipped = tuple(map(_whole, said.rows("skipped_indexes", MOST_ROWS)))
    stars = (row for row in said.rows("modules", MOST_ROWS) if row[3] is True)
    star_imports = tuple((said.taken(name, MAX_REASON), _place(cell, line)) for name, cell, line, _ in stars)
    return Listing(opened, ends, indexes, skipped, star_imports, said.text("source", wire.MAX_JSON))


def _opened(said: _Reader) -> Opened:
    found = {
        said.taken(name, MAX_REASON): Found(said.taken(kind, MAX_NAME), _place(cell, line), stub is True)
        for name, (kind, cell, line, stub) in said.table("found")
    }
    left_out = tuple(
        LeftOut(_whole(cell), _whole(line), said.taken(reason, MAX_REASON), LeftOutKind(said.taken(kind, MAX_NAME)))
        for cell, line, kind, reason in said.rows("skipped", MOST_ROWS)
    )
    missing = said.rows("missing", MOST_ROWS)
    modules = tuple((said.taken(name, MAX_REASON), _place(cell, line)) for name, cell, line in missing)
    sources = {said.taken(name, MAX_REASON): said.taken(text, MAX_SOURCE) for name, text in said.table("sources")}
    return Opened(said.text("assignment", MAX_REASON), found, left_out, modules, sources)


class _Reader:
    """Takes the parts of an answer for what they should be; all texts together have one budget."""

    def __init__(self, answer: Mapping[str, Any], budget: int = MAX_ANSWER) -> None:
        self._answer, self._left = answer, budget

    def text(self, name: str, most: int) -> str:
        """A text by its name, empty if there is none."""
        return self.taken(self._answer.get(name, ""), most)

    def taken(self, said: Any, most: int) -> str:
        """A text, cut to as much as is of use. What is cut counts, too: nothing that is honest is longer."""
        if type(said) is not str:
            raise TypeError(f"{type(said).__name__} instead of a text")
        self._left -= len(said)
        if self._left < 0:
            raise ValueError("more text than an answer has")
        return said[:most]

    def rows(self, name: str, most: int) -> list[Any]:
        """A list, cut to as much as is of use."""
        said = self._answer.get(name, [])
        if type(said) is not list:
            raise TypeError(f"{type(said).__name__} instead of a list")
        return said[:most]

    def table(self, name: str) -> list[tuple[Any, Any]]:
        said = self._answer.get(name, {})
        if type(said) is not dict:
            raise TypeError(f"{type(said).__name__} instead of a dict")
        return list(said.items())

    def place(self, name: str) -> Place | None:
        said = self._answer.get(name)
        return None if said is None else _place(*said)

    def behind(self) -> Behind | None:
        """Why a name is not there: what went wrong where it should have been made."""
        if self._answer.get("behind") is None:
            return None
        behind = _Reader(self._answer["behind"], self._left)
        place = behind.place("place")
        error, message = behind.text("error", MAX_NAME), behind.text("message", MAX_MESSAGE)
        return Behind(error, message, place) if place else None

    def seconds(self) -> float:
        """How long it took, 0 if what is said is no length of time."""
        said = self._answer.get("seconds", 0.0)
        if type(said) not in (int, float):
            raise TypeError(f"{type(said).__name__} instead of seconds")
        return float(said) if 0.0 <= said < math.inf else 0.0


def _place(cell: Any, line: Any) -> Place:
    return Place(_whole(cell), _whole(line))


def _whole(said: Any) -> int:
    if type(said) is not int or not 0 <= said < MAX_WHOLE:
        raise TypeError("no number of a cell, a line or an argument")
    return said


def inert(value: Any) -> object:
    """The value with foreign parts as the model's own type, and so with whole numbers that no float can hold."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, wire.Foreign):
        return Opaque(value.type_name, value.shape)
    if isinstance(value, np.ndarray):
        return _inert_array(value) if value.dtype == object else value
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(inert(part) for part in value)
    if isinstance(value, dict):
        return {inert(key): inert(part) for key, part in value.items()}
    if isinstance(value, int) and value.bit_length() > LONGEST_WHOLE:
        return Opaque("int, larger than any float")
    return value


def _inert_array(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    parts = np.empty(array.size, object)
    for i, part in enumerate(array.ravel()):
        parts[i] = inert(part)
    return parts.reshape(array.shape)
