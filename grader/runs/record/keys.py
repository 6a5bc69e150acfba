"""What a result depends on, as digests: equal keys mean equal results, so what is known need not be graded again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from ...assignment.catalogue import DISTRIBUTION
from ...assignment.sheet import Sheet
from ...model import VERSION


def versions() -> dict[str, str]:
    """What a grade may depend on besides the submission and the assignment."""
    return {"grader": VERSION, "numpy": np.__version__}


def sheet_digest(sheet: Sheet) -> str:
    """A digest of all that makes the cases and their answers: declaration, support files, reference, versions, seed."""
    digest = hashlib.sha256(repr((sorted(versions().items()), sheet.seed, sheet.assignment.name)).encode())
    for file in sorted(set(_files(sheet))):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def content_digest(suffix: str, data: bytes, helpers: Mapping[str, bytes]) -> str:
    """A digest of a submission: its bytes, what kind of file they are, and what lies beside it."""
    digest = hashlib.sha256(suffix.encode() + b"\0" + data)
    for name in sorted(helpers):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(helpers[name]).digest())
    return digest.hexdigest()


def result_key(sheet: str, content: str) -> str:
    """Names a result by what it depends on: the digests of the sheet and of the submission."""
    return hashlib.sha256(f"{sheet} {content}".encode()).hexdigest()


def _files(sheet: Sheet) -> Iterator[Path]:
    folder = sheet.assignment.folder
    yield from folder.glob("*.py")
    yield from (folder / name for name in sheet.assignment.support)
    yield from DISTRIBUTION.glob("reference/*.py")
