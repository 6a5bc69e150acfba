"""The class of a run: what was handed in, by whom, and who handed in nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..assignment.declaration import Assignment
from ..model import GraderError, Submission
from ..submissions import roster
from ..submissions.attempts import chosen
from ..submissions.discovery import find, helpers
from .options import RunOptions


@dataclass(frozen=True, slots=True)
class ClassList:
    """The submissions that are to be graded, and what goes with them.

    older: attempts that do not count any more. absent: who on the roster handed in nothing; None without a roster.
    strangers: submissions of nobody on the roster. helpers: .py files beside notebooks, which are not graded.
    """

    submissions: Sequence[Submission]
    older: Sequence[Submission] = ()
    absent: Sequence[roster.Person] | None = None
    strangers: Sequence[Submission] = ()
    helpers: Sequence[str] = ()


def class_list(paths: Sequence[Path], declared: Assignment, output: Path, options: RunOptions) -> ClassList:
    """Everything at these paths that counts, by the roster's names, but for what is in the folder of results.

    Raises GraderError if there is nothing to grade, if the results would lie among the submissions, or if nobody has
    the name that `options.only` asks for.
    """
    given = _handed_in(paths, declared.name, output)
    beside = tuple(name for name in helpers(paths, given) if Path(name).name not in declared.support)
    counting, older = chosen(given, options.attempts)
    absent: list[roster.Person] | None = None
    strangers: list[Submission] = []
    if options.roster is not None:
        counting, absent, strangers = roster.matched(counting, roster.read(options.roster))
    return ClassList(_only(counting, options.only), older, absent, strangers, beside)


def _handed_in(paths: Sequence[Path], assignment: str, output: Path) -> list[Submission]:
    results = output.resolve()
    if results in [path.resolve() for path in paths]:
        raise GraderError(f"-o {output}: results would lie among the submissions; name another folder")
    found = [one for one in find(paths, assignment) if not one.path.resolve().is_relative_to(results)]
    if not found:
        raise GraderError(f"{', '.join(map(str, paths))}: no notebook (.ipynb) or .py file is there; nothing to grade")
    return found


def _only(submissions: list[Submission], only: str) -> list[Submission]:
    """Those of one student, by name, id or submission; all of them if none is asked for."""
    if not only:
        return submissions
    of_one = [one for one in submissions if only in (one.name, one.student, *one.receipt.ids)]
    if not of_one:
        raise GraderError(f"--only {only}: nobody here has this name or id; there are {len(submissions)} submissions")
    return of_one
