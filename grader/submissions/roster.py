"""The class list: who is in the class, under which of their names and numbers they hand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..model import GraderError, Submission
from .csv_file import CsvFile
from .names import id_of, key, names_of

FULL = "student|name|full name|student name|display name|vollständiger name|nom complet|nombre completo|nome completo"
FIRST = "first name|firstname|given name|forename|vorname|prénom|prenom|nombre|nome|voornaam"
LAST = "last name|lastname|surname|family name|nachname|nom|nom de famille|apellido|apellidos|cognome|achternaam"
IDS = (
    "id|student id|student number|id number|idnumber|sid|login|login id|username|user name|email|email address|e mail"
    "|sis user id|sis login id|integration id|orgdefinedid|netid|identifier|github username|github id|github"
    "|matrikelnummer|matrikel|matriculation number|id nummer|anmeldename|e mail adresse|benutzername"
    "|numéro d identification|adresse de courriel|número de id|dirección de correo|indirizzo email"
    "|numero id|e mailadres|id kennung"
)
SECTION = "section|sections|class section|tutorial|abteilung|sección|sezione"
GROUP = "group|groups|team|group name|gruppe|gruppen|groupe|grupo|gruppo|groep"
FULL_NAMES, FIRST_NAMES, LAST_NAMES, ID_NAMES, SECTION_NAMES, GROUP_NAMES = (
    frozenset(names.split("|")) for names in (FULL, FIRST, LAST, IDS, SECTION, GROUP)
)
CANVAS = {"sis user id", "section"}  # Canvas's own gradebook, in which not every row is a person
TEST_STUDENT = "Student, Test"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the class: how the person is called in reports, and everything that they are known by.

    names: how they may be called, the first of them in reports. ids: numbers, logins and addresses. others: what else
    stands in their line.
    """

    names: tuple[str, ...]
    ids: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    section: str = ""
    group: str = ""

    @property
    def student(self) -> str:
        """How the person is called in reports."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a class. unusable: lines that name nobody, each with its number and text."""

    people: tuple[Person, ...]
    unusable: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """Submissions with the names and ids of the class, in the order in which they were given.

    places: of whom on the list each submission is; None for those of nobody. doubtful: whose name is one person's and
    whose number is another's.
    """

    submissions: tuple[Submission, ...]
    places: tuple[int | None, ...]
    doubtful: tuple[Submission, ...] = ()

    @property
    def strangers(self) -> list[Submission]:
        """Submissions of nobody on the list."""
        return [one for one, place in zip(self.submissions, self.places, strict=True) if place is None]


def read(path: Path) -> Roster:
    """Everyone on a list, once. Raises GraderError as `lines` does."""
    listed = lines(path)
    return Roster(tuple(_merged(listed.people)), listed.unusable)


def lines(path: Path) -> Roster:
    """A person for each line of a CSV file with a header as a platform or a spreadsheet writes it.

    A person is called as a column for the whole name says, else by first and last name, else by an id. Raises
    GraderError if the file cannot be read or its header names no such column.
    """
    try:
        file = CsvFile(path.read_bytes())
    except (OSError, GraderError) as error:
        raise GraderError(f"{path}: the roster cannot be read: {error}") from error
    rows = [(number, row) for number, row in enumerate(file.rows, 1) if any(cell.strip() for cell in row)]
    header = [_heading(cell) for cell in rows[0][1]] if rows else []
    if not {*header} & {*FULL_NAMES, *FIRST_NAMES, *LAST_NAMES, *ID_NAMES}:
        raise GraderError(f"{path}: its first line must name the columns, for example: student,id,email")
    is_canvas = set(header) >= CANVAS
    people: list[Person] = []
    unusable: list[tuple[int, str]] = []
    for number, row in rows[1:]:
        person = _person(header, [cell.strip() for cell in row])
        if is_canvas and _is_no_person(header, row):
            continue
        if person is None:
            unusable.append((number, ",".join(row)))
        else:
            people.append(person)
    return Roster(tuple(people), tuple(unusable))


def matched(submissions: Iterable[Submission], people: Sequence[Person]) -> Matched:
    """Whose each submission is, by address or login, by name, or by number, whichever is one person's alone."""
    directory = Directory(people)
    given = list(submissions)
    places = [directory.place(*_known_by(submission)) for submission in given]
    return Matched(
        tuple(
            one if place is None else as_person(one, people[place]) for one, place in zip(given, places, strict=True)
        ),
        tuple(places),
        tuple(one for one in given if directory.is_doubtful(*_known_by(one))),
    )


def as_person(submission: Submission, person: Person) -> Submission:
    """The submission under the name and ids of a person of the class."""
    ids = tuple(dict.fromkeys((*submission.receipt.ids, submission.student, *person.ids, *person.names)))
    group, section = person.group or submission.receipt.group, person.section or submission.receipt.section
    receipt = replace(submission.receipt, ids=ids, group=group, section=section)
    return replace(submission, student=person.student, receipt=receipt)


