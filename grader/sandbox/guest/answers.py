"""What there is to say of a student's code, as data that can be sent."""

from __future__ import annotations

import io
import traceback
from enum import StrEnum
from typing import Any

# In characters; the host cuts what is longer, and takes for no answer what has much more.
MAX_MESSAGE = 1_000
MAX_PRINTED = 10_000
MAX_SOURCE = 20_000
MAX_REASON = 500
MAX_NAME = 100
MOST_ROWS = 1_000
MOST_PARAMETERS = 20

Answer = dict[str, Any]
CellPlace = tuple[int, int]  # the number of a cell, and the line in it
Failure = tuple[BaseException, CellPlace]


class Lack(StrEnum):
    """Why there is nothing to call."""

    UNDEFINED = "undefined"
    STUB = "stub"
    NOT_CALLABLE = "not_callable"
    NOT_IMPLEMENTED = "not_implemented"
    SYNTAX = "syntax"
    CELL_MAGIC = "cell_magic"
    SPELLING = "spelling"
    LOOK_ALIKE = "look_alike"
    TEXT_CELL = "text_cell"
    NESTED = "nested"
    NOT_LOADED = "not_loaded"
    NOT_YET = "not_yet"  # in a running notebook


def missing(lack: Lack, detail: str = "", place: CellPlace | None = None) -> Answer:
    """There is nothing to call; detail and place: as the kind of lack needs them."""
    return {"is": "missing", "lack": str(lack), "detail": detail, "place": place}


def raised(error: BaseException, where: CellPlace | None = None, behind: Failure | None = None) -> Answer:
    """An exception: its type, its message, where in the notebook, and the failure that it follows from.

    where: the place for an error that arose in no cell.
    """
    answer: Answer = {"is": "raised", **_described(error), "place": _innermost_place(error) or where}
    if behind:
        cause, place = behind
        answer["behind"] = {**_described(cause), "place": place}
    return answer


def _described(error: BaseException) -> Answer:
    return {"error": type(error).__name__[:MAX_NAME], "message": _text_of(error)}


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except BaseException:
        return ""


def _innermost_place(error: BaseException) -> CellPlace | None:
    """Cell and line of the innermost frame that is the student's."""
    frames = traceback.walk_tb(error.__traceback__)
    places = [(frame.f_code.co_filename, line) for frame, line in frames]
    in_cells = [(int(name[5:]), line) for name, line in places if name.startswith("cell ") and name[5:].isdigit()]
    return in_cells[-1] if in_cells else None


class Printed(io.TextIOBase):
    """Takes what student code prints and keeps the beginning of it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._room = MAX_PRINTED

    def writable(self) -> bool:
        """It can always be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep as much of the text as there is room for."""
        kept = str(text)[: self._room]
        self._parts.append(kept)
        self._room -= len(kept)
        return len(text)

    def take(self) -> str:
        """What was printed since the last time."""
        text = "".join(self._parts)
        self._parts, self._room = [], MAX_PRINTED
        return text
