"""Mail: the feedback for each student as text that fits one, and whole messages with page and notebook attached.

The messages are drafts: most programs open them for sending, and a table beside them is for those that merge their own.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path, PurePosixPath

from ...feedback import feedback_text
from ...feedback.card import SubmissionReport
from ...feedback.escaping import csv_lines, one_line
from ...feedback.words import points
from ...model import Grade, GraderError, SubmissionStatus
from .. import files
from ..exporter import STDOUT, ClassResults, FilePerSubmission, NoFile, ReportOptions, Written
from ..pages.feedback import page
from .notebook import annotated

TABLE = "mail-merge.csv"
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"(?=.{{3,254}}\Z){ATOM}(\.{ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
HEAD = ["email", "student", "submission", "subject", "score", "max_score", "percent", "status", "file"]


@dataclass(frozen=True, slots=True)
class Mails:
    """A folder with a message per submission, and a table of them."""

    name: str
    usual: str

    def write(self, results: ClassResults, target: Path, options: ReportOptions) -> Written:
        """Write the folder; there is no message about what the grader itself failed on."""
        if str(target) == STDOUT:
            raise GraderError("this format makes a folder with a file per submission, so name one with -o")
        told = [grade for grade in results.grades if grade.status is not SubmissionStatus.GRADER_FAULT]
        names = files.names((grade.submission for grade in told), ".eml")
        paths, rows = [], []
        for grade in told:
            report = SubmissionReport(grade, options.show_values)
            paths.append(files.write(target / names[grade.submission], message(report).as_bytes()))
            rows.append(_row(report, names[grade.submission]))
        paths.append(files.write(target / TABLE, csv_lines([HEAD, *rows])))
        return Written(tuple(paths), tuple(_notices(results, told)))


def message(report: SubmissionReport) -> EmailMessage:
    """The feedback as text, with the page and the file that was handed in, with feedback in it, attached."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = _subject(report)
    if address := _address(report.grade):
        mail["To"] = Address(one_line(report.grade.student), addr_spec=address)
    mail["X-Unsent"] = "1"  # so that Outlook opens it as a draft
    text, shown = feedback_text.text(report), page(report)
    mail.set_content(text)
    mail.add_attachment(shown, subtype="html", filename="feedback.html", cte="base64")
    with suppress(NoFile):  # of a file that could not be read
        copy, name = annotated(report).encode(), PurePosixPath(report.grade.submission).name
        mail.add_attachment(copy, maintype="application", subtype="octet-stream", filename=one_line(name, 100))
    # The usual boundary is drawn at random: this one stays the same, and nobody can write it into what it bounds.
    mail.set_boundary(hashlib.sha256(f"{text}{shown}".encode()).hexdigest())
    return mail


def _subject(report: SubmissionReport) -> str:
    return one_line(f"{report.title}: {report.headline}")


def _address(grade: Grade) -> str:
    """The student's, of what they are known by; empty if none is an address."""
    return next((name for name in (*grade.record.ids, grade.student) if ADDRESS.fullmatch(name)), "")


def _row(report: SubmissionReport, name: str) -> list[object]:
    grade = report.grade
    earned = [points(grade.score), points(grade.max_score), f"{grade.percent:.0f}"]
    return [_address(grade), grade.student, grade.submission, _subject(report), *earned, grade.status.value, name]


def _notices(results: ClassResults, told: list[Grade]) -> list[str]:
    without = sum(not _address(grade) for grade in told)
    failed = len(results.grades) - len(told)
    notices = [f"messages without an address: {without}; a roster with a column of addresses has them"] * bool(without)
    return notices + [f"submissions without a message, because the grader itself failed: {failed}"] * bool(failed)


EXPORTERS = (
    FilePerSubmission("feedback-text", "feedback-text", ".txt", feedback_text.text),
    Mails("mail", "mail"),
)
