"""The class of a run: what was handed in, by whom, and who handed in nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..assignment.declaration import Assignment
from ..feedback.escaping import csv_lines, one_line
from ..model import GraderError, Submission
from ..submissions import roster
from ..submissions.attempts import Attempts, chosen
from ..submissions.discovery import find, helpers

ABSENT = "not_handed_in.csv"
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Class:
    """Submissions to be graded, older attempts at the same, and what the roster says; only: one student was asked for.

    absent: who handed in nothing. strangers: submissions of nobody on the roster. Both are None without a roster.
    helpers: .py files that are not graded, since they lie beside notebooks.
    """

    submissions: list[Submission]
    older: list[Submission]
    absent: list[roster.Person] | None = None
    strangers: list[Submission] | None = None
    only: str = ""
    helpers: tuple[str, ...] = ()

    def notices(self) -> list[str]:
        """What a person may have to look at, a line each."""
        absent, strangers = self.absent or [], self.strangers or []
        found = [("on the roster handed in nothing", [person.student for person in absent])]
        found.append(("are of nobody on the roster", [submission.name for submission in strangers]))
        found.append(("are older attempts and do not count", [submission.name for submission in self.older]))
        found.append(("beside notebooks taken for helpers; to have one graded, name it", [*self.helpers]))
        return [f"{len(names)} {what}: {_listed(names)}" for what, names in found if names and not self.only]

    def write_absent(self, folder: Path) -> None:
        """Write the list of those who handed in nothing, where there is a roster."""
        if self.absent is None or self.only:
            return
        from ..reports import files  # noqa: PLC0415

        rows = [[person.student, " ".join(person.ids)] for person in self.absent]
        files.write(folder / ABSENT, csv_lines([["student", "ids"], *rows]))


def at(paths: list[Path], assignment: str, output: Path) -> list[Submission]:
    """Everything at these paths but what the grader itself left in the folder of results.

    Raises GraderError where there is nothing to grade, or where results would lie among the submissions.
    """
    results = output.resolve()
    if results in [path.resolve() for path in paths]:
        raise GraderError(f"-o {output}: results would lie among the submissions; name another folder")
    found = [one for one in find(paths, assignment) if not one.path.resolve().is_relative_to(results)]
    if not found:
        raise GraderError(f"{', '.join(map(str, paths))}: no notebook (.ipynb) or .py file is there; nothing to grade")
    return found


def beside_notebooks(paths: list[Path], given: list[Submission], declared: Assignment) -> tuple[str, ...]:
    """The .py files that are not graded since they lie beside notebooks, but for those that the assignment gave out."""
    return tuple(name for name in helpers(paths, given) if Path(name).name not in declared.support)


def handed_in(given: list[Submission], attempts: Attempts, roster_file: Path | None, only: str) -> Class:
    """What counts of the submissions, by the roster's names. Raises GraderError where `only` is nobody's name."""
    found, older = chosen(given, attempts)
    if roster_file is None:
        return Class(_only(found, only), older, only=only)
    named, absent, strangers = roster.matched(found, roster.read(roster_file))
    return Class(_only(named, only), older, absent, strangers, only)


def _only(submissions: list[Submission], only: str) -> list[Submission]:
    """Those of one student, by name, id or submission; all of them where none is asked for."""
    if not only:
        return submissions
    of_one = [one for one in submissions if only in (one.name, one.student, *one.receipt.ids)]
    if not of_one:
        raise GraderError(f"--only {only}: nobody here has this name or id; there are {len(submissions)} submissions")
    return of_one


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(one_line(name, 60) for name in names[:MOST_NAMED]) + more
