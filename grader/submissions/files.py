"""The files of a folder or a zip archive, as one list: readable names, paths that lead nowhere else, bytes on demand.

Nothing is ever unpacked to disk, and nothing larger than a notebook is read.
"""

from __future__ import annotations

import functools
import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..model.errors import GraderError, GraderFault, Unreadable
from ..model.submission import Content, Submission

MAX_NOTEBOOK = 64 * 2**20
MOST_MEMBERS = 500_000
MOST_HANDED_IN = 5_000  # members of an archive that one student handed in
LONGEST_NAME = 255
MOST_HELPERS, MOST_BESIDE = 200, 8 * 2**20  # files and bytes that lie beside a submission
PASSED_OVER = (".ipynb_checkpoints", "__MACOSX", "__pycache__")
UTF8_NAME = 0x800  # the flag of a member whose name is UTF-8; without it many archives hold UTF-8 all the same
ZIP = ".zip"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of its own."""

    path: Path

    def read(self) -> bytes:
        """The file's bytes. Raises Unreadable if it is not a file, too large or cannot be opened."""
        try:
            about = self.path.stat()
            if not stat.S_ISREG(about.st_mode):  # nobody may ever write to the other end of a pipe
                raise Unreadable("it is not a file")
            _refuse_large(about.st_size)
            return self.path.read_bytes()
        except OSError as error:
            raise Unreadable(f"it cannot be opened: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class InZip:
    """The member of an archive at this place of its list; by place, because two members may have the same name.

    archive: its path, or its bytes if it was itself handed in within something.
    """

    archive: Path | Content
    index: int

    def read(self) -> bytes:
        """The member's bytes, whatever size it claims to have. Raises Unreadable if it is damaged or too large."""
        try:
            archive = opened(self.archive)
            member = archive.infolist()[self.index]
            _refuse_large(member.file_size)
            with archive.open(member) as file:
                data = file.read(MAX_NOTEBOOK + 1)
        except GraderError:
            raise
        except Exception as error:  # the decompressors raise whatever a damaged archive leads them to
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


def held_helpers(submission: Submission) -> dict[str, Held]:
    """What lies beside a submission when it runs, read: small files first, as far as there is room for them."""
    read = {name: data for name, content in submission.helpers.items() if (data := _data(content)) is not None}
    held: dict[str, Held] = {}
    room = MOST_BESIDE
    for name in sorted(read, key=lambda name: (len(read[name]), name))[:MOST_HELPERS]:
        room -= len(read[name])
        if room >= 0:
            held[name] = Held(read[name])
    return held


def _data(content: Content) -> bytes | None:
    try:
        return content.read()
    except Unreadable:
        return None


LINK = Refused("it is a symbolic link; hand in the file itself")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its path within what was given, its path for people, and its bytes."""

    name: str
    path: Path
    content: Content

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders it lies in, then the file's name."""
        return PurePosixPath(self.name).parts

    @property
    def suffix(self) -> str:
        """The kind of file by its name, in small letters."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The file's name without its kind."""
        return PurePosixPath(self.name).stem


def entries(path: Path) -> list[Entry]:
    """All files of a folder or an archive that somebody may have handed in, in the order of their names.

    Raises GraderError if the archive cannot be read.
    """
    if path.is_dir():
        found = list(_in_folder(path))
    else:
        try:
            found = _in_archive(path, path, "", MOST_MEMBERS)
        except Unreadable as error:
            raise GraderError(f"{path}: {error}") from error
    return sorted(found, key=lambda entry: entry.parts)


def members(archive: Entry) -> list[Entry]:
    """The files of a zip archive that somebody handed in, as if they lay in a folder of its name.

    Raises Unreadable if it cannot be read.
    """
    found = _in_archive(archive.content, archive.path, f"{archive.name}/", MOST_HANDED_IN)
    return sorted(found, key=lambda entry: entry.parts)


def on_disk(path: Path, name: str) -> Entry:
    """A file that lies there by itself; a link could lead anywhere and is not followed."""
    return Entry(name, path, LINK if path.is_symlink() else OnDisk(path))


def content_at(path: Path) -> Content:
    """What lies at the path of an entry: a file, or a member of an archive, or of an archive in that."""
    if not any(parent.is_file() for parent in path.parents):
        return on_disk(path, path.name).content
    return _contents(next(parent for parent in path.parents if parent.is_file())).get(path, GONE)


GONE = Refused("it is not in the archive any more")


@functools.lru_cache(maxsize=2)
def _contents(archive: Path) -> dict[Path, Content]:
    found = entries(archive)
    within = [inner for entry in found if entry.suffix == ZIP for inner in _readable_members(entry)]
    return {entry.path: entry.content for entry in (*found, *within)}


def _readable_members(archive: Entry) -> list[Entry]:
    try:
        return members(archive)
    except Unreadable:
        return []


@functools.lru_cache(maxsize=4)
def opened(archive: Path | Content) -> zipfile.ZipFile:
    """The archive, opened once. Raises Unreadable if it is not one that can be read."""
    try:
        return zipfile.ZipFile(archive if isinstance(archive, Path) else io.BytesIO(archive.read()))
    except Unreadable:
        raise
    except Exception as error:  # see InZip
        raise Unreadable(f"this is not a zip archive that can be read: {error}") from error


def _in_folder(folder: Path) -> Iterator[Entry]:
    taken: set[str] = set()
    for directory, subfolders, names in os.walk(folder):
        subfolders[:] = [name for name in subfolders if not _is_passed_over(name)]
        for name in names:
            if not _is_passed_over(name):
                path = Path(directory, name)
                yield on_disk(path, _untaken(_for_people(path.relative_to(folder)), taken))


def _for_people(path: Path) -> str:
    """A path in text that can be written everywhere: file systems take bytes that are not text."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _in_archive(archive: Path | Content, path: Path, prefix: str, most: int) -> list[Entry]:
    taken: set[str] = set()
    found = []
    listed = opened(archive).infolist()
    if len(listed) > most:
        raise Unreadable(f"this archive holds more than {most} files")
    for index, member in enumerate(listed):
        parts = _harmless(_readable(member))
        if member.filename.endswith("/") or not parts or any(map(_is_passed_over, parts)):
            continue
        name = _untaken("/".join(parts), taken)
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        found.append(Entry(prefix + name, path / name, LINK if is_link else InZip(archive, index)))
    return found


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
    text = unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode()
    parts = text.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..") and not (len(part) == 2 and part[1] == ":")]
    return [_shortened(part) for part in kept]


def _shortened(part: str) -> str:
    """A name that a file system would take; its end, which says the kind, is kept."""
    return part if len(part) <= LONGEST_NAME else f"{part[: LONGEST_NAME - 25]}…{part[-24:]}"


def _untaken(name: str, taken: set[str]) -> str:
    """The name, numbered if there is another file of it already."""
    path, count = PurePosixPath(name), 1
    while name in taken:
        count += 1
        name = path.with_name(f"{path.stem} ({count}){path.suffix}").as_posix()
    taken.add(name)
    return name


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in PASSED_OVER


def _refuse_large(size: int) -> None:
    if size > MAX_NOTEBOOK:
        megabytes, limit = size / 2**20, MAX_NOTEBOOK // 2**20
        raise Unreadable(f"it has {megabytes:.0f} MB, more than {limit}; clear its outputs and hand it in again")
