"""The class list: who is in the class, under which of their names and numbers they hand in."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..model import GraderError, Submission

NAMES = ("student", "name", "full name", "student name")
IDS = ("id", "student id", "sis user id", "sid", "login", "sis login id", "username", "email", "email address")


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the roster: how the person is called in reports, and everything that they are known by."""

    student: str
    ids: tuple[str, ...]


def read(path: Path) -> list[Person]:
    """Everyone on the roster, from a CSV file with a header.

    A person is called by the first of the columns student, name, full name or student name, else by the first column;
    every cell is something that they may be known by. Raises GraderError where the file cannot be used.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)] or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GraderError(f"{path}: the roster cannot be read: {error}") from error
    headings = [cell.strip().casefold() for cell in header]
    if not set(headings) & {*NAMES, *IDS}:
        raise GraderError(f"{path}: its first line must name the columns, such as: student,id,email")
    called = next((headings.index(name) for name in NAMES if name in headings), 0)
    return [_person(row, called, path) for row in rows]


def matched(
    submissions: Iterable[Submission], people: Iterable[Person]
) -> tuple[list[Submission], list[Person], list[Submission]]:
    """The submissions with the roster's names and ids; who handed in nothing; submissions of nobody on the roster."""
    listed = list(people)
    known: dict[str, set[int]] = {}
    for place, person in enumerate(listed):
        for name in person.ids:
            known.setdefault(_key(name), set()).add(place)
    seen: set[int] = set()
    named: list[Submission] = []
    strangers: list[Submission] = []
    for submission in submissions:
        number = _number(submission, known)
        if number is None:
            strangers.append(submission)
        else:
            seen.add(number)
        named.append(submission if number is None else _as(submission, listed[number]))
    return named, [person for place, person in enumerate(listed) if place not in seen], strangers


def _person(row: list[str], called: int, path: Path) -> Person:
    cells = [cell.strip() for cell in row]
    if called >= len(cells) or not cells[called]:
        raise GraderError(f"{path}: a line of the roster names nobody: {','.join(row)}")
    return Person(cells[called], tuple(dict.fromkeys(filter(None, cells))))


def _number(submission: Submission, known: dict[str, set[int]]) -> int | None:
    """The one person that the submission can be of; what two people share, a section or a name, tells nobody."""
    for name in (*submission.receipt.ids, submission.student):
        numbers = known.get(_key(name), set()) if _key(name) else set()
        if len(numbers) == 1:
            return next(iter(numbers))
    return None


def _as(submission: Submission, person: Person) -> Submission:
    ids = tuple(dict.fromkeys((*submission.receipt.ids, submission.student, *person.ids)))
    return replace(submission, student=person.student, receipt=replace(submission.receipt, ids=ids))


def _key(name: str) -> str:
    """Letters and digits alone, so that `Lovelace, Ada`, `lovelaceada` and a name in another Unicode form meet."""
    normal = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in normal if unicodedata.category(char)[0] in "LMN")
