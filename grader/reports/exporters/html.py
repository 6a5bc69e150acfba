"""Pages: the class at a glance for the instructor, and the feedback for each student."""

from __future__ import annotations

from ...feedback.card import SubmissionReport
from ..exporter import ClassFile, ClassResults, FilePerSubmission, ReportOptions
from ..pages import feedback, overview


def class_page(results: ClassResults, options: ReportOptions) -> str:
    """The page about the class."""
    titles = dict.fromkeys(SubmissionReport(grade).title for grade in results.grades)
    return overview.page(results.tables, ", ".join(titles), options.pages)


EXPORTERS = (
    ClassFile("html", "report.html", class_page),
    FilePerSubmission("feedback", "feedback", ".html", feedback.page),
)
