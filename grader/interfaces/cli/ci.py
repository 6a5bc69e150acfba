"""What `grader check` leaves for machines: a JUnit file, and annotations, summary and outputs for GitHub Actions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...reports import files
from ...reports.exporters import github, junit
from ...reports.frames import Frames, frames
from ...reports.options import Choices
from ...reports.records import papers

if TYPE_CHECKING:
    from ...api import CheckResult


def write(result: CheckResult, notebook: Path, junit_file: Path | None, for_github: bool) -> None:
    """Write what is asked for. Raises GraderError if a file cannot be written."""
    grade, sheet = result.grade, result.sheet
    tables = frames([replace(grade, record=replace(grade.record, path=str(notebook.resolve())))])
    choices = Choices(show_values=sheet.seed == sheet.assignment.public_seed)
    if junit_file is not None:
        files.write(junit_file, junit.document(tables, choices))
    if for_github:
        sys.stdout.write(github.commands(tables, choices))
        _append("GITHUB_STEP_SUMMARY", github.summary(tables, choices))
        _append("GITHUB_OUTPUT", "".join(_outputs(tables, choices)))


def _outputs(tables: Frames, choices: Choices) -> Iterator[str]:
    """What later steps can use; result is what GitHub Classroom's reporter reads."""
    for paper in papers(tables):
        yield f"points={paper.score:g}\nmax-points={paper.max_score:g}\npercent={paper.percent:g}\n"
        yield f"result={github.classroom(paper, choices)}\n"


def _append(variable: str, text: str) -> None:
    """Add to the file that an environment variable names, if it is set."""
    if file := os.environ.get(variable):
        with Path(file).open("a", encoding="utf-8") as opened:
            opened.write(text)
