"""What student code prints, up to a limit.

Loaded by file path into the student's process, so it imports nothing of grader.
"""

from __future__ import annotations

import io

MAX_PRINTED = 10_000


class Printed(io.TextIOBase):
    """Takes what student code prints and keeps the beginning of it."""

    def __init__(self) -> None:
        """Start with nothing printed."""
        self.parts: list[str] = []
        self.room = MAX_PRINTED

    def writable(self) -> bool:
        """It can always be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep as much of the text as there is room for."""
        kept = str(text)[: self.room]
        self.parts.append(kept)
        self.room -= len(kept)
        return len(text)

    def take(self) -> str:
        """What was printed since the last time."""
        text = "".join(self.parts)
        self.parts, self.room = [], MAX_PRINTED
        return text
