"""What one case came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is compared, in this order; the first that fails is the one that is named."""

    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    FINITENESS = "finiteness"
    VALUES = "values"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one case came to.

    stage and part say where a returned value first differs (`grad_W[1]`); both are empty where it passed or where
    nothing was returned.
    """

    case: str
    passed: bool
    message: str = ""
    stage: Stage | None = None
    part: str = ""
    fixed: bool = False
    weight: float = 1.0
    notes: tuple[str, ...] = ()
