"""`results.jsonl`: the whole record of a folder of results, a line per submission, written as the grades come.

When a run is through, the file holds a line for each submission in the order of their names. While one is under way,
newer lines follow: the first of a submission is how it stood before, the last is how it stands. A line that was cut
off is passed over, so a run that ends at any moment leaves a file to go on from. It names the secret seed: only its
owner can read it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any

from ...model import Grade, GraderError, SubmissionStatus
from .lock import Lock
from .permissions import OWNER_ONLY, make_folder
from .permissions import RECORD as FILE
from .serialization import Line, NoGrade, from_text, tree_of

Adjust = Callable[[bytes], bytes]
Compare = Callable[[bytes, bytes], None]


class Halted(GraderError):
    """A run cannot go on, through no fault of any submission; what is graded is kept."""


def unwritable(path: Path, error: OSError) -> Halted:
    """What there is to say if a file in a folder of results cannot be written."""
    return Halted(
        f"{path}: writing failed ({error.strerror}). The grades so far are kept: mend that, then run the same command "
        "again to go on from there"
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a submission's line lies in the file, the key of its result, and whether that is the grader's own fault."""

    offset: int
    length: int
    key: str
    is_fault: bool


class Results:
    """The record in a folder, open for one run. It keeps in memory where the lines are, and none of them.

    seed: what the newest line was graded with.
    """

    def __init__(self, folder: Path, assignment: str = "") -> None:
        """Open it, or make it if there is none.

        Raises GraderError if the folder cannot be written to, another run is writing there, or it holds the results of
        another assignment, Halted if there is no room to end a line that was cut off.
        """
        self._path = folder / FILE
        self._first: dict[str, _Span] = {}
        self._last: dict[str, _Span] = {}
        self._names: dict[str, str] = {}
        self.seed: int | None = None
        try:
            make_folder(folder)
            _refuse_other(self._path, assignment)
            self._lock = Lock(folder)
            self._file = _opened(self._path)
        except OSError as error:
            raise GraderError(f"{folder}: results cannot be written there: {error.strerror}") from error
        self._end = 0
        self._read()
        self._start = self._end

    def __enter__(self) -> Results:
        """Use it in a with statement."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the file and let the next run in; what was added stays."""
        self._file.close()
        self._lock.release()

    def names(self) -> set[str]:
        """The submissions that have a line."""
        return set(self._last)

    def line_of(self, submission: str) -> bytes:
        """How the submission stands; empty if it has no line."""
        return self._text(self._last.get(submission))

    def known(self, key: str, submission: str = "", of_this_run: bool = False) -> bytes:
        """A line with this key: the submission's own, else anybody's; empty if there is none.

        A fault of the grader's own is not known.
        """
        for name in (submission, self._names.get(key, "")):
            span = self._last.get(name)
            if span and span.key == key and not span.is_fault and not (of_this_run and span.offset < self._start):
                return self._text(span)
        return b""

    def add(self, line: Line) -> None:
        """Write one grade's line so that it outlives this process.

        Raises Halted if there is no room for it; then the file ends with the line before.
        """
        data = line.text.encode()
        self._append(data)
        self._note(line, len(data))

    def finish(self, adjust: Adjust, compare: Compare, leave_out: Collection[str] = ()) -> None:
        """Replace the file, atomically, by one line per submission, in order and adjusted; then nothing can be added.

        compare is given each line that had stood before the run and is another now. Raises Halted where there is no
        room; then the file is as it was. A line of another version of the grader stays as it is.
        """
        temporary = self._path.with_name(f".{FILE}.tmp")
        try:
            with _opened(temporary, os.O_TRUNC) as file:
                for name in sorted(self._last.keys() - set(leave_out)):
                    _write(file, self._adjusted(name, adjust, compare))
                os.fsync(file.fileno())
            self._file.close()
            temporary.replace(self._path)
        except OSError as error:
            raise unwritable(self._path, error) from error
        finally:
            temporary.unlink(missing_ok=True)

    def _append(self, data: bytes) -> None:
        """Write at the end, all or nothing."""
        try:
            _write(self._file, data)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file.fileno(), self._end)
            raise unwritable(self._path, error) from error

    def _adjusted(self, name: str, adjust: Adjust, compare: Compare) -> bytes:
        after = self._text(self._last[name])
        with contextlib.suppress(NoGrade):
            after = adjust(after)
        before = self._first[name]
        if before.offset < self._start and (before_text := self._text(before)) != after:
            compare(before_text, after)
        return after

    def _read(self) -> None:
        """Index the lines that are there, and end one that was cut off."""
        data = b"\n"
        with self._path.open("rb") as lines:
            for data in lines:
                with contextlib.suppress(NoGrade):
                    self._index(data, self._end)
                self._end += len(data)
        if not data.endswith(b"\n"):
            self._append(b"\n")
            self._end += 1

    def _index(self, data: bytes, offset: int) -> None:
        tree = tree_of(data)
        record: dict[str, Any] = tree["record"]
        is_fault = (record.get("raw") or tree).get("status") == SubmissionStatus.GRADER_FAULT
        self._place(tree["submission"], _Span(offset, len(data), str(record.get("key", "")), is_fault))
        self.seed = record["seed"] if isinstance(record.get("seed"), int) else self.seed

    def _note(self, line: Line, length: int) -> None:
        is_fault = line.status is SubmissionStatus.GRADER_FAULT
        self._place(line.submission, _Span(self._end, length, line.key, is_fault))
        self._end += length

    def _place(self, name: str, span: _Span) -> None:
        self._first.setdefault(name, span)
        self._last[name] = span
        if not span.is_fault:
            self._names[span.key] = name

    def _text(self, span: _Span | None) -> bytes:
        if span is None:
            return b""
        self._file.seek(span.offset)
        return self._file.read(span.length)


