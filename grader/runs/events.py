"""How a run gets on, as values: a console draws a bar from them, a web page a queue, a test compares them.

A run is `Started`, then every submission is `Graded`, `Reused` or `SetAside`, in the order in which they complete, and
at the end the run is `Finished`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Grade, SubmissionStatus
from ..submissions.roster import Person
from .class_list import NOTHING_TO_NOTE, ClassNotes
from .overrides import Override


@dataclass(frozen=True, slots=True)
class Started:
    """The run begins. total: how many submissions there are. jobs: how many are graded at the same time, at most."""

    total: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission was graded, or could not be read."""

    submission: str
    status: SubmissionStatus


@dataclass(frozen=True, slots=True)
class Reused:
    """A submission has a grade that was known already.

    twin: the submission with the same content whose grade it is; empty if it is the submission's own, from before.
    """

    submission: str
    status: SubmissionStatus
    twin: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A submission was not graded because the grader itself failed; the reason is in its grade. The run goes on."""

    submission: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run came to, and what a person may have to look at.

    grades: of every submission in the folder, those of earlier runs included. twins: each submission that is the same
    file as another one, with that one. set_aside: those that the grader itself failed on. absent: who on the roster
    handed in nothing; None without a roster. notes: what else there is to say of the class. kept: submissions graded
    earlier that are not at the paths now. changed: how many have other points than before; `changes.csv` tells.
    idle_overrides: those that are about no submission at the paths.
    """

    grades: tuple[Grade, ...]
    twins: tuple[tuple[str, str], ...] = ()
    set_aside: tuple[str, ...] = ()
    absent: tuple[Person, ...] | None = None
    notes: ClassNotes = NOTHING_TO_NOTE
    kept: tuple[str, ...] = ()
    changed: int = 0
    idle_overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The record is in order. The run holds the folder until it is closed, so reports can be written."""

    report: RunReport


Completed = Graded | Reused | SetAside
Event = Started | Completed | Finished
