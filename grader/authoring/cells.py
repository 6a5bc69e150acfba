"""A master notebook's cells, each with its part in the assignment, whichever tool the master was written for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from . import template


class Part(Enum):
    """What a cell is there for."""

    TEXT = auto()  # read by students
    CODE = auto()  # run by students as it is
    SOLUTION = auto()  # written by students
    TESTS = auto()  # calls the solution; never shown
    CASES = auto()  # this project's own: points and cases of a function
    ASSIGNMENT = auto()  # this project's own: title and seed, and what cases are drawn with
    BY_HAND = auto()  # graded by a person
    TOOL = auto()  # settings of the tool


@dataclass(slots=True)
class MasterCell:
    """One cell; label: the grade id or the question's name; points where the cell says some."""

    source: str
    part: Part
    is_code: bool
    label: str = ""
    points: float | None = None


_OWN = re.compile(r"\A\s*#\s*(?P<kind>CASES|ASSIGNMENT):")
_MARK = re.compile(
    r"\A\s*#\s*(?P<edge>BEGIN|END|ASSIGNMENT)\s+(?P<what>QUESTION|SOLUTION|TESTS|PROMPT|CONFIG)", re.IGNORECASE
)
_OLD_CONFIG = re.compile(r"```\s*\n\s*BEGIN (QUESTION|ASSIGNMENT)\b(?P<settings>.*?)```", re.DOTALL)
_TEST_CONFIG = re.compile(r'"""\s*#\s*BEGIN TEST CONFIG(?P<settings>.*?)"""\s*#\s*END TEST CONFIG', re.DOTALL)
_OLD_TEST = re.compile(r"\A\s*#+\s*(HIDDEN )?TEST\b")
_SETTING = re.compile(r"^\s*(?P<key>\w+):[ \t]*(?P<value>.*?)\s*$", re.MULTILINE)
_WRITTEN_ANSWER = re.compile(r"\A\s*[*_#\s]*SOLUTION\b")
_TOOLS_LINES = re.compile(r"^\s*(import otter|\w+ = otter\.Notebook\(|grader\.(check|export)).*$\n?", re.MULTILINE)
_LIST_ITEM = re.compile(r"^\s*-\s*(\d+(?:\.\d+)?)\s*$", re.MULTILINE)


def tool_of(cells: list[dict[str, Any]]) -> str:
    """Which tool a master was written for: "grader", "nbgrader", "otter", or "" where nothing tells."""
    sources = [str(cell["source"]) for cell in cells]
    if any(_OWN.match(source) for source in sources):
        return "grader"
    if any("nbgrader" in cell.get("metadata", {}) for cell in cells):
        return "nbgrader"
    if any(_MARK.match(source) or _OLD_CONFIG.search(source) for source in sources):
        return "otter"
    return ""


def parts(cells: list[dict[str, Any]]) -> list[MasterCell]:
    """Every cell of a master with its part."""
    reader = {"nbgrader": _of_nbgrader, "otter": _of_otter}.get(tool_of(cells), _of_ours)
    return list(reader(cells))


def _plain(cell: dict[str, Any]) -> MasterCell:
    source, is_code = str(cell["source"]), cell["cell_type"] == "code"
    own = _OWN.match(source) if is_code else None
    if own:
        return MasterCell(source, Part[own["kind"]], is_code)
    if is_code:
        return MasterCell(source, Part.SOLUTION if template.is_marked(source) else Part.CODE, is_code)
    return MasterCell(source, Part.TEXT if cell["cell_type"] == "markdown" else Part.TOOL, is_code)


def _of_ours(cells: list[dict[str, Any]]) -> Iterator[MasterCell]:
    yield from map(_plain, cells)


def _of_nbgrader(cells: list[dict[str, Any]]) -> Iterator[MasterCell]:
    for cell in cells:
        read, about = _plain(cell), cell.get("metadata", {}).get("nbgrader", {})
        read.label = str(about.get("grade_id", ""))
        graded, solution = bool(about.get("grade")), bool(about.get("solution"))
        read.points = _number(about.get("points")) if graded or about.get("task") else None
        if about.get("task") or (graded and solution):
            read.part = Part.BY_HAND
        elif solution:
            read.part = Part.SOLUTION if read.is_code else Part.BY_HAND
        elif graded:
            read.part = Part.TESTS
        yield read


@dataclass(slots=True)
class _Question:
    """Where the reading of an otter master is: in which question, and between which marks."""

    name: str = ""
    points: float | None = None
    by_hand: bool = False
    between: str = ""


def _of_otter(cells: list[dict[str, Any]]) -> Iterator[MasterCell]:
    question = _Question()
    for cell in cells:
        source, mark = str(cell["source"]), None
        if cell["cell_type"] == "raw":
            mark = _MARK.match(source)
        old = _OLD_CONFIG.search(source) if cell["cell_type"] == "markdown" else None
        if mark:
            question = _after(question, mark["edge"].upper(), mark["what"].upper(), source)
        elif old and old[1] == "QUESTION":
            question = _asked(old["settings"])
        yield _in_question(_plain(cell), question, bool(mark), old)


def _after(question: _Question, edge: str, what: str, source: str) -> _Question:
    if what == "QUESTION":
        return _asked(source) if edge == "BEGIN" else _Question()
    question.between = what if edge == "BEGIN" and what in ("SOLUTION", "TESTS", "PROMPT") else ""
    return question


def _asked(settings: str) -> _Question:
    found = {match["key"]: match["value"] for match in _SETTING.finditer(settings)}
    listed = [float(number) for number in _LIST_ITEM.findall(settings)]
    points = _number(found.get("points")) if found.get("points") else sum(listed) or None
    return _Question(found.get("name", ""), points, by_hand=found.get("manual", "").lower() == "true")


def _in_question(cell: MasterCell, question: _Question, is_mark: bool, old: re.Match[str] | None) -> MasterCell:
    cell.label, tests = question.name, _TEST_CONFIG.search(cell.source)
    cell.source = _TOOLS_LINES.sub("", cell.source) if cell.is_code else cell.source
    if is_mark:
        cell.part = Part.TOOL
    elif old:
        cell.source = _OLD_CONFIG.sub("", cell.source).strip()
        cell.part = Part.TEXT if cell.source else Part.TOOL
        cell.points = question.points
    elif cell.is_code and (tests or question.between == "TESTS" or _OLD_TEST.match(cell.source)):
        cell.part = Part.TESTS
        settings = {match["key"]: match["value"] for match in _SETTING.finditer(tests["settings"])} if tests else {}
        cell.points = question.points if question.points is not None else _number(settings.get("points"))
        question.points = 0.0 if question.points is not None else None  # once for the question
    elif _is_by_hand(cell, question):
        cell.part, cell.points = Part.BY_HAND, question.points
    elif question.between == "SOLUTION":
        cell.part = Part.SOLUTION if cell.is_code else Part.BY_HAND
    return cell


def _is_by_hand(cell: MasterCell, question: _Question) -> bool:
    answers = question.between == "SOLUTION" or cell.part is Part.SOLUTION
    return (question.by_hand and answers) or (not cell.is_code and bool(_WRITTEN_ANSWER.match(cell.source)))


def _number(text: object) -> float | None:
    try:
        return float(str(text))
    except ValueError:
        return None
