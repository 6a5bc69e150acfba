"""Many submissions → their grades, as they complete; what has been graded before is not graded again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice

import numpy as np

from . import __version__
from .cases import Sheet
from .catalogue import DISTRIBUTION
from .grading import Grader
from .model import Grade, SubmissionStatus
from .sandbox import Unreadable
from .submissions import Submission


def grade_all(
    submissions: Iterable[Submission], grader: Grader, jobs: int, known: Mapping[str, Grade]
) -> Iterator[Grade]:
    """Every submission's grade, in the order of completion; `known` maps keys to grades that still hold.

    jobs: how many are graded at a time. No more than twice as many wait, so memory does not grow with the class.
    """
    digest = sheet_digest(grader.sheet)
    waiting = iter(submissions)
    with ThreadPoolExecutor(jobs) as pool:
        running: set[Future[Grade]] = set()
        try:
            while True:
                ahead = islice(waiting, 2 * jobs - len(running))
                running |= {pool.submit(_graded, submission, grader, digest, known) for submission in ahead}
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        finally:
            for future in running:
                future.cancel()


def _graded(submission: Submission, grader: Grader, digest: str, known: Mapping[str, Grade]) -> Grade:
    key, path = submission_key(submission, digest), str(submission.path.resolve())
    earlier = known.get(key)
    if earlier is not None and earlier.status is not SubmissionStatus.GRADER_FAULT:
        record = {**earlier.record, "path": path}
        return replace(earlier, submission=submission.name, student=submission.student, record=record)
    grade = grader.grade(submission)
    return replace(grade, record={**grade.record, **versions(), "seed": grader.sheet.seed, "key": key, "path": path})


def versions() -> dict[str, str]:
    """What a grade may depend on besides the submission and the assignment."""
    return {"grader": __version__, "numpy": np.__version__}


def submission_key(submission: Submission, digest: str) -> str:
    """Names a result by what it depends on: the submission's bytes, and the digest of the sheet it is graded on."""
    try:
        data = submission.read()
    except Unreadable as error:
        data = f"unreadable: {error}".encode()
    return hashlib.sha256(digest.encode() + submission.path.suffix.encode() + data).hexdigest()


def sheet_digest(sheet: Sheet) -> str:
    """A digest of all that makes the cases and their answers: declaration, support files, reference, versions, seed."""
    folder = sheet.assignment.folder
    files = [*folder.glob("*.py"), *(folder / name for name in sheet.assignment.support)]
    files += DISTRIBUTION.glob("reference/*.py")
    digest = hashlib.sha256(repr((sorted(versions().items()), sheet.seed, sheet.assignment.name)).encode())
    for file in sorted(set(files)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
