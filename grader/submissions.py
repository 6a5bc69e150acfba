"""What is handed in: from paths on the command line to the submissions that lie there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .model import GraderError
from .sandbox.session import MAX_NOTEBOOK, Unreadable

SUFFIXES = (".ipynb", ".py")
PASSED_OVER = (".ipynb_checkpoints", "__MACOSX", "__pycache__")


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that somebody handed in. name: its path relative to what was given, unique within a run."""

    name: str
    student: str
    path: Path
    linked: bool = False

    def read(self) -> bytes:
        """The file's bytes. Raises Unreadable where it is too large, a link out of its folder, or cannot be read."""
        if self.linked:
            raise Unreadable("it is a symbolic link; hand in the file itself")
        try:
            size = self.path.stat().st_size
            if size > MAX_NOTEBOOK:
                limit = MAX_NOTEBOOK // 2**20
                raise Unreadable(
                    f"it has {size / 2**20:.0f} MB, more than {limit}; clear its outputs and hand it in again"
                )
            return self.path.read_bytes()
        except OSError as error:
            raise Unreadable(f"it cannot be opened: {error.strerror or error}") from error


def find(paths: Iterable[Path]) -> list[Submission]:
    """All submissions at these paths: notebooks and .py files themselves, or those in folders; each file once.

    Raises GraderError where a path does not exist or is of no kind that can be graded.
    """
    given = list(paths)
    found = [submission for path in given for submission in _at(path, prefix=len(given) > 1)]
    once = {submission.path.absolute(): submission for submission in reversed(found)}
    return _with_unique_names(list(reversed(once.values())))


def _at(path: Path, prefix: bool) -> Iterator[Submission]:
    if path.is_dir():
        for file in _files(path):
            relative = file.relative_to(path).as_posix()
            name = f"{path.name}/{relative}" if prefix else relative
            yield Submission(name, file.stem, file, linked=file.is_symlink())
    elif not path.exists():
        raise GraderError(f"{path}: there is no such file or folder")
    elif path.suffix not in SUFFIXES:
        raise GraderError(f"{path}: neither a notebook (.ipynb), a .py file nor a folder")
    else:
        yield Submission(path.name, path.stem, path)


def _files(folder: Path) -> Iterator[Path]:
    """Notebooks in the folder and below; .py files only where no notebook lies beside them, being helpers there."""
    for directory, subfolders, names in os.walk(folder):
        subfolders[:] = sorted(name for name in subfolders if not _is_passed_over(name))
        kept = sorted(name for name in names if not _is_passed_over(name))
        notebooks = [name for name in kept if name.lower().endswith(".ipynb")]
        for name in notebooks or [name for name in kept if name.endswith(".py")]:
            yield Path(directory, name)


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in PASSED_OVER


def _with_unique_names(found: list[Submission]) -> list[Submission]:
    """Two paths with the same name and the same files within are told apart by their whole path."""
    names = [submission.name for submission in found]
    return [
        submission
        if names.count(submission.name) == 1
        else Submission(submission.path.as_posix(), submission.student, submission.path, submission.linked)
        for submission in found
    ]
