"""Which of the files that were handed in together are graded, and which lie beside them.

A file is what its content makes it: a notebook that was saved as `hw.ipynb.txt` is a notebook. Nothing here runs or
parses code. Whether a file defines an exercise is seen in its text, which only decides between files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from ..model.errors import Unreadable
from .files import ZIP, Entry, Refused, members
from .lms.layout import Owner

NOTEBOOK, SCRIPT = ".ipynb", ".py"
MAY_HELP = (SCRIPT, ".txt", ".csv", ".tsv", ".json", ".npy", ".npz", ".dat", ".yml", ".yaml", ".toml")
CALLED_NOTEBOOK = re.compile(r"\.ipynb(?![a-z0-9])", re.IGNORECASE)
CALLED_SCRIPT = re.compile(r"\.py(\.txt|\.download| ?\(\d{1,4}\))+$", re.IGNORECASE)
MAY_BE_NOTEBOOK = (".json", ".txt", "")
IS_TEST = re.compile(r"(conftest|test_.*|.*_test|tests?|setup|noxfile)\.py", re.IGNORECASE)
MOST_SEARCHED = 8 * 2**20  # bytes of a file in which definitions are looked for


class Why(StrEnum):
    """Why a file is not graded."""

    HELPER = "helper"
    TEST = "test"
    NOT_CODE = "not_code"
    NOT_HANDED_IN = "not_handed_in"
    OTHER_ASSIGNMENT = "other_assignment"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class File:
    """A file, whose it is, and whether it is read as a notebook, as a script, or not at all, which is empty."""

    entry: Entry
    owner: Owner
    kind: str

    @property
    def is_test(self) -> bool:
        """Whether it is a test that the course gave out, or a tool's own file, by its name."""
        return bool(IS_TEST.fullmatch(self.entry.parts[-1]))

    @property
    def work(self) -> str:
        """What it is an attempt at, if the system says so."""
        return self.owner.people[0].receipt.attempt_of

    @property
    def may_help(self) -> bool:
        """Whether code beside it may want it."""
        return self.entry.suffix in MAY_HELP


@dataclass(frozen=True, slots=True)
class HandIn:
    """Files that were handed in together, and those of them that are graded.

    is_shared: they lie in a folder of the instructor's own, and may be several people's.
    """

    files: list[File]
    graded: list[File]
    is_shared: bool = False


def file_of(entry: Entry, owner: Owner) -> File:
    """The file as what its name or its content makes it."""
    return File(entry, owner, _kind(entry))


def with_unpacked(files: Sequence[File]) -> list[File]:
    """The files of one hand-in, and those of its archives if nothing else in it can be graded.

    Archives within archives stay closed.
    """
    if any(_candidates(files)):
        return list(files)
    return [*files, *(within for file in files if file.entry.suffix == ZIP for within in _unpacked(file))]


def selected(files: Sequence[File], asked: Sequence[str]) -> list[File]:
    """Those of one hand-in that are graded: notebooks, else scripts; of several those that define what is asked.

    The others are their helpers. If nothing can be graded it is one file that says so when it is read.
    """
    notebooks, scripts = _candidates(files)
    for alike in (notebooks, scripts):
        if written := [file for file in alike if len(notebooks + scripts) == 1 or defines(file, asked)]:
            works = {file.work for file in written if file.work}  # an attempt counts also if it has become empty
            return [file for file in alike if file in written or file.work in works]
    if notebooks or scripts:
        return notebooks or (scripts[:1] if asked else scripts)
    return [file for file in files if file.kind] or [_refused(files)]


def _candidates(files: Iterable[File]) -> tuple[list[File], list[File]]:
    """The notebooks and the scripts that may be what was asked for."""
    notebooks = [file for file in files if file.kind == NOTEBOOK]
    scripts = [file for file in files if file.kind == SCRIPT and not file.is_test]
    return notebooks, [file for file in scripts if "tests" not in PurePosixPath(file.owner.file).parts[:-1]]


