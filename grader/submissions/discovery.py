"""What is handed in: from paths on the command line to the submissions that lie there."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..model import GraderError, Receipt, Submission
from .files import Entry, OnDisk, Refused, entries, on_disk
from .lms import LAYOUTS
from .lms.layout import NOT_HANDED_IN, Owner

NOTEBOOK, SCRIPT, ARCHIVE = ".ipynb", ".py", ".zip"


def find(paths: Iterable[Path], assignment: str = "") -> list[Submission]:
    """All submissions at these paths: notebooks and .py files, those in folders or LMS downloads; each file once.

    assignment: where a download holds several, the name of the one that is wanted.
    Raises GraderError where a path does not exist or is of no kind that can be graded.
    """
    given = list(paths)
    found = [submission for path in given for submission in _at(path, assignment, prefix=len(given) > 1)]
    once = {(submission.path.absolute(), submission.student): submission for submission in reversed(found)}
    return _with_unique_names(list(reversed(once.values())))


def helpers(paths: Iterable[Path], found: Iterable[Submission]) -> list[str]:
    """Names of the .py files in folders of no known download that are none of the submissions found at these paths."""
    graded = {submission.path.absolute() for submission in found}
    return [
        entry.name
        for folder in paths
        if folder.is_dir()
        for entry, owner in _owned(folder)
        if entry.suffix == SCRIPT and owner.is_plain and entry.path.absolute() not in graded
    ]


def _at(path: Path, assignment: str, prefix: bool) -> Iterator[Submission]:
    if not path.exists():
        raise GraderError(f"{path}: there is no such file or folder")
    if path.is_dir() or path.suffix.lower() == ARCHIVE:
        for submission in _within(path.absolute() if path.name in ("", "..") else path, assignment):
            yield replace(submission, name=f"{path.name}/{submission.name}") if prefix else submission
    elif path.suffix.lower() in (NOTEBOOK, SCRIPT):
        entry = on_disk(path, path.name)
        yield Submission(path.name, path.stem, path, OnDisk(path), Receipt(at=entry.modified))
    else:
        raise GraderError(f"{path}: neither a notebook (.ipynb), a .py file, a folder nor a zip archive")


def _within(path: Path, assignment: str) -> Iterator[Submission]:
    """The submissions of a folder or an archive, whatever it was that made it."""
    owned = [(entry, owner) for entry, owner in _owned(path) if owner is not NOT_HANDED_IN]
    if any(owner.assignment == assignment for _, owner in owned if assignment):
        owned = [(entry, owner) for entry, owner in owned if owner.assignment in ("", assignment)]
    together: dict[tuple[bool, str], list[tuple[Entry, Owner]]] = {}
    for entry, owner in owned:
        together.setdefault((owner.is_plain, owner.hand_in), []).append((entry, owner))
    for group in together.values():
        for entry, owner in _graded_of(group):
            yield from _submissions(entry, owner)


def _owned(path: Path) -> Iterator[tuple[Entry, Owner]]:
    """Each file with its owner: the first layout that knows one, else the file's own name."""
    found = entries(path)
    claims = [claim for layout in LAYOUTS if (claim := layout.claim(path, found))]
    for entry in found:
        owners = (claim(entry) for claim in claims)
        yield entry, next((owner for owner in owners if owner), None) or _plain(entry)


def _plain(entry: Entry) -> Owner:
    return Owner(entry.stem, Receipt(at=entry.modified), "/".join(entry.parts[:-1]), is_plain=True)


def _graded_of(group: list[tuple[Entry, Owner]]) -> Iterator[tuple[Entry, Owner]]:
    """Notebooks; .py files only where no notebook is with them, being helpers there; else whatever a student sent."""
    for suffix in (NOTEBOOK, SCRIPT):
        of_kind = [(entry, owner) for entry, owner in group if entry.suffix == suffix]
        if of_kind:
            yield from of_kind
            return
    entry, owner = group[0]
    if not owner.is_plain:
        content = Refused(f"{entry.parts[-1]} is neither a notebook (.ipynb) nor a .py file, and nothing else is there")
        yield replace(entry, content=content), owner


def _submissions(entry: Entry, owner: Owner) -> Iterator[Submission]:
    student = unicodedata.normalize("NFC", owner.student)
    yield Submission(entry.name, student, entry.path, entry.content, owner.receipt)
    for other in owner.also:
        yield Submission(f"{entry.name} ({other})", other, entry.path, entry.content, owner.receipt)


def _with_unique_names(found: list[Submission]) -> list[Submission]:
    """Two paths with the same name and the same files within are told apart by their whole path."""
    count = Counter(submission.name for submission in found)
    return [
        submission if count[submission.name] == 1 else replace(submission, name=submission.path.as_posix())
        for submission in found
    ]
