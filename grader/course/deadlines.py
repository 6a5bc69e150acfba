"""When something is due for one person, and how late it was.

What holds for the section or the group replaces what holds for all; an extension, and a standing share of more time,
win over the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from ..assignment.vocabulary import Deadline


class Scope(IntEnum):
    """For whom a line holds, in the order in which one wins over another."""

    SECTION = 1
    GROUP = 2
    STUDENT = 3


@dataclass(frozen=True, slots=True)
class Extension:
    """Another due time, or more of it, for a student, a group or a section.

    assignment: empty for every one. until: when it is due instead. share: of the time from opening to the due time that
    is added to it, 0.25 for a quarter more.
    """

    scope: Scope
    who: str
    assignment: str = ""
    until: datetime | None = None
    share: float = 0.0
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """When it is due for one person, and why then, if that is not when it is due for all."""

    at: datetime
    is_own: bool = False
    reason: str = ""


def due(deadline: Deadline, extensions: Iterable[Extension]) -> Due:
    """The due time under those extensions that are about the person and the assignment.

    Of several for the same scope the latest counts. Whoever has both a later time and a share more has the later of
    the two. Raises ValueError if there is a share and the deadline does not say when the assignment opened.
    """
    listed = list(extensions)
    general = _latest(listed, Scope.GROUP) or _latest(listed, Scope.SECTION) or Due(deadline.due)
    ways = [way for way in (_latest(listed, Scope.STUDENT), _lengthened(deadline, general, listed)) if way]
    return max(ways, key=lambda way: way.at) if ways else general


def days_late(deadline: Deadline, due: Due, at: datetime | None, said: bool | None) -> int:
    """The days begun after the due time, none within the grace. A time without a zone is in the deadline's.

    said: whether the system that took it calls it late, None if it does not say. What is not called late is not late.
    What is called late, without a time, is so by a day, but not for those who were given more time than the system
    knows of.
    """
    if said is False:
        return 0
    if at is None:
        return int(bool(said) and not due.is_own)
    return deadline.days_begun(at.replace(tzinfo=at.tzinfo or deadline.due.tzinfo), due.at)


def _latest(extensions: Iterable[Extension], scope: Scope) -> Due | None:
    """The latest of the due times that are set for this scope."""
    found = [Due(one.until, True, one.reason) for one in extensions if one.scope is scope and one.until]
    return max(found, key=lambda one: one.at) if found else None


def _lengthened(deadline: Deadline, general: Due, extensions: Iterable[Extension]) -> Due | None:
    """The due time with the largest share more."""
    shares = [one for one in extensions if one.share]
    if not shares:
        return None
    if deadline.opened is None:
        raise ValueError("a share of the time needs the deadline's `opens`")
    most = max(shares, key=lambda one: one.share)
    return Due(general.at + most.share * (general.at - deadline.opened), True, most.reason)
