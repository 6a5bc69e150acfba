"""What every format is: something with a name that writes the results of a class as files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from ..feedback.card import SubmissionReport
from ..model import Grade, GraderError
from . import files
from .frames import Frames, frames

STDOUT = "-"


@dataclass(frozen=True)
class ClassResults:
    """The grades of a class, in the order of the submissions' names, and the same as tables."""

    grades: tuple[Grade, ...]

    @classmethod
    def of(cls, grades: Iterable[Grade]) -> ClassResults:
        """The results of these grades, in whatever order they come."""
        return cls(tuple(sorted(grades, key=lambda grade: grade.submission)))

    @cached_property
    def tables(self) -> Frames:
        """A row per submission, exercise, case and so on, for statistics and for formats that are tables."""
        return frames(self.grades)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What whoever asks for a report may choose.

    show_values: tell students the numbers of secret cases, too. pages: where the folder of feedback pages lies, as a
    link from the file that is made. gradebook and column: the content of the gradebook that was downloaded, and which
    of its columns takes the grades.
    """

    show_values: bool = False
    pages: str = "feedback"
    gradebook: bytes = b""
    column: str = ""


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

    def write(self, results: ClassResults, target: Path, options: ReportOptions) -> Written:
        """Make the file or the folder. Raises GraderError if that cannot be done."""


@dataclass(frozen=True, slots=True)
class ClassFile:
    """One file about all submissions."""

    name: str
    usual: str
    make: Callable[[ClassResults, ReportOptions], str | bytes]

    def write(self, results: ClassResults, target: Path, options: ReportOptions) -> Written:
        """Write that file."""
        return Written((files.write(target, self.make(results, options)),))


@dataclass(frozen=True, slots=True)
class FilePerSubmission:
    """A folder with one file per submission."""

    name: str
    usual: str
    suffix: str
    make: Callable[[SubmissionReport], str | bytes]

    def write(self, results: ClassResults, target: Path, options: ReportOptions) -> Written:
        """Write the folder; a submission of which no file can be made costs only itself."""
        if str(target) == STDOUT:
            raise GraderError("this format makes a folder with a file per submission, so name one with -o")
        names = files.names((grade.submission for grade in results.grades), self.suffix)
        paths, notices = [], []
        for grade in results.grades:
            try:
                content = self.make(SubmissionReport(grade, options.show_values))
            except NoFile as error:
                notices.append(f"{grade.submission}: {error}")
            else:
                paths.append(files.write(target / names[grade.submission], content))
        return Written(tuple(paths), tuple(notices))


@dataclass(frozen=True, slots=True)
class Archive:
    """One zip file with files for each submission, by their names in it."""

    name: str
    usual: str
    members: Callable[[SubmissionReport], Mapping[str, str | bytes]]

    def write(self, results: ClassResults, target: Path, options: ReportOptions) -> Written:
        """Write the archive; a submission that has no place in it costs only itself."""
        members: dict[str, str | bytes] = {}
        notices = []
        for grade in results.grades:
            try:
                made = self.members(SubmissionReport(grade, options.show_values))
            except NoFile as error:
                notices.append(f"{grade.submission}: {error}")
                continue
            for name, content in made.items():
                members.setdefault(name, content)  # those of a group have a grade each, and one place for all
        if results.grades and not members:
            raise GraderError(f"there is nothing to upload: {notices[0]}")
        return Written((files.write(target, _zipped(members)),), tuple(notices))


def _zipped(members: Mapping[str, str | bytes]) -> bytes:
    """As a zip file that is the same for the same members, whenever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            member = zipfile.ZipInfo(name)
            member.external_attr = 0o644 << 16
            archive.writestr(member, members[name], zipfile.ZIP_DEFLATED)
    return content.getvalue()


def usual_place(exporter: Exporter, folder: Path) -> Path:
    """Where a format goes if nothing else is asked for: into the folder of results, or to standard output."""
    return Path(STDOUT) if exporter.usual == STDOUT else folder / exporter.usual
