"""Many submissions → their lines in the record, as they complete. What was graded before is not graded again."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..model import Submission, SubmissionStatus, Unreadable
from ..submissions.files import Faulty, Held, Refused, held_helpers
from .engines.worker import Task
from .events import Completed, Graded, Reused, SetAside
from .record.keys import content_digest, result_key, versions
from .record.results import Adjust, Results
from .record.serialization import Line, tree_of

if TYPE_CHECKING:
    from .engines import Engine


@dataclass(frozen=True, slots=True)
class Basis:
    """What all submissions of a run are graded on: the sheet's digest and seed, for the key and for the record."""

    sheet: str
    seed: int
    assignment: str = ""


class Batch:
    """One run over many submissions, into one record."""

    def __init__(self, results: Results, basis: Basis, adjust: Adjust, force: bool = False) -> None:
        """adjust: makes a line count as it should. force: what was graded in earlier runs is graded again."""
        self._results, self._basis, self._adjust, self._force = results, basis, adjust, force
        self._running: dict[str, list[Task]] = {}
        self._reused: deque[Completed] = deque()

    def run(self, submissions: Iterable[Submission], engine: Engine) -> Iterator[Completed]:
        """Grade every submission that has to be graded; each line is on disk before its event is given out.

        Raises Halted if that cannot go on, GraderError likewise.
        """
        for line in engine.grade(self._new(submissions)):
            yield from self._told()
            self._add(line)
            yield _completed(line)
            for twin in self._running.pop(line.key, ()):
                yield self._add_twin(line.text, twin)
        yield from self._told()

    def _told(self) -> Iterator[Completed]:
        """What was found to be known while the engine asked for more tasks."""
        while self._reused:
            yield self._reused.popleft()

    def _new(self, submissions: Iterable[Submission]) -> Iterator[Task]:
        """The tasks that have to be graded. A submission whose grade is known gets its line here.

        One with the same content as a task that is under way waits for that task's line.
        """
        for submission in submissions:
            task = self._task(submission)
            known = self._results.known(task.key, submission.name, of_this_run=self._force)
            if known:
                self._reused.append(self._reuse(known, task))
            elif task.key in self._running:
                self._running[task.key].append(replace(task, submission=submission))
            else:
                self._running[task.key] = []
                yield task

    def _task(self, submission: Submission) -> Task:
        content, helpers = _read(submission), held_helpers(submission)
        submission = replace(submission, content=content, helpers=helpers)
        data = content.data if isinstance(content, Held) else content.reason.encode()
        digest = content_digest(submission.suffix, data, {name: helper.data for name, helper in helpers.items()})
        key = result_key(self._basis.sheet, digest)
        basis = {"seed": self._basis.seed, "sheet": self._basis.sheet, "assignment": self._basis.assignment}
        record = {**versions(), **basis, "content": digest, "key": key, **about(submission)}
        return Task(key, submission, record)

    def _reuse(self, known: bytes, task: Task) -> Completed:
        tree = tree_of(known)
        if tree["submission"] != task.submission.name:
            return self._add_twin(known, task)
        if not _is_about(tree, task):
            self._add(_as(known, task))
        return Reused(task.submission.name, SubmissionStatus(tree["status"]))

    def _add_twin(self, known: str | bytes, task: Task) -> Completed:
        """Give a submission the line of another one with the same content."""
        line = _as(known, task)
        self._add(line)
        if line.status is SubmissionStatus.GRADER_FAULT:
            return SetAside(line.submission)
        return Reused(line.submission, line.status, twin=tree_of(known)["submission"])

    def _add(self, line: Line) -> None:
        self._results.add(replace(line, text=self._adjust(line.text.encode()).decode()))


def about(submission: Submission) -> dict[str, Any]:
    """What the record says of the handing in; every name each time, so that what is no longer true goes."""
    receipt = submission.receipt
    return {
        "path": str(submission.path.absolute()),
        "handed_in": receipt.at.isoformat() if receipt.at else None,
        "late": receipt.late,
        "ids": list(receipt.ids),
        "attempt_of": receipt.attempt_of,
        "best_of": receipt.best_of,
        "group": receipt.group,
        "section": receipt.section,
        "helpers": sorted(submission.helpers),
    }


def _completed(line: Line) -> Completed:
    is_fault = line.status is SubmissionStatus.GRADER_FAULT
    return SetAside(line.submission) if is_fault else Graded(line.submission, line.status)


def _read(submission: Submission) -> Held | Refused | Faulty:
    """The submission's bytes, or why there are none. An error of ours costs this submission, not the run."""
    try:
        return Held(submission.read())
    except Unreadable as error:
        return Refused(str(error))
    except Exception as error:
        return Faulty(f"{type(error).__name__}: {error}")


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
    raw = tree["record"].get("raw") or tree
    return Line(submission.name, SubmissionStatus(raw["status"]), task.key, json.dumps(tree) + "\n")
