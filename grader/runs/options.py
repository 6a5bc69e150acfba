"""What may be chosen for a run. A front end fills it in; nothing below asks where a choice came from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..sandbox.host.isolation import Level
from ..submissions.attempts import Attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a class is graded.

    seed: what the cases are drawn from; None takes that of the record in the folder, else a new one. groups: a CSV file
    of who hands in together, group,student. extensions: a CSV file of who has more time; None takes extensions.csv in
    the folder of results if it is there. overrides: a CSV file of scores set by hand; None takes overrides.csv in
    the folder of results if it is there. only: grade this student, or submission, alone. force: grade again what has
    not changed. prune: drop the rows of submissions that are not at the paths any more.
    """

    seed: int | None = None
    isolation: Level = Level.STRICT
    jobs: int = os.cpu_count() or 1
    engine: str = "local"
    scheduler: str = ""
    roster: Path | None = None
    groups: Path | None = None
    attempts: Attempts = Attempts.NEWEST
    extensions: Path | None = None
    overrides: Path | None = None
    only: str = ""
    force: bool = False
    prune: bool = False
