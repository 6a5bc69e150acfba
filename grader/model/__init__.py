"""The frozen values that flow through the grader, in the order in which they arise.

A `Case` is drawn, an `Outcome` comes back from the sandbox, a `Verdict` judges it, and an `ExerciseGrade` and a
`Grade` add the verdicts up. Nothing here knows how any of them is made.
"""

from .cases import Case, ExpectedCase
from .errors import GraderError, GraderFault, Unreadable
from .grades import ComparedPart, Counterexample, ExerciseGrade, Grade, LeftOut, Status, SubmissionStatus
from .outcomes import Crashed, Missing, Opaque, Outcome, Place, Raised, Returned, TimedOut
from .provenance import VERSION
from .submission import Content, Receipt, Submission
from .verdicts import Stage, Verdict

__all__ = [
    "VERSION",
    "Case",
    "ComparedPart",
    "Content",
    "Counterexample",
    "Crashed",
    "ExerciseGrade",
    "ExpectedCase",
    "Grade",
    "GraderError",
    "GraderFault",
    "LeftOut",
    "Missing",
    "Opaque",
    "Outcome",
    "Place",
    "Raised",
    "Receipt",
    "Returned",
    "Stage",
    "Status",
    "Submission",
    "SubmissionStatus",
    "TimedOut",
    "Unreadable",
    "Verdict",
]
