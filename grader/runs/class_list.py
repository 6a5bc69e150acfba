"""The class of a run: what was handed in, by whom, and who handed in nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..assignment.declaration import Assignment
from ..model.errors import GraderError
from ..model.submission import Submission
from ..submissions import groups, roster
from ..submissions.attempts import chosen
from ..submissions.discovery import Found, LeftFile, NearlyALayout, survey
from .options import RunOptions


@dataclass(frozen=True, slots=True)
class ClassNotes:
    """What a person may have to look at.

    older: attempts that do not count any more. strangers: submissions of nobody on the roster. doubtful: those whose
    name is one person's on the roster and whose number is another's. left: files that are not graded. nearly: downloads
    of which no layout was taken. unusable: lines of the roster or the groups that name nobody, with their file and
    number. unlisted: who is in a group and not on the roster. large: hand-ins of more people than are allowed.
    several: people in several groups. untimed: submissions that may be late, since no time is known of them.
    """

    older: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    left: tuple[LeftFile, ...] = ()
    nearly: tuple[NearlyALayout, ...] = ()
    unusable: tuple[tuple[Path, int, str], ...] = ()
    unlisted: tuple[str, ...] = ()
    large: tuple[tuple[str, ...], ...] = ()
    several: tuple[tuple[str, tuple[str, ...]], ...] = ()
    untimed: tuple[str, ...] = ()


NOTHING_TO_NOTE = ClassNotes()


@dataclass(frozen=True, slots=True)
class ClassList:
    """The submissions that are to be graded. absent: who on the roster handed in nothing; None without a roster."""

    submissions: Sequence[Submission]
    absent: Sequence[roster.Person] | None = None
    notes: ClassNotes = NOTHING_TO_NOTE


def class_list(paths: Sequence[Path], declared: Assignment, output: Path, options: RunOptions) -> ClassList:
    """Everything at these paths that counts, by the roster's names, but for what is in the folder of results.

    Raises GraderError if there is nothing to grade, if the results would lie among the submissions, or if nobody has
    the name that `options.only` asks for.
    """
    found = _handed_in(paths, declared, output)
    listed = roster.read(options.roster) if options.roster else roster.Roster(())
    grouping = groups.read(options.groups, listed.people) if options.groups else groups.of_roster(listed.people)
    matched = groups.expanded(roster.matched(found.submissions, grouping.people), grouping)
    counting, older = chosen(matched.submissions, options.attempts)
    there = set(matched.places)
    absent = [person for place, person in enumerate(listed.people) if place not in there]
    unusable = [(options.roster, *line) for line in listed.unusable if options.roster]
    unusable += [(options.groups, *line) for line in grouping.unusable if options.groups]
    unlisted = grouping.people[len(listed.people) :] if options.roster else ()
    notes = ClassNotes(
        older=tuple(one.name for one in older),
        strangers=tuple(one.name for one in matched.strangers if options.roster),
        doubtful=tuple(one.name for one in matched.doubtful),
        left=tuple(file for file in found.left if file.path.name not in declared.support),
        nearly=found.nearly,
        unusable=tuple(unusable),
        unlisted=tuple(person.student for person in unlisted),
        large=tuple(groups.larger_than(declared.group_size, counting)),
        several=grouping.several,
        untimed=tuple(one.name for one in counting if declared.deadline and _is_untimed(one)),
    )
    return ClassList(_only(counting, options.only), absent if options.roster else None, notes)


def _handed_in(paths: Sequence[Path], declared: Assignment, output: Path) -> Found:
    if output.resolve() in [path.resolve() for path in paths]:
        raise GraderError(f"-o {output}: results would lie among the submissions; name another folder")
    found = survey(paths, declared.name, [exercise.name for exercise in declared.exercises], output)
    if not found.submissions:
        raise GraderError(f"{', '.join(map(str, paths))}: no notebook (.ipynb) or .py file is there; nothing to grade")
    return found


def _is_untimed(submission: Submission) -> bool:
    return submission.receipt.at is None and submission.receipt.late is None


def _only(submissions: list[Submission], only: str) -> list[Submission]:
    """Those of one student, by name, id or submission; all of them if none is asked for."""
    if not only:
        return submissions
    of_one = [one for one in submissions if only in (one.name, one.student, *one.receipt.ids)]
    if not of_one:
        raise GraderError(f"--only {only}: nobody here has this name or id; there are {len(submissions)} submissions")
    return of_one
