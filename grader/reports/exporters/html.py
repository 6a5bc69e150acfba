"""Pages: the class at a glance for the instructor, and the feedback for each student."""

from __future__ import annotations

from ..exporter import ClassFile, FilePerSubmission
from ..pages import feedback, overview

EXPORTERS = (
    ClassFile("html", "report.html", overview.page),
    FilePerSubmission("feedback", "feedback", ".html", feedback.page),
)
