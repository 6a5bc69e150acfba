"""Several assignments make a term: weights, the lowest dropped, excused work, bonus, free late days, letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weight:
    """What an assignment counts. drop_group: of those with the same name a person's lowest is dropped.

    bonus: it adds its weighted percentage, and nobody is the worse for not having done it.
    """

    assignment: str
    weight: float = 1.0
    drop_group: str = ""
    bonus: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What one person has for one assignment.

    percent: None if it is not settled, because the grader failed or a person has still to mark it. days: how late it
    was; at: what it would be with this many free late days, from 0 to days.
    """

    percent: float | None
    days: int = 0
    at: Callable[[int], float] | None = None


@dataclass(frozen=True, slots=True)
class TermRow:
    """What a term comes to for one person. total: in per cent, with a bonus more than 100; None while work is open."""

    percents: Mapping[str, float | None]
    total: float | None
    dropped: tuple[str, ...]
    missing: tuple[str, ...]
    open: tuple[str, ...]
    free_days: Mapping[str, int]


def term_row(
    weights: Sequence[Weight], work: Mapping[str, Work], excused: Collection[str] = (), free_days: int = 0
) -> TermRow:
    """The term of one person. What was not handed in is 0; what is excused counts for nothing, either way.

    weights: the assignments of the term, in their order. free_days: late days that cost nothing, used in that order.
    """
    used = _spent([one.assignment for one in weights], work, free_days)
    percents: dict[str, float | None] = {}
    for one in weights:
        if one.assignment not in excused:
            percents[one.assignment] = _percent(work.get(one.assignment), used.get(one.assignment, 0))
    counting = [one for one in weights if one.assignment in percents]
    open_ = tuple(one.assignment for one in counting if percents[one.assignment] is None)
    missing = tuple(one.assignment for one in counting if one.assignment not in work)
    dropped = _dropped(counting, percents)
    kept = [one for one in counting if one.assignment not in dropped]
    return TermRow(percents, None if open_ else _total(kept, percents), dropped, missing, open_, used)


def letter(total: float, table: Iterable[tuple[float, str]]) -> str:
    """The letter of the highest step that is reached; empty below all of them."""
    reached = [(least, name) for least, name in table if round(total, 6) >= least]
    return max(reached)[1] if reached else ""


def _spent(order: Iterable[str], work: Mapping[str, Work], free_days: int) -> dict[str, int]:
    """How many free days go to each assignment, the first that is late being served first."""
    used: dict[str, int] = {}
    for name in order:
        days = min(work[name].days if name in work else 0, free_days)
        if days:
            used[name] = days
            free_days -= days
    return used


def _percent(work: Work | None, free: int) -> float | None:
    if work is None:
        return 0.0
    return work.at(free) if free and work.at and work.percent is not None else work.percent


def _dropped(counting: Iterable[Weight], percents: Mapping[str, float | None]) -> tuple[str, ...]:
    """The lowest of each group that has two; nothing while one of them is not settled."""
    groups: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    unsettled: set[str] = set()
    for one in counting:
        percent = percents[one.assignment]
        if not one.drop_group:
            continue
        if percent is None:
            unsettled.add(one.drop_group)
        else:
            groups[one.drop_group].append((percent, one.assignment))
    settled = [found for group, found in groups.items() if group not in unsettled and len(found) > 1]
    return tuple(min(found, key=lambda pair: pair[0])[1] for found in settled)


def _total(kept: Iterable[Weight], percents: Mapping[str, float | None]) -> float | None:
    listed = [(one, percents[one.assignment] or 0.0) for one in kept]
    base = sum(one.weight for one, _ in listed if not one.bonus)
    return sum(one.weight * percent for one, percent in listed) / base if base else None
