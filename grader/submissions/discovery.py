"""What is handed in: from paths on the command line to the submissions that lie there.

a path ──▶ files ──▶ one layout for all of them ──▶ hand-ins ──▶ which file of each is graded ──▶ submissions
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..model.errors import GraderError
from ..model.submission import Content, Submission
from . import plain
from .files import ZIP, Entry, Refused, entries
from .lms import LAYOUTS, Layout
from .lms.layout import Download, Owners
from .selection import (
    NOTEBOOK,
    SCRIPT,
    File,
    HandIn,
    Why,
    beside,
    defines,
    file_of,
    imported,
    is_called_notebook,
    selected,
    with_unpacked,
)

LONGEST_NAME = 200
EXPORT = re.compile(r"assignment_\d+_export")  # the folder in which Gradescope's archive holds everything


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that is not graded: its path within what was given, whose it is if that is known, and why."""

    name: str
    path: Path
    why: Why
    student: str = ""


@dataclass(frozen=True, slots=True)
class NearlyALayout:
    """A download most of whose names are as a system writes them, but for these: no layout is taken from it."""

    path: Path
    system: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that lies at some paths.

    left: what is not graded. nearly: downloads of which no layout was taken, though most names look like one.
    """

    submissions: tuple[Submission, ...] = ()
    left: tuple[LeftFile, ...] = ()
    nearly: tuple[NearlyALayout, ...] = ()


@dataclass(frozen=True, slots=True)
class _Question:
    """What is looked for: the assignment, the names of its exercises, and a folder that is passed over."""

    assignment: str
    asked: tuple[str, ...]
    but: Path | None


def find(paths: Iterable[Path], assignment: str = "") -> list[Submission]:
    """All submissions at these paths: notebooks and .py files, those in folders or LMS downloads; each file once.

    assignment: if a download holds several, the name of the one that is wanted.
    Raises GraderError if a path does not exist or is of no kind that can be graded.
    """
    return list(survey(paths, assignment).submissions)


def own(path: Path) -> Submission:
    """The file at this path as its author's own: whatever it imports from its folder is there when it runs.

    Raises GraderError if there is none, or if it is neither a notebook nor a script.
    """
    (submission,) = _at(path, _Question("", (), None)).submissions
    modules = imported(plain.file_at(path), beside(plain.file_at(path), plain.neighbours(path)))
    return replace(submission, helpers={name: file.entry.content for name, file in modules.items()})


def survey(paths: Iterable[Path], assignment: str = "", asked: Iterable[str] = (), but: Path | None = None) -> Found:
    """The submissions at these paths, and what is not graded and why.

    asked: the names of the exercises, by which it is told which of several files is graded. but: a folder that is
    passed over. Raises GraderError if a path does not exist or is of no kind that can be graded.
    """
    given = [path.absolute() if path.name in ("", "..") else path for path in dict.fromkeys(paths)]
    question = _Question(assignment, tuple(asked), but.resolve() if but else None)
    parts = [_under(f"{path.name}/" if len(given) > 1 else "", _at(path, question)) for path in given]
    every = [submission for part in parts for submission in part.submissions]
    once = {(one.path.absolute(), one.student, one.receipt.ids): one for one in reversed(every)}
    graded = {submission.path.absolute() for submission in every}
    left = [file for part in parts for file in part.left if file.path.absolute() not in graded]
    nearly = [one for part in parts for one in part.nearly]
    return Found(tuple(_with_unique_names(list(reversed(once.values())))), tuple(left), tuple(nearly))


def _at(path: Path, question: _Question) -> Found:
    if not path.exists():
        raise GraderError(f"{path}: there is no such file or folder")
    if path.is_dir() or path.suffix.lower() == ZIP:
        listed = [entry for entry in entries(path) if not _is_within(entry.path, path, question.but)]
        return _within(Download(path, tuple(listed)), question)
    file = plain.file_at(path)
    if not file.kind and not is_called_notebook(file.entry):
        raise GraderError(f"{path}: neither a notebook (.ipynb), a .py file, a folder nor a zip archive")
    others = plain.neighbours(path)
    is_alone = not any(other.kind == NOTEBOOK or defines(other, question.asked) for other in others)
    found = _found([HandIn([file, *(others if is_alone else ())], selected([file], ()), is_shared=True)])
    return replace(found, left=())


def _within(download: Download, question: _Question) -> Found:
    """What a folder or an archive holds; what a system exports may lie in one folder within it."""
    layout, nearly = _decided(download)
    if layout is not None:
        found = _laid_out(download, layout.owners(download), question)
        own = set(layout.written(download)).intersection(download.files)  # the system's lists are no hand-ins
        return replace(found, left=tuple(file for file in found.left if file.name not in own or file.student))
    top = next(iter(download.tops), "")
    if len(download.tops) == 1 and (EXPORT.fullmatch(top) or top == download.path.stem) and top in download.folders:
        inner = tuple(replace(entry, name="/".join(entry.parts[1:])) for entry in download.entries)
        return _under(f"{top}/", _within(Download(download.path / top, inner), question))
    found = _found(plain.hand_ins(download.entries, question.asked))
    return replace(found, nearly=(nearly,) if nearly else ())


def _decided(download: Download) -> tuple[Layout | None, NearlyALayout | None]:
    """The one layout in which a system wrote every name at the top under which there is something to grade.

    A student can choose one name or a few, in whatever folder they land; only a system writes all of them.
    """
    needed = {top for top, within in download.tops.items() if any(map(_may_be_graded, within))} or set(download.tops)
    nearly = None
    for layout in LAYOUTS:
        others = needed.difference(layout.written(download))
        if needed and not others:
            return layout, None
        if len(others) < len(needed) / 2:
            nearly = NearlyALayout(download.path, layout.TITLE, tuple(sorted(others)))
    return None, nearly


def _may_be_graded(entry: Entry) -> bool:
    return entry.suffix in (NOTEBOOK, SCRIPT, ZIP) or is_called_notebook(entry)


def _laid_out(download: Download, owners: Owners, question: _Question) -> Found:
    """The hand-ins of a download that a system laid out."""
    told = [(entry, owners(entry)) for entry in download.entries]
    is_among = question.assignment in {whose.assignment for _, whose in told if whose and whose.assignment}
    left: list[LeftFile] = []
    together: dict[str, list[File]] = {}
    for entry, whose in told:
        if whose is None:
            left.append(LeftFile(entry.name, entry.path, Why.NOT_HANDED_IN))
        elif is_among and whose.assignment not in ("", question.assignment):
            left.append(LeftFile(entry.name, entry.path, Why.OTHER_ASSIGNMENT, readable(whose.people[0].student)))
        else:
            together.setdefault(whose.hand_in, []).append(file_of(entry, whose))
    complete = [with_unpacked(files) for files in together.values()]
    found = _found(HandIn(files, selected(files, question.asked)) for files in complete)
    return _without_superseded(replace(found, left=(*left, *found.left)))


def _without_superseded(found: Found) -> Found:
    """Attempts that hold nothing to grade do not count for those who have one that can be graded."""
    readable = {one.receipt.attempt_of for one in found.submissions if not isinstance(one.content, Refused)} - {""}
    kept, left = [], []
    for one in found.submissions:
        if isinstance(one.content, Refused) and one.receipt.attempt_of in readable:
            left.append(LeftFile(one.name, one.path, Why.SUPERSEDED, one.student))
        else:
            kept.append(one)
    return replace(found, submissions=tuple(kept), left=(*found.left, *left))


def _found(hand_ins: Iterable[HandIn]) -> Found:
    """The submissions of hand-ins, and what is left of their files."""
    submissions: list[Submission] = []
    left: dict[Path, LeftFile] = {}
    for hand_in in hand_ins:
        graded = [file.entry.path for file in hand_in.graded]
        taken = {*graded, *(archive for path in graded for archive in path.parents)}
        rest = [file for file in hand_in.files if file.entry.path not in taken]
        for file in hand_in.graded:
            helpers = _helpers(file, rest, hand_in)
            submissions += _submissions(file, {name: helper.entry.content for name, helper in helpers.items()})
            left |= {helper.entry.path: _left(helper, hand_in, Why.HELPER) for helper in helpers.values()}
        for file in rest:
            left.setdefault(file.entry.path, _left(file, hand_in))
    return Found(tuple(submissions), tuple(left.values()))


def _helpers(file: File, rest: Iterable[File], hand_in: HandIn) -> dict[str, File]:
    """What lies beside a file when it runs; in a plain folder only what it imports, and only if it is one person's."""
    if not hand_in.is_shared:
        return beside(file, rest)
    return imported(file, beside(file, rest)) if len(hand_in.graded) == 1 else {}


