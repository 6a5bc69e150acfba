"""What the person who asks for a report chooses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choices:
    """show_values: tell students the numbers of the cases that are drawn from the secret seed, too.

    pages: where the folder of feedback pages lies, as a link from the file that is made. fill and column: the
    content of the gradebook that was downloaded, and which of its columns takes the grades.
    """

    show_values: bool = False
    pages: str = "feedback"
    fill: bytes = b""
    column: str = ""
