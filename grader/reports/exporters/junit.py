"""JUnit XML, which every CI system reads: a suite per submission, a test per exercise, points as properties."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ...feedback import wording
from ...feedback.escaping import plain
from ..exporter import ClassFile
from ..frames import Frames
from ..options import Choices
from ..records import ExerciseRecord, Paper, papers

UNEXPECTED = {"raised", "timed_out", "crashed", "grader_fault"}


def document(tables: Frames, choices: Choices) -> str:
    """One document for all submissions."""
    root = ET.Element("testsuites", name="grader")
    for paper in papers(tables):
        root.append(_suite(paper, choices))
    totals = {key: sum(int(suite.attrib[key]) for suite in root) for key in ("tests", "failures", "errors")}
    root.attrib.update({key: str(value) for key, value in totals.items()})
    root.set("time", _seconds(sum(float(suite.attrib["time"]) for suite in root)))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(paper: Paper, choices: Choices) -> ET.Element:
    statuses = [exercise.status for exercise in paper.exercises]
    errors = sum(_is_error(paper, status) for status in statuses)
    failures = sum(status != "passed" for status in statuses) - errors
    suite = ET.Element(
        "testsuite",
        name=plain(paper.submission),
        tests=str(len(statuses)),
        failures=str(failures),
        errors=str(errors),
        skipped="0",
        time=_seconds(paper.seconds),
    )
    suite.append(_properties(paper))
    suite.extend(_case(paper, exercise, choices) for exercise in paper.exercises)
    return suite


def _properties(paper: Paper) -> ET.Element:
    values = {"student": paper.student, "assignment": paper.assignment, "status": paper.status}
    values |= {"score": _known(paper.score), "max_score": wording.points(paper.max_score)}
    values |= {f"points.{each.exercise}": _known(each.points) for each in paper.exercises}
    element = ET.Element("properties")
    for name, value in values.items():
        ET.SubElement(element, "property", name=plain(name), value=plain(value))
    return element


def _case(paper: Paper, exercise: ExerciseRecord, choices: Choices) -> ET.Element:
    case = ET.Element(
        "testcase", name=exercise.exercise, classname=plain(paper.submission), time=_seconds(exercise.seconds)
    )
    if exercise.status != "passed":
        kind = "error" if _is_error(paper, exercise.status) else "failure"
        said = plain(wording.explanation(exercise, choices.show_values), keep="\n")
        ET.SubElement(case, kind, message=said, type=plain(exercise.mistake or exercise.status)).text = said
    if exercise.printed:
        ET.SubElement(case, "system-out").text = plain(exercise.printed, keep="\n\t")
    return case


def _is_error(paper: Paper, status: str) -> bool:
    return status in UNEXPECTED or paper.status == "unreadable"


def _known(points: float | None) -> str:
    return "" if points is None else wording.points(points)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


EXPORTERS = (ClassFile("junit", "junit.xml", document),)