def _left(file: File, hand_in: HandIn, why: Why | None = None) -> LeftFile:
    if why is None:
        why = Why.TEST if file.is_test and file.kind == SCRIPT else Why.HELPER if file.kind else Why.NOT_CODE
    student = "" if hand_in.is_shared else readable(file.owner.people[0].student)
    return LeftFile(file.entry.name, file.entry.path, why, student)


def _submissions(file: File, helpers: Mapping[str, Content]) -> Iterator[Submission]:
    """One for each of those who handed it in."""
    entry = file.entry
    kind = "" if entry.path.suffix == file.kind else file.kind
    for person in file.owner.people:
        student = readable(person.student) or readable(entry.stem)
        ids = tuple(filter(None, map(readable, person.receipt.ids)))
        receipt = replace(person.receipt, ids=ids, attempt_of=readable(person.receipt.attempt_of))
        name = entry.name if person is file.owner.people[0] else f"{entry.name} ({student})"
        yield Submission(name, student, entry.path, entry.content, receipt, kind, helpers)


def readable(text: str) -> str:
    """Text of a stranger's that can be written everywhere: composed, on one line, without lone surrogates."""
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return " ".join("".join(char if char.isprintable() else " " for char in whole).split())[:LONGEST_NAME]


def _is_within(path: Path, given: Path, folder: Path | None) -> bool:
    return folder is not None and folder.is_relative_to(given.resolve()) and path.resolve().is_relative_to(folder)


def _under(prefix: str, found: Found) -> Found:
    """What was found, with names that begin with the folder in which it lies."""
    if not prefix:
        return found
    submissions = tuple(replace(one, name=prefix + one.name) for one in found.submissions)
    left = tuple(replace(one, name=prefix + one.name) for one in found.left)
    return replace(found, submissions=submissions, left=left)


def _with_unique_names(found: list[Submission]) -> list[Submission]:
    """Two paths with the same name and the same files within are told apart by their whole path, others by a number."""
    count = Counter(submission.name for submission in found)
    names: Counter[str] = Counter()
    unique = []
    for one in found:
        name = one.name if count[one.name] == 1 else one.path.as_posix()
        names[name] += 1
        unique.append(replace(one, name=name if names[name] == 1 else f"{name} ({names[name]})"))
    return unique
