"""The results of several folders as one term: a person has one row, however each system spells the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..assignment import catalogue
from ..assignment.vocabulary import Deadline
from ..course.term import TermRow, Weight, Work, term_row
from ..model import Grade, GraderError, SubmissionStatus
from ..submissions.csv_file import CsvFile
from ..submissions.names import id_of, key, names_of
from .record import results

NOT_OF_ONE_PERSON = ("submission_",)  # each download counts these anew
YES = {"1", "yes", "true", "x", "y"}


@dataclass(frozen=True, slots=True)
class Member:
    """One of the class over the term: how they are called, and what they are known by."""

    student: str
    ids: tuple[str, ...]
    row: TermRow


def term(
    folders: Sequence[Path], weights: Sequence[Weight] = (), excused: Path | None = None, free_days: int = 0
) -> tuple[list[Weight], list[Member]]:
    """The assignments, and a row for each person of any of the folders, by name.

    Without weights each assignment counts the same. Raises GraderError if a folder has no results, if two hold the
    same assignment, or if the weights name one that is in none.
    """
    graded = {}
    for folder in folders:
        grades = results.read(folder)
        if not grades:
            raise GraderError(f"{folder}: no results are there; `grader grade … -o {folder}` writes them")
        if grades[0].assignment in graded:
            raise GraderError(f"{folder}: the results of {grades[0].assignment} are in another folder, too")
        graded[grades[0].assignment] = grades
    unknown = [one.assignment for one in weights if one.assignment not in graded]
    if unknown:
        raise GraderError(f"the weights name {', '.join(unknown)}, of which no folder has results")
    counting = list(weights) or [Weight(name) for name in graded]
    people = _people([grade for grades in graded.values() for grade in grades])
    free = _excused(excused) if excused else {}
    members = [_member(person, counting, free, free_days) for person in people]
    return counting, sorted(members, key=lambda member: key(member.student))


def read_weights(path: Path) -> list[Weight]:
    """The lines of assignment,weight,drop_group,bonus. Raises GraderError, naming the line, if one cannot be used."""
    found = []
    for number, cells in _table(path, "assignment", ("weight", "drop_group", "bonus")):
        try:
            weight = float(cells.get("weight") or 1)
        except ValueError:
            weight = -1.0
        if weight < 0 or not cells["assignment"]:
            raise GraderError(f"{path}, line {number}: an assignment and a weight from 0 up are needed")
        is_bonus = cells.get("bonus", "").casefold() in YES
        found.append(Weight(cells["assignment"], weight, cells.get("drop_group", ""), is_bonus))
    return found


def read_letters(path: Path) -> list[tuple[float, str]]:
    """The lines of percent,letter: from how many per cent on there is which. Raises GraderError if one is no such."""
    found = []
    for number, cells in _table(path, "percent", ("letter",)):
        try:
            found.append((float(cells["percent"].replace(",", ".")), cells.get("letter", "")))
        except ValueError as error:
            raise GraderError(f"{path}, line {number}: percent is {cells['percent']!r}, it must be a number") from error
    return found


def _excused(path: Path) -> dict[str, list[str]]:
    """The lines of assignment,student: who need not have done what."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, cells in _table(path, "assignment", ("student", "reason")):
        found[cells["assignment"]].append(cells.get("student", ""))
    return found


