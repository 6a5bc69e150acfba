"""The verbs of the command line, and the seed that some of them take from the environment."""

from __future__ import annotations

import os

from ...model import GraderError

VARIABLE = "GRADER_SEED"


def seed_of(option: int | None) -> int | None:
    """The seed of the option, else that of the environment, else None.

    Raises GraderError if the environment's is empty or no number, without repeating it: it may be a secret. A secret
    that a workflow cannot read arrives empty, and the public cases must not take its place in silence.
    """
    text = os.environ.get(VARIABLE)
    if option is not None or text is None:
        return option
    try:
        seed = int(text)
    except ValueError:
        seed = -1
    if seed < 0:
        what = "is no whole number from 0 on" if text.strip() else "is empty (perhaps a secret that is not there)"
        raise GraderError(f"{VARIABLE} {what}; set it to a number, or unset it")
    return seed
