"""Files of reports: whole ones or none, under names that every system takes."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ..model import GraderError
from ..runs.record.permissions import file_mode, make_folder

MOST_BYTES = 150
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def write(path: Path, content: str | bytes) -> Path:
    """Write a file so that a reader sees either the old one or the whole new one; returns its path.

    A dash is standard output; what is there and is no file, such as a pipe, is written into. Others can read the file
    if its folder was opened to them. Raises GraderError if it cannot be written.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        if str(path) == "-":
            sys.stdout.buffer.write(data)
        elif path.exists() and not path.is_file():
            path.open("wb").write(data)
        else:
            make_folder(path.parent)
            _replace(path, data)
    except OSError as error:
        raise GraderError(f"{path}: it cannot be written: {error.strerror or error}") from error
    return path


def names(submissions: Iterable[str], suffix: str = "") -> dict[str, str]:
    """A file name for each submission, in names of any script; no two differ in upper and lower case alone."""
    plain = {submission: _file_name(submission).removesuffix(suffix) for submission in submissions}
    taken = Counter(name.casefold() for name in plain.values())
    return {
        submission: f"{name if taken[name.casefold()] == 1 else _distinct(submission, name)}{suffix}"
        for submission, name in plain.items()
    }


def _replace(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).chmod(file_mode(path.parent))
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)  # a full disk is not made fuller


def _file_name(submission: str) -> str:
    """Letters, digits and a few signs as they are, everything else an underscore; too long ones are cut."""
    normal = unicodedata.normalize("NFC", submission)
    name = re.sub("_+", "_", "".join(map(_file_char, normal))).strip(".") or "submission"
    name = f"_{name}" if RESERVED.match(name) or name.startswith("-") else name
    return name if len(name.encode()) <= MOST_BYTES else _distinct(submission, name)


def _file_char(char: str) -> str:
    return char if char in "._+-" or unicodedata.category(char)[0] in "LMN" else "_"


def _distinct(submission: str, name: str) -> str:
    """Cut to what fits, and marked by a digest of the whole."""
    digest = hashlib.sha256(submission.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name.encode()[: MOST_BYTES - 9].decode('utf-8', 'ignore')}-{digest}"