def _table(path: Path, first: str, others: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The lines of a CSV file, by its columns. Raises GraderError if it cannot be read or has others."""
    try:
        header, *rows = CsvFile(path.read_bytes()).rows
    except (OSError, GraderError) as error:
        raise GraderError(f"{path}: it cannot be read: {error}") from error
    names = [cell.strip().casefold() for cell in header]
    if first not in names or not {*names} <= {first, *others}:
        raise GraderError(f"{path}: the columns are: {', '.join((first, *others))}")
    lines = [(number, dict(zip(names, map(str.strip, row), strict=False))) for number, row in enumerate(rows, 2)]
    return [(number, cells) for number, cells in lines if any(cells.values())]


def _member(
    grades: Sequence[Grade], weights: Sequence[Weight], excused: Mapping[str, Iterable[str]], free_days: int
) -> Member:
    work: dict[str, Work] = {}
    for grade in grades:
        known = work.get(grade.assignment)
        work[grade.assignment] = _better(known, _work(grade)) if known else _work(grade)
    ids = tuple(dict.fromkeys(text for grade in grades for text in grade.record.ids))
    free = [name for name, who in excused.items() if any(_is(each, grades) for each in who)]
    student = next((grade.student for grade in grades if " " in grade.student), grades[0].student)
    return Member(student, ids, term_row(weights, work, free, free_days))


def _is(who: str, grades: Iterable[Grade]) -> bool:
    known = {id_of(text) for grade in grades for text in (grade.student, *grade.record.ids)}
    names = {written for grade in grades for written in names_of(grade.student)}
    return id_of(who) in known or not names.isdisjoint(names_of(who))


def _better(one: Work, other: Work) -> Work:
    """Of several notebooks of one person the one with more; what is not settled stays so."""
    if one.percent is None or other.percent is None:
        return one if one.percent is None else other
    return max(one, other, key=lambda work: work.percent or 0.0)


def _work(grade: Grade) -> Work:
    if grade.status is SubmissionStatus.GRADER_FAULT:
        return Work(None)
    return Work(grade.percent, grade.late.days, _forgiven(grade)) if grade.late else Work(grade.percent)


def _forgiven(grade: Grade) -> Callable[[int], float] | None:
    """The percentage with some of its late days forgiven; a score that a person set stays."""
    late, deadline = grade.late, _deadline(grade.record.assignment)
    if late is None or grade.override or not grade.max_score:
        return None

    def at(free: int) -> float:
        left = late.days - free
        lost = late.of * deadline.cost(left) if deadline else late.lost * left / late.days
        return 100.0 * (late.of - lost) / grade.max_score

    return at


def _deadline(folder: str) -> Deadline | None:
    """The rules of the assignment, if it is still where it was."""
    try:
        return catalogue.load(folder).deadline if folder else None
    except GraderError:
        return None


class _Person:
    """The grades of one person so far, and what they are known by."""

    def __init__(self) -> None:
        self.grades: list[Grade] = []
        self.addresses: set[str] = set()
        self.numbers: set[str] = set()

    def add(self, grade: Grade) -> None:
        self.grades.append(grade)
        self.addresses |= _addresses(grade)
        self.numbers |= _numbers(grade)

    def may_be(self, grade: Grade) -> bool:
        """Whether neither addresses nor numbers tell somebody of the same name apart."""
        pairs = ((self.addresses, _addresses(grade)), (self.numbers, _numbers(grade)))
        return not any(own and others and own.isdisjoint(others) for own, others in pairs)


def _people(grades: Iterable[Grade]) -> list[list[Grade]]:
    """The grades of each person: those that share an address, or a name that no address or number tells apart."""
    people: list[_Person] = []
    by_address: dict[str, _Person] = {}
    by_name: defaultdict[str, list[_Person]] = defaultdict(list)
    for grade in grades:
        addresses = _addresses(grade)
        name = "".join(sorted(key(grade.student)))  # `lovelaceada`, `Ada Lovelace` and `Lovelace, Ada` are one
        known = next((by_address[text] for text in addresses if text in by_address), None)
        known = known or next((person for person in by_name[name] if person.may_be(grade)), None)
        if known is None:
            known = _Person()
            people.append(known)
        known.add(grade)
        by_address.update(dict.fromkeys(addresses, known))
        if known not in by_name[name]:
            by_name[name].append(known)
    return [person.grades for person in people]


def _addresses(grade: Grade) -> set[str]:
    """What is one person's wherever it stands: addresses, and logins with letters and digits."""
    texts = {id_of(text) for text in grade.record.ids if " " not in text.strip()}
    own = {text for text in texts if "@" in text or not (text.isdigit() or text.isalpha())}
    return {text for text in own if not text.startswith(NOT_OF_ONE_PERSON)}


def _numbers(grade: Grade) -> set[str]:
    return {id_of(text) for text in grade.record.ids if id_of(text).isdigit()}
