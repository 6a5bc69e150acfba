"""Folders that no system laid out: each file that can be graded is somebody's, by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from .files import ZIP, Entry, on_disk
from .lms.layout import owner
from .selection import (
    NOTEBOOK,
    SCRIPT,
    File,
    HandIn,
    defines,
    file_of,
    imports,
    is_called_notebook,
    selected,
    with_unpacked,
)

CALLED = re.compile(r"(?P<student>.+?)\.(?:ipynb|py)(?:\.\w+)+", re.DOTALL | re.IGNORECASE)


def hand_ins(found: Sequence[Entry], asked: Sequence[str]) -> list[HandIn]:
    """The hand-ins of a folder that no system laid out: each file that can be graded is somebody's, by its name."""
    folders: dict[PurePosixPath, list[File]] = {}
    archives: list[list[File]] = []
    for entry in found:
        file = file_of(entry, owner(_student(entry), "/".join(entry.parts[:-1]), entry.name))
        if entry.suffix == ZIP:
            archives.append(with_unpacked([file]))
        else:
            folders.setdefault(PurePosixPath(entry.name).parent, []).append(file)
    graded: dict[PurePosixPath, list[File]] = {}
    for folder in sorted(folders, key=lambda path: len(path.parts)):
        graded[folder] = _graded_in_folder(folders[folder], asked, _home(folder, graded) is not None)
    together = {folder: list(files) for folder, files in folders.items()}
    for folder, files in folders.items():
        if not graded[folder] and (home := _home(folder, graded)) is not None:
            together[home] += files
    inside = [HandIn(files, selected(files, asked)) for files in archives]
    return [*(HandIn(together[folder], graded[folder], is_shared=True) for folder in folders), *inside]


def file_at(path: Path) -> File:
    """The file at this path, as whoever it is called after handed it in."""
    entry = on_disk(path, path.name)
    return file_of(entry, owner(_student(entry), "", path.name))


def neighbours(path: Path) -> list[File]:
    """The notebooks and scripts in the folder of a file, but for itself."""
    found = [other for other in path.absolute().parent.iterdir() if other.suffix.lower() in (NOTEBOOK, SCRIPT)]
    return [file_at(other) for other in sorted(found) if other.name != path.name]


def _student(entry: Entry) -> str:
    """Who handed a file in, by its name: what stands before all that says its kind."""
    match = CALLED.fullmatch(entry.parts[-1])
    return match["student"] if match else entry.stem


def _home(folder: PurePosixPath, graded: Mapping[PurePosixPath, list[File]]) -> PurePosixPath | None:
    """The folder further up that is one person's, which holds if a single file in it is graded."""
    nearest = next((parent for parent in folder.parents if graded.get(parent)), None)
    return nearest if nearest is not None and len(graded[nearest]) == 1 else None


def _graded_in_folder(files: Sequence[File], asked: Sequence[str], is_below: bool) -> list[File]:
    """Notebooks, scripts that define what is asked, and what somebody took for a notebook.

    is_below: a folder further up is one person's, whose helpers these may be. A script that defines nothing is a
    helper if it is a test, if another file imports it, or if a single other file is all that is graded.
    """
    notebooks = [file for file in files if file.kind == NOTEBOOK or is_called_notebook(file.entry)]
    stems = {file.entry.stem for file in notebooks}
    scripts = [file for file in files if file.kind == SCRIPT and not file.is_test and file.entry.stem not in stems]
    written = [file for file in scripts if defines(file, asked)]
    graded = [*notebooks, *written]
    rest = [file for file in scripts if file not in written]
    if notebooks or len(written) == 1 or (is_below and asked and not written):
        return _marked(graded)
    if written:
        rest = [file for file in rest if not any(imports(other, file.entry.stem) for other in written)]
    return _marked([*graded, *rest])


def _marked(files: Iterable[File]) -> list[File]:
    """The files in order; what is not what its name says is refused when it is read."""
    ordered = sorted(files, key=lambda file: file.entry.parts)
    return [file if file.kind else selected([file], ())[0] for file in ordered]