def read(folder: Path) -> list[Grade]:
    """The last record of each submission that counts, in the file's order; empty if there is no file."""
    path = folder / FILE
    if not path.is_file():
        return []
    with path.open("rb") as lines:
        last = {grade.submission: grade for grade in _grades(lines)}
    return _best(list(last.values()))


def _grades(lines: Iterable[bytes]) -> Iterator[Grade]:
    for text in lines:
        with contextlib.suppress(NoGrade):
            yield from_text(text)


def _best(grades: list[Grade]) -> list[Grade]:
    """Of attempts of which the best counts, the best; the earlier one of two that are equal.

    One that could not be graded through the grader's own fault is beside it: it may be the better one.
    """
    best: dict[str, Grade] = {}
    for grade in filter(_is_rival, grades):
        if (of := _rivals(grade)) not in best or best[of].score < grade.score:
            best[of] = grade
    return [grade for grade in grades if not _is_rival(grade) or best[_rivals(grade)] is grade]


def _is_rival(grade: Grade) -> bool:
    return bool(_rivals(grade)) and grade.status is not SubmissionStatus.GRADER_FAULT


def _rivals(grade: Grade) -> str:
    """What the attempts are at of which only the best counts."""
    return grade.record.best_of


def _write(file: FileIO, data: bytes) -> None:
    """Write all of it; what has no room raises OSError."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _opened(path: Path, flags: int = 0) -> FileIO:
    """A file to read and to write at its end, without a buffer, for its owner alone."""
    flags |= os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    return FileIO(os.open(path, flags, OWNER_ONLY), "r+")


def _refuse_other(path: Path, assignment: str) -> None:
    """Raise GraderError if the record is another assignment's: its grades would no longer be in the folder's tables."""
    other = _assignment_of(path)
    if other not in ("", assignment) and assignment:
        advice = f"name another folder, for example -o {path.parent}-{assignment}"
        raise GraderError(f"{path.parent}: the results of {other} are in this folder; {advice}")


def _assignment_of(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as lines:
        for data in lines:
            with contextlib.suppress(NoGrade):
                return str(tree_of(data).get("assignment", ""))
    return ""
