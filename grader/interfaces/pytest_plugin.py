"""`pytest --grader ASSIGNMENT hw.ipynb`: the exercises of a notebook as tests, with their points.

Loaded by every pytest run of everyone who installs the grader, so it imports nothing but pytest until it is asked
for. `--grader auto` takes the assignment that the notebook names itself. No seed is a secret here: a conftest.py beside
the notebook runs in the same process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..assignment.sheet import Sheet
    from ..model import ExerciseGrade, Grade, Submission

AUTO = "auto"
SECRET = "GRADER_SEED"
NO_SECRET = (
    f"{SECRET} is set, but under pytest it is no secret: a conftest.py could read it. "
    "Use `grader check`, or unset it; for a seed that may be known there is --grader-seed"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("grader", "exercises in notebooks")
    group.addoption("--grader", metavar="ASSIGNMENT", default="", help="grade notebooks on it; 'auto': what they name")
    group.addoption("--grader-seed", metavar="N", type=int, help="other cases than the public ones; it is no secret")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a secret seed, rather than check on the public cases in silence."""
    if config.getoption("--grader") and SECRET in os.environ:
        raise pytest.UsageError(NO_SECRET)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A notebook, if the option asks for it."""
    if file_path.suffix != ".ipynb" or not parent.config.getoption("--grader"):
        return None
    return NotebookFile.from_parent(parent, path=file_path)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The points, below the results."""
    earned = [dict(report.user_properties) for report in _reports(terminalreporter)]
    graded = [properties for properties in earned if "max_points" in properties]
    if graded:
        points, most = (sum(float(each[name]) for each in graded) for name in ("points", "max_points"))
        terminalreporter.write_line(f"grader: {points:.4g} of {most:.4g} points")


class NotebookFile(pytest.File):
    """A notebook whose exercises are items; it is graded once, when the first of them runs."""

    def collect(self) -> Iterator[ExerciseItem]:
        """An item per exercise of the assignment."""
        for exercise in self.sheet.assignment.exercises:
            yield ExerciseItem.from_parent(self, name=exercise.name)

    @cached_property
    def sheet(self) -> Sheet:
        """The assignment's cases."""
        from ..selfcheck import checking  # noqa: PLC0415 - see above

        named, seed = self.config.getoption("--grader"), self.config.getoption("--grader-seed")
        return checking.sheet_for(self.submission, "" if named == AUTO else named, seed=seed)

    @cached_property
    def submission(self) -> Submission:
        """The notebook as something handed in."""
        from ..selfcheck import checking  # noqa: PLC0415 - see above

        return checking.submission_of(self.path)

    @cached_property
    def grade(self) -> Grade:
        """The notebook's grade."""
        from ..sandbox.host.basic import BasicRunner  # noqa: PLC0415
        from ..selfcheck import checking  # noqa: PLC0415 - see above

        return checking.grade(self.submission, self.sheet, BasicRunner())

    def repr_failure(  # type: ignore[override]  # as pytest itself has it in Collector
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> Any:
        """What the user can mend is told without a traceback."""
        return _told(excinfo) or super().repr_failure(excinfo)


class NotRight(AssertionError):
    """An exercise that did not earn all of its points; the message is what a student is told."""


class ExerciseItem(pytest.Item):
    """One exercise: passes with full points; points and max_points are its properties in every report."""

    def runtest(self) -> None:
        """Raise what there is to tell, if anything."""
        from ..feedback.card import check_card  # noqa: PLC0415 - see above

        notebook = self._notebook
        grade: ExerciseGrade = next(each for each in notebook.grade.exercises if each.exercise == self.name)
        self.user_properties += [("points", round(grade.points, 4)), ("max_points", grade.max_points)]
        if grade.points < grade.max_points:
            card = check_card(grade, notebook.sheet)
            raise NotRight("\n".join([card.headline, *(f"    {line}" for line in card.lines)]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The words alone; a traceback through the grader would teach nothing."""
        return _told(excinfo) or super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands in reports."""
        return self.path, None, f"{self.path.name}: {self.name}"

    @property
    def _notebook(self) -> NotebookFile:
        assert isinstance(self.parent, NotebookFile)
        return self.parent


def _told(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    from ..model import GraderError  # noqa: PLC0415 - see above

    return str(excinfo.value) if isinstance(excinfo.value, NotRight | GraderError) else ""


def _reports(terminalreporter: Any) -> Iterator[Any]:
    for outcome in ("passed", "failed"):
        yield from terminalreporter.getreports(outcome)
