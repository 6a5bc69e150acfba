"""JUnit XML, which every CI system reads: a suite per submission, a test per exercise, points as properties."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ...feedback.card import Card, SubmissionReport
from ...feedback.escaping import plain
from ...feedback.words import points
from ...model import Status, SubmissionStatus
from ..exporter import ClassFile, ClassResults, ReportOptions

UNEXPECTED = {Status.RAISED, Status.TIMED_OUT, Status.CRASHED, Status.GRADER_FAULT}


def document(results: ClassResults, options: ReportOptions) -> str:
    """One document for all submissions."""
    root = ET.Element("testsuites", name="grader")
    root.extend(_suite(SubmissionReport(grade, options.show_values)) for grade in results.grades)
    totals = {key: sum(int(suite.attrib[key]) for suite in root) for key in ("tests", "failures", "errors")}
    root.attrib.update({key: str(value) for key, value in totals.items()})
    root.set("time", _seconds(sum(float(suite.attrib["time"]) for suite in root)))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(report: SubmissionReport) -> ET.Element:
    errors = sum(_is_error(report, card.status) for card in report.cards)
    suite = ET.Element(
        "testsuite",
        name=plain(report.grade.submission),
        tests=str(len(report.cards)),
        failures=str(sum(card.status is not Status.PASSED for card in report.cards) - errors),
        errors=str(errors),
        skipped="0",
        time=_seconds(report.grade.seconds),
    )
    suite.append(_properties(report))
    suite.extend(_case(report, card) for card in report.cards)
    return suite


def _properties(report: SubmissionReport) -> ET.Element:
    grade = report.grade
    values = {"student": grade.student, "assignment": grade.assignment, "status": grade.status.value}
    values |= {"score": _known(report.score), "max_score": points(grade.max_score)}
    values |= {f"points.{card.exercise}": _known(card.earned) for card in report.cards}
    element = ET.Element("properties")
    for name, value in values.items():
        ET.SubElement(element, "property", name=plain(name), value=plain(value))
    return element


def _case(report: SubmissionReport, card: Card) -> ET.Element:
    exercise = card.grade
    case = ET.Element(
        "testcase", name=card.exercise, classname=plain(report.grade.submission), time=_seconds(exercise.seconds)
    )
    if card.status is not Status.PASSED:
        kind = "error" if _is_error(report, card.status) else "failure"
        said = plain(card.explanation, keep="\n")
        ET.SubElement(case, kind, message=said, type=plain(exercise.mistake or card.status)).text = said
    if exercise.printed:
        ET.SubElement(case, "system-out").text = plain(exercise.printed, keep="\n\t")
    return case


def _is_error(report: SubmissionReport, status: Status) -> bool:
    return status in UNEXPECTED or report.grade.status is SubmissionStatus.UNREADABLE


def _known(value: float | None) -> str:
    return "" if value is None else points(value)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


EXPORTERS = (ClassFile("junit", "junit.xml", document),)
