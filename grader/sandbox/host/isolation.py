"""Which sandbox a command uses."""

from __future__ import annotations

import sys
from enum import StrEnum

from ...model import GraderError
from .. import Runner
from .basic import BasicRunner


class Level(StrEnum):
    """How far student code is kept away from everything else."""

    STRICT = "strict"
    BASIC = "basic"


def runner(level: Level) -> Runner:
    """A runner of this level. Raises GraderError where this machine cannot provide it."""
    if level is Level.BASIC:
        return BasicRunner()
    if sys.platform != "linux":
        raise GraderError(
            "strict isolation needs Linux: grade in the container that docs/security.md describes; "
            "for code that you trust there is --isolation basic"
        )
    from .strict import StrictRunner  # noqa: PLC0415 - its layers exist on Linux alone

    return StrictRunner()
