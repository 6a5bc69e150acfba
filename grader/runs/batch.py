"""Many submissions → their lines in the record, as they complete; what has been graded before is not graded again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ..model import Submission, SubmissionStatus, Unreadable
from ..submissions.files import Held, Refused
from .engines.bench import Engine, Task
from .record.keys import content_digest, result_key, versions
from .record.results import Results, Settle
from .record.serialization import Line, tree_of


class How(StrEnum):
    """How a submission came to its line: graded now, graded before, or the same file as another one's."""

    GRADED = "graded"
    KNOWN = "known"
    ALIKE = "alike"


Watch = Callable[[How, SubmissionStatus], None]


@dataclass(frozen=True, slots=True)
class Basis:
    """What all submissions of a run are graded on: the sheet's digest and seed, for the key and for the record."""

    sheet: str
    seed: int
    assignment: str = ""


class Batch:
    """One run over many submissions, into one record."""

    def __init__(self, results: Results, basis: Basis, settle: Settle, watch: Watch, force: bool = False) -> None:
        """settle: makes a line count as it should. watch: told of every submission that has its line.

        force: what was graded in earlier runs is graded again.
        """
        self._results, self._basis, self._settle, self._watch, self._force = results, basis, settle, watch, force
        self._running: dict[str, list[Task]] = {}

    def run(self, submissions: Iterable[Submission], engine: Engine) -> None:
        """Have every submission graded that has to be. Raises Halted where that cannot go on, GraderError likewise."""
        for line in engine.grade(self._new(submissions)):
            self._add(line, How.GRADED)
            for twin in self._running.pop(line.key, ()):
                self._add(_as(line.text, twin), How.ALIKE)

    def _new(self, submissions: Iterable[Submission]) -> Iterator[Task]:
        """Those that nothing is known of yet; the others get their line here."""
        for submission in submissions:
            task = self._task(submission)
            known = self._results.known(task.key, submission.name, of_this_run=self._force)
            if known:
                self._reuse(known, task)
            elif task.key in self._running:
                self._running[task.key].append(replace(task, submission=submission))
            else:
                self._running[task.key] = []
                yield task

    def _task(self, submission: Submission) -> Task:
        content = _read(submission)
        data = content.data if isinstance(content, Held) else content.reason.encode()
        digest = content_digest(submission.path.suffix, data)
        key = result_key(self._basis.sheet, digest)
        basis = {"seed": self._basis.seed, "sheet": self._basis.sheet, "assignment": self._basis.assignment}
        record = {**versions(), **basis, "content": digest, "key": key, **about(submission)}
        return Task(key, replace(submission, content=content), record)

    def _reuse(self, known: bytes, task: Task) -> None:
        tree = tree_of(known)
        own = tree["submission"] == task.submission.name
        if own and _is_about(tree, task):
            self._watch(How.KNOWN, SubmissionStatus(tree["status"]))
        else:
            self._add(_as(known, task), How.KNOWN if own else How.ALIKE)

    def _add(self, line: Line, how: How) -> None:
        settled = self._settle(line.text.encode())
        self._results.add(replace(line, text=settled.decode()))
        self._watch(how, line.status)


def about(submission: Submission) -> dict[str, object]:
    """What the record says of the handing in; every name each time, so that what is no longer true goes."""
    receipt = submission.receipt
    return {
        "path": str(submission.path.absolute()),
        "handed_in": receipt.at.isoformat() if receipt.at else None,
        "late": receipt.late,
        "ids": list(receipt.ids),
        "attempt_of": receipt.attempt_of,
        "best_of": receipt.best_of,
    }


def _read(submission: Submission) -> Held | Refused:
    try:
        return Held(submission.read())
    except Unreadable as error:
        return Refused(str(error))


def _is_about(tree: Mapping[str, object], task: Task) -> bool:
    """Whether a line says of the handing in what is true now."""
    record = tree["record"]
    told = about(task.submission)
    assert isinstance(record, dict)
    return tree["student"] == task.submission.student and all(record.get(name) == told[name] for name in told)


def _as(text: str | bytes, task: Task) -> Line:
    """The line as that of another submission with the same content."""
    tree = tree_of(text)
    submission = task.submission
    tree |= {"submission": submission.name, "student": submission.student}
    tree["record"] |= about(submission)
    raw = tree["record"].get("raw", tree)
    return Line(submission.name, SubmissionStatus(raw["status"]), task.key, json.dumps(tree) + "\n")
