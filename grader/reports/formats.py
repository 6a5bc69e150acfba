"""Every format by its name. Each is a function of the tables, or of one submission; here it becomes files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..feedback import feedback_text as leaflet
from ..model import GraderError
from . import files
from .exporters import (
    canvas,
    classroom,
    github,
    gradescope,
    json,
    junit,
    markdown,
    moodle,
    notebook,
    parquet,
    prairielearn,
    xlsx,
)
from .exporters import tables as csv
from .exporters.notebook import NoNotebook
from .frames import Frames
from .gradebook import Filled
from .options import Choices
from .pages import feedback, overview
from .records import Paper, papers

STDOUT = "-"


def usual_place(name: str, folder: Path) -> Path:
    """Where a format goes if nothing else is asked for: into the folder of results, or a dash for standard output."""
    usual = FORMATS[name].usual
    return Path(STDOUT) if usual == STDOUT else folder / usual


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were made, and what a person should know about them."""

    paths: tuple[Path, ...]
    notices: tuple[str, ...] = ()


class Format(Protocol):
    """One way to write results down."""

    @property
    def usual(self) -> str:
        """The name in the folder of results, or a dash for standard output."""

    def write(self, tables: Frames, target: Path, choices: Choices) -> Written:
        """Make the file or the folder. Raises GraderError where that cannot be done."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One file about all submissions."""

    usual: str
    make: Callable[[Frames, Choices], str | bytes]

    def write(self, tables: Frames, target: Path, choices: Choices) -> Written:
        """Write that file."""
        return Written((files.write(target, self.make(tables, choices)),))


@dataclass(frozen=True, slots=True)
class Each:
    """A folder with one file per submission."""

    usual: str
    suffix: str
    make: Callable[[Paper, Choices], str | bytes]

    def write(self, tables: Frames, target: Path, choices: Choices) -> Written:
        """Write the folder; a submission of which no file can be made costs only itself."""
        if str(target) == STDOUT:
            raise GraderError("this format makes a folder with a file per submission, so name one with -o")
        names = files.names(tables.submissions["submission"], self.suffix)
        paths, notices = [], []
        for paper in papers(tables):
            try:
                paths.append(files.write(target / names[paper.submission], self.make(paper, choices)))
            except NoNotebook as error:
                notices.append(f"{paper.submission}: {error}")
        return Written(tuple(paths), tuple(notices))


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A downloaded gradebook with the grades filled in."""

    usual: str
    fill: Callable[[Frames, Choices], Filled]

    def write(self, tables: Frames, target: Path, choices: Choices) -> Written:
        """Write the filled copy; the downloaded file itself stays as it is."""
        if not choices.fill:
            raise GraderError("this format fills in the gradebook that you downloaded: name it with --fill FILE")
        filled = self.fill(tables, choices)
        return Written((files.write(target, filled.content),), filled.notices)


FORMATS: dict[str, Format] = {
    "html": Whole("report.html", overview.page),
    "feedback": Each("feedback", ".html", feedback.page),
    "feedback-markdown": Each("feedback-markdown", ".md", leaflet.markdown),
    "feedback-text": Each("feedback-text", ".txt", leaflet.text),
    "notebook": Each("notebooks", ".ipynb", notebook.with_feedback),
    "csv": Whole("grades.csv", csv.grades),
    "exercises": Whole("exercises.csv", csv.exercises),
    "cases": Whole("cases.csv", csv.cases),
    "xlsx": Whole("grades.xlsx", xlsx.workbook),
    "parquet": Whole("exercises.parquet", parquet.exercises),
    "json": Whole("results.json", json.document),
    "markdown": Whole("grades.md", markdown.document),
    "junit": Whole("junit.xml", junit.document),
    "github": Whole(STDOUT, github.commands),
    "github-summary": Whole("summary.md", github.summary),
    "github-classroom": Each("github-classroom", ".txt", classroom.result),
    "gradescope": Each("gradescope", ".json", gradescope.results),
    "prairielearn": Each("prairielearn", ".json", prairielearn.results),
    "canvas": Gradebook("canvas.csv", canvas.fill),
    "moodle": Gradebook("moodle.csv", moodle.fill),
}
USUAL = ("csv", "exercises", "html", "feedback")


def write_usual(tables: Frames, folder: Path) -> None:
    """What every run leaves in its folder; the grades come first."""
    for name in USUAL:
        FORMATS[name].write(tables, usual_place(name, folder), Choices())
