"""The files of a folder or a zip archive, as one list: readable names, paths that lead nowhere else, bytes on demand.

Nothing is ever unpacked to disk, and nothing larger than a notebook is read.
"""

from __future__ import annotations

import functools
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from ..model import Content, GraderError, GraderFault, Unreadable

MAX_NOTEBOOK = 64 * 2**20
MOST_MEMBERS = 500_000
PASSED_OVER = (".ipynb_checkpoints", "__MACOSX", "__pycache__")
UTF8_NAME = 0x800  # the flag of a member whose name is UTF-8; without it many archives hold UTF-8 all the same


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of its own."""

    path: Path

    def read(self) -> bytes:
        """The file's bytes. Raises Unreadable where it is no file, too large or cannot be opened."""
        try:
            about = self.path.stat()
            if not stat.S_ISREG(about.st_mode):  # nobody may ever write to the other end of a pipe
                raise Unreadable("it is no file")
            _refuse_large(about.st_size)
            return self.path.read_bytes()
        except OSError as error:
            raise Unreadable(f"it cannot be opened: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class InZip:
    """The member of an archive at this place of its list; by place, since two may have the same name."""

    archive: Path
    index: int

    def read(self) -> bytes:
        """The member's bytes, whatever size it claims to have. Raises Unreadable where it is damaged or too large."""
        try:
            archive = opened(self.archive)
            member = archive.infolist()[self.index]
            _refuse_large(member.file_size)
            with archive.open(member) as file:
                data = file.read(MAX_NOTEBOOK + 1)
        except (OSError, EOFError, RuntimeError, IndexError, zipfile.BadZipFile, zlib.error) as error:
            raise Unreadable(f"it cannot be read from the archive: {error}") from error
        _refuse_large(len(data))
        return data


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that have been read."""

    data: bytes

    def read(self) -> bytes:
        """Those bytes."""
        return self.data


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that is not read, and why."""

    reason: str

    def read(self) -> bytes:
        """Raises Unreadable."""
        raise Unreadable(self.reason)


@dataclass(frozen=True, slots=True)
class Faulty:
    """Something over which the grader itself failed, and how."""

    reason: str

    def read(self) -> bytes:
        """Raises GraderFault."""
        raise GraderFault(self.reason)


LINK = Refused("it is a symbolic link; hand in the file itself")


@functools.lru_cache(maxsize=4)
def opened(path: Path) -> zipfile.ZipFile:
    """The archive, opened once. Raises GraderError where it is none."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise GraderError(f"{path}: this is no zip archive that can be read: {error}") from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise GraderError(f"{path}: this archive holds more than {MOST_MEMBERS} files")
    return archive


def _refuse_large(size: int) -> None:
    if size > MAX_NOTEBOOK:
        megabytes, limit = size / 2**20, MAX_NOTEBOOK // 2**20
        raise Unreadable(f"it has {megabytes:.0f} MB, more than {limit}; clear its outputs and hand it in again")


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
