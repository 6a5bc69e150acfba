"""What a process says, taken for no more than it can be: text is cut, numbers are checked, foreign values are named.

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

MAX_TEXT = 20_000
MOST_LEFT_OUT = 1_000  # places of a notebook, each with a reason
MOST_REASON = 500
MOST_PARAMETERS = 20
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


def understood(answer: Mapping[str, Any], arguments: int = 0) -> Outcome:
    """An answer to a call with so many arguments as an outcome. Raises one of DECODE_ERRORS if it is none."""
    printed, seconds = text(answer.get("printed", "")), _duration(answer.get("seconds", 0.0))
    match answer["is"]:
        case "loaded":
            return Returned(None, printed=printed, seconds=seconds)
        case "returned":
            changed = tuple(position for position in range(arguments) if position in answer["changed"])
            return Returned(inert(answer["value"]), changed, printed, seconds)
        case "raised":
            place = _place(answer.get("place"))
            behind = _behind(answer.get("behind"))
            return Raised(text(answer["error"]), text(answer["message"]), place, printed, seconds, behind)
        case "missing":
            return Missing(Lack(answer["lack"]), text(answer.get("detail", "")), _place(answer.get("place")))
    raise ValueError(answer["is"])


def text(said: object) -> str:
    """A text of the process's, as long as one that the child sends when it is left alone."""
    return str(said)[:MAX_TEXT]


def _duration(said: Any) -> float:
    """Seconds, where they are a length of time."""
    seconds = float(said)
    return seconds if 0.0 <= seconds < math.inf else 0.0


def about(answer: Mapping[str, Any]) -> About:
    """What is said of a function that has been loaded."""
    names = tuple(str(name)[:100] for name in answer.get("parameters", ())[:MOST_PARAMETERS])
    return About(names, frozenset(map(str, answer.get("depends", ()))))


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


def _behind(behind: Any) -> Behind | None:
    """Why a name is not there: what went wrong where it should have been made."""
    if not behind:
        return None
    place = _place(behind["place"])
    return Behind(text(behind["error"]), text(behind["message"]), place) if place else None


def _place(place: Any) -> Place | None:
    return Place(int(place[0]), int(place[1])) if place else None


def opened(answer: Mapping[str, Any]) -> Opened:
    """What is said of the notebook."""
    found = {
        str(name): Found(str(kind), Place(int(cell), int(line)), bool(stub))
        for name, (kind, cell, line, stub) in answer["found"].items()
    }
    left_out = tuple(
        LeftOut(int(cell), int(line), str(reason)[:MOST_REASON], LeftOutKind(kind))
        for cell, line, kind, reason in answer["skipped"][:MOST_LEFT_OUT]
    )
    missing = answer["missing"][:MOST_LEFT_OUT]
    modules = tuple((str(name)[:MOST_REASON], Place(int(cell), int(line))) for name, cell, line in missing)
    sources = {str(name): text(source) for name, source in answer.get("sources", {}).items()}
    return Opened(str(answer["assignment"])[:MOST_REASON], found, left_out, modules, sources)
