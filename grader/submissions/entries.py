"""The files of a folder or a zip archive, as one list: paths that lead nowhere else, readable names, times."""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from .content import LINK, Content, InZip, OnDisk, opened

PASSED_OVER = (".ipynb_checkpoints", "__MACOSX", "__pycache__")
UTF8_NAME = 0x800  # the flag of a member whose name is UTF-8; without it many archives hold UTF-8 all the same


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its path within what was given, its path for people, its bytes, and when it was last changed.

    modified has no time zone where an archive says the time, as archives know none.
    """

    name: str
    path: Path
    content: Content
    modified: datetime | None

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders it lies in, then the file's name."""
        return PurePosixPath(self.name).parts

    @property
    def suffix(self) -> str:
        """The kind of file, in small letters."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The file's name without its kind."""
        return PurePosixPath(self.name).stem


def entries(path: Path) -> list[Entry]:
    """All files of a folder or an archive that somebody may have handed in, in the order of their names.

    Raises GraderError where the archive cannot be read.
    """
    found = _in_folder(path) if path.is_dir() else _in_archive(path)
    return sorted(found, key=lambda entry: entry.parts)


def _in_folder(folder: Path) -> Iterator[Entry]:
    for directory, subfolders, names in os.walk(folder):
        subfolders[:] = [name for name in subfolders if not _is_passed_over(name)]
        for name in names:
            if not _is_passed_over(name):
                yield on_disk(Path(directory, name), Path(directory, name).relative_to(folder).as_posix())


def on_disk(path: Path, name: str) -> Entry:
    """A file that lies there by itself; a link could lead anywhere and is not followed."""
    try:
        status = path.lstat()
    except OSError:
        return Entry(name, path, OnDisk(path), None)
    modified = datetime.fromtimestamp(status.st_mtime, UTC)
    return Entry(name, path, LINK if stat.S_ISLNK(status.st_mode) else OnDisk(path), modified)


def _in_archive(path: Path) -> Iterator[Entry]:
    taken: set[str] = set()
    for index, member in enumerate(opened(path).infolist()):
        parts = _harmless(_readable(member))
        if member.filename.endswith("/") or not parts or any(map(_is_passed_over, parts)):
            continue
        name = _untaken("/".join(parts), taken)
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        yield Entry(name, path / name, LINK if is_link else InZip(path, index), _modified(member))


def _readable(member: zipfile.ZipInfo) -> str:
    """The member's name in the encoding that it was most likely written in."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _harmless(name: str) -> list[str]:
    """The parts of a name without those that lead elsewhere: drives, the root, the folder above."""
    parts = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")
    return [part for part in parts if part not in ("", ".", "..") and not (len(part) == 2 and part[1] == ":")]


def _untaken(name: str, taken: set[str]) -> str:
    """The name, numbered where the archive holds another file of it."""
    path, count = PurePosixPath(name), 1
    while name in taken:
        count += 1
        name = path.with_name(f"{path.stem} ({count}){path.suffix}").as_posix()
    taken.add(name)
    return name


def _modified(member: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*member.date_time)
    except ValueError:
        return None


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in PASSED_OVER
