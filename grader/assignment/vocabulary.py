"""The words of a declaration: cases, limits, deadlines and known mistakes. `declaration` puts them together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from ..model.cases import Arguments, Case
from ..model.errors import GraderError

Reference = Callable[..., object]


class DeclarationError(GraderError):
    """A declaration that cannot be used; the message names what to mend, the loader adds file and line."""


def python_name(name: str) -> str:
    """A name as Python compares names: `µ` (micro sign) and `μ` (Greek letter) are one."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def case(name: str, /, *args: object, weight: float = 1.0, **keywords: object) -> Case:
    """One call to make: a name for people, then the arguments as the function is given them, by position and by name.

    Raises DeclarationError if the weight is not positive.
    """
    if not weight > 0:
        raise DeclarationError(f"case {name!r}: weight is {weight}, it must be above 0")
    return Case(name, Arguments((*args, *keywords.values()), keywords), float(weight))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may use: seconds of wall clock for a case and for the whole, memory in MiB."""

    case_seconds: float = 2.0
    submission_seconds: float = 30.0
    memory_mb: int = 2048

    def __post_init__(self) -> None:
        """Refuse limits under which nothing could run."""
        for name in ("case_seconds", "submission_seconds", "memory_mb"):
            if not getattr(self, name) > 0:
                raise DeclarationError(f"limits: {name} is {getattr(self, name)}, it must be above 0")


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an assignment is due, and what it costs to be late.

    at: "2026-11-27 23:59", as the clocks of `zone` ("Europe/Berlin") show it. After grace_minutes a submission loses
    the share per_day of its points for each day that has begun since `at`, but no more than the share cap. Lateness
    costs nothing by default, and everything with per_day=1. opens: when the assignment is given out, written as `at`;
    it is needed if some are to have a share more of the time.
    """

    at: str
    zone: str
    per_day: float = 0.0
    cap: float = 1.0
    grace_minutes: float = 0.0
    opens: str = ""

    def __post_init__(self) -> None:
        """Refuse what is not a time, and shares outside of 0 to 1."""
        try:
            self.due  # noqa: B018 - computing it is the test
        except (ValueError, OSError, KeyError) as error:
            raise DeclarationError(f"deadline: at={self.at!r} in zone={self.zone!r} is not a time: {error}") from error
        try:
            is_before = self.opened is None or self.opened < self.due
        except ValueError as error:
            raise DeclarationError(f"deadline: opens={self.opens!r} is not a time: {error}") from error
        if not is_before:
            raise DeclarationError(f"deadline: opens={self.opens!r} must be before at={self.at!r}")
        for name in ("per_day", "cap"):
            if not 0 <= getattr(self, name) <= 1:
                raise DeclarationError(f"deadline: {name} is {getattr(self, name)}, it must be in [0, 1]")
        if self.grace_minutes < 0:
            raise DeclarationError(f"deadline: grace_minutes is {self.grace_minutes}, it must not be negative")

    @property
    def due(self) -> datetime:
        """The moment, with its time zone."""
        return self._moment(self.at)

    @property
    def opened(self) -> datetime | None:
        """When the assignment is given out, if that is declared."""
        return self._moment(self.opens) if self.opens else None

    def _moment(self, text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            raise ValueError("the zone has a field of its own")
        return moment.replace(tzinfo=ZoneInfo(self.zone))

    def late_by(self, submitted: datetime, due: datetime | None = None) -> timedelta:
        """How late a submission is, zero if it is not, or within the grace. submitted: with a time zone.

        due: when it is due for whoever handed it in, if not when it is due for all.
        """
        late = submitted.timestamp() - (due or self.due).timestamp()
        return timedelta(seconds=late if late > 60 * self.grace_minutes else 0)

    def share_lost(self, submitted: datetime) -> float:
        """The share of its points that a submission of this moment loses, 0 to 1. submitted: with a time zone."""
        return self.cost(self.days_begun(submitted))

    def days_begun(self, submitted: datetime, due: datetime | None = None) -> int:
        """The days begun since the deadline, none within its grace. submitted, due: as in `late_by`."""
        return ceil(self.late_by(submitted, due) / timedelta(days=1))

    def cost(self, days: int) -> float:
        """The share of the points that so many days cost, 0 to 1."""
        return min(self.cap, self.per_day * days)


@dataclass(frozen=True, eq=False)
class Mistake:
    """A known slip: what to tell the student, what to ask them, and which steps of the reference it replaces.

    steps maps functions that the reference calls to the wrong versions of them, so that two mistakes compose.
    convention: it is not a slip but another lecture's way, which still earns the assignment's `convention_earns`;
    earns, if given, is that share of the points for this one alone.
    """

    name: str
    says: str
    asks: str
    steps: Mapping[Reference, Reference]
    earns: float = 0.0
    convention: bool = False

    def __post_init__(self) -> None:
        """Refuse a mistake that could not be shown or that changes nothing."""
        if not (self.name and self.says and self.steps):
            raise DeclarationError(f"mistake {self.name!r} needs a name, a sentence and at least one replaced step")
        if not 0 <= self.earns <= 1:
            raise DeclarationError(f"mistake {self.name!r}: earns is {self.earns}, it must be in [0, 1]")


def like(rng: np.random.Generator, *args: Any) -> tuple[Any, ...]:
    """Arguments like these: fractions of the same size and sign at most, whole numbers up to twice as large.

    Shapes stay, and so do texts, truth values and whatever else is not a number.
    """
    return tuple(_like(rng, arg) for arg in args)


def _like(rng: np.random.Generator, value: Any) -> Any:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(rng.integers(min(value, 1), 2 * abs(value) + 2))
    if isinstance(value, float):
        return float(_fractions(rng, np.array([value]))[0])
    if isinstance(value, np.ndarray):
        return _fractions(rng, value) if value.dtype.kind == "f" else _whole(rng, value)
    if isinstance(value, list | tuple):
        return type(value)(_like(rng, part) for part in value)
    if isinstance(value, dict):
        return {key: _like(rng, part) for key, part in value.items()}
    return value


def _fractions(rng: np.random.Generator, array: Any) -> Any:
    """Between the bounds of the array, widened to 0 where all have one sign."""
    low, high = min(0.0, float(array.min(initial=0.0))), max(0.0, float(array.max(initial=0.0)))
    return rng.uniform(low, high or (1.0 if low == 0.0 else 0.0), array.shape)


def _whole(rng: np.random.Generator, array: Any) -> Any:
    return rng.permutation(array.ravel()).reshape(array.shape)
