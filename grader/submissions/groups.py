"""People who hand in together: one hand-in, a submission for each of them.

Groups come from the system that took the hand-in, from a file of two columns (group, student), or from a column of the
roster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..model import GraderError, Submission
from . import roster
from .names import key
from .roster import Directory, Matched, Person, as_person

Groups = Mapping[str, Sequence[int]]
"""The members of each group, by their places in the class."""
_HandedIn = tuple[Submission, int | None]  # with the place of whoever it is of, None for the group itself


@dataclass(frozen=True, slots=True)
class Grouping:
    """Who is in which group, and what a person may have to look at.

    people: the class. several: those in more than one group, with the groups. unusable: lines that name nobody.
    """

    people: tuple[Person, ...]
    groups: Groups
    several: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unusable: tuple[tuple[int, str], ...] = ()


def of_roster(people: Sequence[Person]) -> Grouping:
    """The groups that the roster's own column names."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        if person.group:
            members[person.group].append(place)
    return Grouping(tuple(people), members)


def read(path: Path, people: Sequence[Person]) -> Grouping:
    """The groups of a CSV file with the columns group and student; a student is called by name or id.

    Whoever is not in the class, or if there is no roster, is called as the file says. Raises GraderError if the file
    cannot be read or has no such columns.
    """
    try:
        listed = roster.lines(path)
    except GraderError as error:
        raise GraderError(f"{path}: the groups cannot be read; the columns are: group,student ({error})") from error
    if not any(person.group for person in listed.people):
        raise GraderError(f"{path}: no line names a group; the columns are: group,student")
    directory = Directory(people)
    members: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for one in listed.people:
        place = directory.place(one.names, [*one.ids, *one.names])
        if one.group:
            members[one.group][directory.add(replace(one, group="")) if place is None else place] = None
    groups = {group: tuple(places) for group, places in members.items()}
    return Grouping(tuple(directory.people), groups, _several(directory.people, groups), listed.unusable)


def _several(people: Sequence[Person], groups: Groups) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who is in more than one group."""
    of: defaultdict[int, list[str]] = defaultdict(list)
    for group, places in groups.items():
        for place in places:
            of[place].append(group)
    return tuple((people[place].student, tuple(names)) for place, names in of.items() if len(names) > 1)


def expanded(matched: Matched, grouping: Grouping) -> Matched:
    """A submission for each member of the group that it is of, whichever of them handed it in.

    What several members handed in are attempts of the group: the newest counts, if every time is known, else what a
    member handed in alone counts for that member.
    """
    by_group: defaultdict[str, list[_HandedIn]] = defaultdict(list)
    others: list[_HandedIn] = []
    names = {key(group): group for group in grouping.groups}
    groups_of: defaultdict[int | None, list[str]] = defaultdict(list)
    for group, places in grouping.groups.items():
        for place in places:
            groups_of[place].append(group)
    for submission, by in zip(matched.submissions, matched.places, strict=True):
        groups = groups_of[by] if by is not None else [names[k] for k in [key(submission.student)] if k in names]
        for group in groups:
            by_group[group].append((submission, by))
        if not groups:
            others.append((submission, by))
    for group, handed_in in by_group.items():
        members = {place: replace(grouping.people[place], group=group) for place in grouping.groups[group]}
        others += [(one, place) for place in members for one in _of_member(place, handed_in, members)]
    once = {(one.name, place): one for one, place in reversed(others)}  # whoever is in two groups has one row
    ordered = list(reversed(once.items()))
    return Matched(tuple(one for _, one in ordered), tuple(place for (_, place), _ in ordered), matched.doubtful)


def larger_than(size: int, submissions: Iterable[Submission]) -> list[tuple[str, ...]]:
    """The people of each hand-in that is of more than so many."""
    together: defaultdict[Path, dict[str, None]] = defaultdict(dict)
    for submission in submissions:
        together[submission.path].setdefault(submission.student)
    found = dict.fromkeys(tuple(people) for people in together.values())
    return [people for people in found if len(people) > size]


def _of_member(place: int, handed_in: Sequence[_HandedIn], members: Mapping[int, Person]) -> Iterable[Submission]:
    """What the group handed in, as one member's. What others handed in as well is an older attempt at the same."""
    member = members[place]
    label = _label(member, members)
    own = {one.path for one, by in handed_in if by == place}
    counting = [(one, by) for one, by in handed_in if by == place or one.path not in own]
    winner = _winner(place, counting)
    work = next(_work(one) for one, by in counting if by == winner)
    for one, by in counting:
        theirs = one if by == place else replace(one, student=member.student, receipt=replace(one.receipt, ids=()))
        receipt = as_person(theirs, member).receipt
        receipt = replace(receipt, attempt_of=f"{label} {_work(one) if by == winner else work}")
        receipt = receipt if by == winner else replace(receipt, attempt=-1)
        is_first = by == place or (by is None and place == next(iter(members)))
        name = one.name if is_first else f"{one.name} ({label})"
        yield Submission(name, member.student, one.path, one.content, receipt, one.kind, one.helpers)


def _label(member: Person, members: Mapping[int, Person]) -> str:
    """What tells a member from the others of the group."""
    alike = [other for other in members.values() if other.student == member.student]
    return member.student if len(alike) == 1 else f"{member.student} {' '.join(member.ids)}"


def _work(submission: Submission) -> str:
    return submission.receipt.attempt_of or submission.name


def _winner(place: int, handed_in: Sequence[_HandedIn]) -> int | None:
    """Whose hand-in counts for the member at this place."""
    is_timed = all(one.receipt.at for one, _ in handed_in)
    if not is_timed and any(by == place for _, by in handed_in):
        return place
    return max(handed_in, key=lambda pair: (_moment(pair[0]), pair[0].receipt.attempt, pair[1] == place))[1]


def _moment(submission: Submission) -> datetime:
    at = submission.receipt.at
    return at.replace(tzinfo=at.tzinfo or UTC) if at else datetime.min.replace(tzinfo=UTC)
