"""Where the bytes of a submission lie. Nothing is ever unpacked to disk, and nothing larger than a notebook is read."""

from __future__ import annotations

import functools
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..model import GraderError, GraderFault
from ..sandbox.host.session import MAX_NOTEBOOK, Unreadable

MOST_MEMBERS = 500_000


class Content(Protocol):
    """Bytes that can be read when they are needed."""

    def read(self) -> bytes:
        """All of them. Raises Unreadable, saying why, where that cannot be."""


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