def _unpacked(file: File) -> list[File]:
    """The files of an archive that was handed in, as its owner's; none if it cannot be read."""
    try:
        found = members(file.entry)
    except Unreadable:
        return []
    inside = len(file.entry.parts)
    wrapped = inside + (len({entry.parts[inside] for entry in found if len(entry.parts) > inside + 1}) == 1)
    deep = wrapped if all(len(entry.parts) > wrapped for entry in found) else inside
    return [file_of(entry, replace(file.owner, file="/".join(entry.parts[deep:]))) for entry in found]


def defines(file: File, asked: Sequence[str]) -> bool:
    """Whether the file's text looks as if it defined one of the exercises; in a notebook, lines stand in quotes."""
    names = "|".join(re.escape(name) for name in asked)
    pattern = rf"\b(?:def|class)\s+(?:{names})\b|(?:^|[\"\n])\s*(?:{names})\s*(?::[^=\n]{{1,200}})?=(?!=)"
    return bool(asked) and bool(re.search(pattern, _text(file.entry)))


def imports(file: File, module: str) -> bool:
    """Whether the file's text looks as if it imported a module of this name."""
    return bool(re.search(rf"\b(?:from|import)\b[^\n\"\\]*\b{re.escape(module)}\b", _text(file.entry)))


def beside(graded: File, files: Iterable[File]) -> dict[str, File]:
    """What of these files lies beside one when it runs, by the path from there: modules and small data."""
    home = PurePosixPath(graded.owner.file).parent
    paths = [(PurePosixPath(file.owner.file), file) for file in files if file.may_help]
    return {path.relative_to(home).as_posix(): file for path, file in paths if path.is_relative_to(home)}


def imported(graded: File, files: Mapping[str, File]) -> dict[str, File]:
    """The modules among these that a file imports, and what they import in turn."""
    modules = {name: file for name, file in files.items() if file.kind == SCRIPT}
    found: dict[str, File] = {}
    waiting = [graded]
    while waiting:
        importer = waiting.pop()
        new = {name: file for name, file in modules.items() if name not in found and imports(importer, _module(name))}
        found |= new
        waiting += new.values()
    return found


def _module(path: str) -> str:
    """What an import of the file at this path names first."""
    return path.partition("/")[0].removesuffix(SCRIPT)


def _kind(entry: Entry) -> str:
    name = entry.parts[-1]
    if entry.suffix in (NOTEBOOK, SCRIPT):
        return entry.suffix
    if CALLED_SCRIPT.search(name):
        return SCRIPT
    if is_called_notebook(entry) or entry.suffix in MAY_BE_NOTEBOOK:
        return NOTEBOOK if _holds_notebook(_data(entry)) else ""
    return ""


def is_called_notebook(entry: Entry) -> bool:
    """Whether somebody took it for a notebook, whatever is in it."""
    return bool(CALLED_NOTEBOOK.search(entry.parts[-1]))


def _holds_notebook(data: bytes) -> bool:
    """Whether it is JSON with what every notebook has; whether it can be read is seen when it is."""
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return text.startswith(b"{") and b'"nbformat"' in text and (b'"cells"' in text or b'"worksheets"' in text)


def _data(entry: Entry) -> bytes:
    try:
        return entry.content.read()
    except Unreadable:
        return b""


def _text(entry: Entry) -> str:
    """A file's text with names as Python reads them; lines end within a notebook's strings, too."""
    text = _data(entry)[:MOST_SEARCHED].decode("utf-8", "replace").replace("\\n", "\n")
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _refused(files: Sequence[File]) -> File:
    """The first file, which says what it is when it is read."""
    file = next((file for file in files if is_called_notebook(file.entry)), files[0])
    name = PurePosixPath(file.owner.file).name
    if file.entry.suffix == ZIP:
        what = f"{name} holds neither a notebook (.ipynb) nor a .py file that can be read"
    elif is_called_notebook(file.entry):
        what = f"{name} is not a notebook, whatever its name says"
    else:
        what = f"{name} is neither a notebook (.ipynb) nor a .py file"
    alone = "" if len(files) == 1 else ", and nothing else that was handed in is"
    return replace(file, entry=replace(file.entry, content=Refused(what + alone)))
