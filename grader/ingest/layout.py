"""What a layout of downloads knows: whose a file is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .entries import Entry
from .submission import Receipt


@dataclass(frozen=True, slots=True)
class Owner:
    """Who handed a file in. also: who else, where several did it together. assignment: what for, where that is said."""

    student: str
    receipt: Receipt
    also: tuple[str, ...] = ()
    assignment: str = ""


NOT_HANDED_IN = Owner("", Receipt())
"""The owner of what lies in a download without being anybody's."""

Claim = Callable[[Entry], Owner | None]