def _known_by(submission: Submission) -> tuple[list[str], list[str]]:
    return [submission.student], [*submission.receipt.ids, submission.student]


class Directory:
    """Finds people by what they are known by; what two people share tells nobody."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people: list[Person] = []
        self._ids: defaultdict[str, set[int]] = defaultdict(set)
        self._names: defaultdict[str, set[int]] = defaultdict(set)
        self._turned: defaultdict[str, set[int]] = defaultdict(set)  # `Lovelace Ada` for `Ada Lovelace`
        self._others: defaultdict[str, set[int]] = defaultdict(set)
        for person in people:
            self.add(person)

    def add(self, person: Person) -> int:
        """Take one more; the place of this person."""
        place = len(self.people)
        self.people.append(person)
        for written in (written for name in person.names for written in names_of(name)):
            self._names[written].add(place)
        for first, _, last in (name.rpartition(" ") for name in person.names if "," not in name):
            self._turned[key(f"{last} {first}")].add(place)
        for text in person.ids:
            self._ids[id_of(text)].add(place)
        for text in (*person.ids, *person.others):
            self._others[key(text)].add(place)
        return place

    def place(self, names: Sequence[str], ids: Sequence[str]) -> int | None:
        """The one person who has one of these ids or names, or any of them elsewhere in their line."""
        if self.is_doubtful(names, ids):
            return None
        ways = (self._by_login(ids), self._by_name(names), self._by_number(ids))
        anywhere = _single(self._others, map(key, (*ids, *names)))
        return next((place for place in ways if place is not None), anywhere)

    def is_doubtful(self, names: Sequence[str], ids: Sequence[str]) -> bool:
        """Whether name and number are those of two people: each system has numbers of its own."""
        name, number = self._by_name(names), self._by_number(ids)
        return self._by_login(ids) is None and None not in (name, number) and name != number

    def _by_login(self, ids: Iterable[str]) -> int | None:
        """By what is the same wherever it stands: an address, a login, a number with letters in it."""
        return _single(self._ids, (id_of(text) for text in ids if not id_of(text).isdigit()))

    def _by_name(self, names: Iterable[str]) -> int | None:
        written = [each for name in names for each in names_of(name)]
        place = _single(self._names, written)
        return _single(self._turned, written) if place is None else place

    def _by_number(self, ids: Iterable[str]) -> int | None:
        return _single(self._ids, (id_of(text) for text in ids if id_of(text).isdigit()))


def _single(known: dict[str, set[int]], names: Iterable[str]) -> int | None:
    """The one person who is known by the first of these names that is one person's alone."""
    for name in names:
        places = known.get(name, set()) if name else set()
        if len(places) == 1:
            return next(iter(places))
    return None


def _heading(text: str) -> str:
    """A column's name without its signs: `First_name`, `E-mail` and `Apellido(s)` are read as people read them."""
    plain = "".join(char if char.isalnum() else " " for char in text.replace("(s)", "s")).casefold()
    return " ".join(plain.split())


def _person(header: Sequence[str], row: Sequence[str]) -> Person | None:
    """The person of a line; None if it names nobody."""
    cells = list(zip(header, row, strict=False))
    ids = tuple(dict.fromkeys(text.removeprefix("#") for text in _of(cells, ID_NAMES)))
    names = tuple(dict.fromkeys([*_names(cells), *ids[:1]]))
    if not names:
        return None
    known = {*FULL_NAMES, *FIRST_NAMES, *LAST_NAMES, *ID_NAMES, *SECTION_NAMES, *GROUP_NAMES}
    others = tuple(text for heading, text in cells if text and heading not in known)
    section, group = (", ".join(_of(cells, names)) for names in (SECTION_NAMES, GROUP_NAMES))
    return Person(names, ids, others, section, group)


def _names(cells: Sequence[tuple[str, str]]) -> list[str]:
    """How a person may be called; `Name` beside `Vorname` is the last name."""
    whole, first, last = (" ".join(_of(cells, names)) for names in (FULL_NAMES, FIRST_NAMES, LAST_NAMES))
    if first and not last:
        whole, last = "", whole
    both = [f"{first} {last}", f"{last} {first}"] if first and last else [first or last]
    return [name for name in (whole, *both) if name]


def _of(cells: Iterable[tuple[str, str]], headings: Collection[str]) -> list[str]:
    return [text for heading, text in cells if text and heading in headings]


def _is_no_person(header: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row of Canvas's gradebook is about the columns (points, how they are posted) or its test student."""
    cells = dict(zip(header, row, strict=False))
    return not cells.get("id", "").strip() or cells.get("student", "").strip() == TEST_STUDENT


def _merged(people: Iterable[Person]) -> list[Person]:
    """One person for lines that have all names and ids in common, as who is in two sections has two lines."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Person] = {}
    for person in people:
        same = (tuple(map(key, person.names)), tuple(map(id_of, person.ids)))
        before = found.setdefault(same, person)
        found[same] = replace(before, others=(*before.others, *person.others)) if before is not person else before
    return list(found.values())
