"""More time for some, in a CSV file: for a student, a group or a section, for one assignment or for every one.

scope,who,assignment,until,share,reason
student,ada@example.edu,backprop_relu,2026-12-04 23:59,,illness
student,s1815,,,0.25,standing accommodation
section,Tuesday,backprop_relu,2026-12-01,,the laboratory was closed
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path

from ..assignment.declaration import Assignment
from ..assignment.vocabulary import Deadline
from ..course.deadlines import Extension, Scope
from ..model import Grade, GraderError
from ..submissions.csv_file import CsvFile
from ..submissions.names import id_of, key, names_of

FILE = "extensions.csv"
NEEDED = ("scope", "who", "reason")
COLUMNS = ("scope", "who", "assignment", "until", "share", "reason")
END_OF_DAY = time(23, 59)


def read(path: Path, declared: Assignment) -> tuple[Extension, ...]:
    """The lines that are about this assignment. Raises GraderError, naming file and line, if one cannot be used."""
    try:
        header, *rows = CsvFile(path.read_bytes()).rows
    except (OSError, GraderError) as error:
        raise GraderError(f"{path}: the extensions cannot be read: {error}") from error
    names = [cell.strip().casefold() for cell in header]
    if not {*NEEDED} <= {*names} <= {*COLUMNS}:
        raise GraderError(f"{path}: the columns are: {', '.join(COLUMNS)}")
    found = []
    for number, row in enumerate(rows, 2):
        cells = dict(zip(names, map(str.strip, row), strict=False))
        if any(cells.values()) and cells.get("assignment", "") in ("", declared.name):
            found.append(_extension(cells, declared, f"{path}, line {number}", number))
    return tuple(found)


def holds(extension: Extension, grade: Grade) -> bool:
    """Whether an extension is about whoever handed this in: by name or id, or by their group or section."""
    if extension.scope is Scope.GROUP:
        return bool(grade.record.group) and key(extension.who) == key(grade.record.group)
    if extension.scope is Scope.SECTION:
        return key(extension.who) in [key(each) for each in grade.record.section.split(",") if key(each)]
    known = (grade.student, *grade.record.ids)
    return id_of(extension.who) in map(id_of, known) or not {*names_of(extension.who)}.isdisjoint(
        names_of(grade.student)
    )


def _extension(cells: Mapping[str, str], declared: Assignment, where: str, line: int) -> Extension:
    deadline = declared.deadline
    if deadline is None:
        raise GraderError(f"{where}: {declared.name} has no deadline, so there is nothing to extend")
    if cells["scope"].upper() not in Scope.__members__:
        raise GraderError(f"{where}: scope is {cells['scope']!r}, it must be student, group or section")
    if not cells.get("who"):
        raise GraderError(f"{where}: for whom is it? Fill in who")
    if not cells.get("reason"):
        raise GraderError(f"{where}: a reason is needed")
    until, share = _until(cells.get("until", ""), deadline, where), _share(cells.get("share", ""), where)
    if until is None and not share:
        raise GraderError(f"{where}: fill in until (a time) or share (of the time from opening to the due time)")
    if share and deadline.opened is None:
        raise GraderError(f"{where}: a share of the time needs Deadline(opens=…) in the declaration")
    scope = Scope[cells["scope"].upper()]
    return Extension(scope, cells["who"], cells.get("assignment", ""), until, share, cells["reason"], line)


def _until(text: str, deadline: Deadline, where: str) -> datetime | None:
    """A time as the clocks of the deadline's zone show it, or with a zone of its own; a day ends at 23:59."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        at = datetime.combine(at, END_OF_DAY) if len(text) <= len("2026-12-01") else at
        return at.replace(tzinfo=at.tzinfo or deadline.due.tzinfo)
    except ValueError as error:
        raise GraderError(f"{where}: until is {text!r}; write it like 2026-12-01 23:59") from error


def _share(text: str, where: str) -> float:
    if not text:
        return 0.0
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 10:
        raise GraderError(f"{where}: share is {text!r}; write a quarter more time as 0.25")
    return share
