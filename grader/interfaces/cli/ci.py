"""What `grader check` leaves for machines: a JUnit file, and annotations, summary and outputs for GitHub Actions."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...feedback.card import SubmissionReport
from ...reports import files
from ...reports.exporter import ClassResults, ReportOptions
from ...reports.exporters import github, junit

if TYPE_CHECKING:
    from ...api import CheckResult


def write(result: CheckResult, notebook: Path, junit_file: Path | None, for_github: bool) -> None:
    """Write what is asked for. Raises GraderError if a file cannot be written."""
    grade, sheet = result.grade, result.sheet
    located = replace(grade, record=replace(grade.record, path=str(notebook.resolve())))
    results = ClassResults.of([located])
    options = ReportOptions(show_values=sheet.seed == sheet.assignment.public_seed)
    if junit_file is not None:
        files.write(junit_file, junit.document(results, options))
    if for_github:
        sys.stdout.write(github.commands(results, options))
        _append("GITHUB_STEP_SUMMARY", github.summary(results, options))
        _append("GITHUB_OUTPUT", _outputs(SubmissionReport(located, options.show_values)))


def _outputs(report: SubmissionReport) -> str:
    """What later steps can use; result is what GitHub Classroom's reporter reads."""
    grade = report.grade
    points = f"points={grade.score:g}\nmax-points={grade.max_score:g}\npercent={grade.percent:g}\n"
    return f"{points}result={github.classroom(report)}\n"


def _append(variable: str, text: str) -> None:
    """Add to the file that an environment variable names, if it is set."""
    if file := os.environ.get(variable):
        with Path(file).open("a", encoding="utf-8") as opened:
            opened.write(text)
