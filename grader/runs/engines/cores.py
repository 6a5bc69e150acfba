"""Where workers run: each takes turns with its sandbox, and waking one another across cores is slower than a call."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def places(jobs: int) -> list[int | None]:
    """A core for each of so many workers; none where they would not share the cores evenly, unless they can move."""
    cores = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
    return [cores[number % len(cores)] if cores and jobs % len(cores) == 0 else None for number in range(jobs)]


def settle(core: int | None) -> None:
    """Keep this thread and what it starts to a core, where there is one to keep to.

    And let whoever of them is woken wait for the one that runs, so that answers are taken many at a time.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        if core is not None:
            os.sched_setaffinity(0, {core})
