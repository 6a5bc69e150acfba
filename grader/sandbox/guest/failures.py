"""What went wrong in a student's code, as data that can be sent.

Loaded by file path into the student's process, so it imports nothing of grader.
"""

from __future__ import annotations

import traceback
from typing import Any

MAX_MESSAGE = 2_000

Answer = dict[str, Any]


def missing(reason: str) -> Answer:
    """There is nothing to call."""
    return {"is": "missing", "reason": reason}


def raised(
    error: BaseException,
    unit_place: tuple[int, int] | None = None,
    behind: tuple[BaseException, Any] | None = None,
) -> Answer:
    """An exception as data: its type, its message, where in the notebook, and the failure behind it."""
    place = _place(error) or unit_place
    answer: Answer = {"is": "raised", "error": type(error).__name__[:100], "message": _text_of(error), "place": place}
    if behind:
        cause, unit = behind
        answer["behind"] = [type(cause).__name__[:100], _text_of(cause), [unit.cell, unit.line]]
    return answer


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except BaseException:
        return ""


def _place(error: BaseException) -> list[int] | None:
    """Cell and line of the innermost frame that is the student's."""
    frames = traceback.walk_tb(error.__traceback__)
    places = [(frame.f_code.co_filename, line) for frame, line in frames]
    ours = [(int(name[5:]), line) for name, line in places if name.startswith("cell ") and name[5:].isdigit()]
    return list(ours[-1]) if ours else None


def last_frame(error: BaseException) -> str:
    """The name of the function in which it was raised."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return frames[-1][0].f_code.co_name if frames else ""
