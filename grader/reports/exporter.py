"""What every format is: something with a name that writes results as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..model import GraderError
from . import files
from .frames import Frames
from .gradebook import Filled
from .options import Choices
from .records import Paper, papers

STDOUT = "-"


class NoFile(Exception):
    """A format has nothing to write for a submission; the message says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were made, and what a person should know about them."""

    paths: tuple[Path, ...]
    notices: tuple[str, ...] = ()


class Exporter(Protocol):
    """One way to write results down."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def usual(self) -> str:
        """The name of its file or folder in the folder of results; a dash for standard output."""

    def write(self, tables: Frames, target: Path, choices: Choices) -> Written:
        """Make the file or the folder. Raises GraderError if that cannot be done."""


@dataclass(frozen=True, slots=True)
class ClassFile:
    """One file about all submissions."""

    name: str
    usual: str
    make: Callable[[Frames, Choices], str | bytes]

    def write(self, tables: Frames, target: Path, choices: Choices) -> Written:
        """Write that file."""
        return Written((files.write(target, self.make(tables, choices)),))


@dataclass(frozen=True, slots=True)
class FilePerSubmission:
    """A folder with one file per submission."""

    name: str
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
            except NoFile as error:
                notices.append(f"{paper.submission}: {error}")
        return Written(tuple(paths), tuple(notices))


@dataclass(frozen=True, slots=True)
class FilledGradebook:
    """A downloaded gradebook with the grades filled in."""

    name: str
    usual: str
    fill: Callable[[Frames, Choices], Filled]

    def write(self, tables: Frames, target: Path, choices: Choices) -> Written:
        """Write the filled copy; the downloaded file itself stays as it is."""
        if not choices.fill:
            raise GraderError("this format fills in the gradebook that you downloaded: name it with --fill FILE")
        filled = self.fill(tables, choices)
        return Written((files.write(target, filled.content),), filled.notices)


def usual_place(exporter: Exporter, folder: Path) -> Path:
    """Where a format goes if nothing else is asked for: into the folder of results, or to standard output."""
    return Path(STDOUT) if exporter.usual == STDOUT else folder / exporter.usual
