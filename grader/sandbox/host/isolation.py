"""Which sandbox a command uses."""

from __future__ import annotations

import sys
from collections.abc import Collection
from enum import StrEnum

from ...model.errors import GraderError, GraderFault
from .. import Runner
from .basic import BasicRunner


class Level(StrEnum):
    """How far student code is kept away from everything else."""

    STRICT = "strict"
    BASIC = "basic"


def runner(level: Level, allowed: Collection[str] = ()) -> Runner:
    """A runner of this level. Raises GraderError if there can be none here, GraderFault if it does not start.

    allowed: the packages that student code may import, the usual ones if there are none named.
    """
    if level is Level.BASIC:
        return BasicRunner()
    if sys.platform != "linux":
        raise GraderError(
            "strict isolation needs Linux: grade in the container that docs/security.md describes; "
            "for code that you trust there is --isolation basic"
        )
    from .strict import StrictRunner  # noqa: PLC0415 - its layers exist on Linux alone

    return StrictRunner(allowed=allowed)


def started(level: Level, allowed: Collection[str] = ()) -> Runner:
    """A runner of this level. Raises GraderError if there is none, whatever the reason."""
    try:
        return runner(level, allowed)
    except GraderFault as error:
        raise GraderError(str(error)) from error
