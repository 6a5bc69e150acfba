"""The feedback for each student as text that fits a mail."""

from __future__ import annotations

from ...feedback import feedback_text
from ..exporter import FilePerSubmission

EXPORTERS = (FilePerSubmission("feedback-text", "feedback-text", ".txt", feedback_text.text),)
