"""The frozen values that flow through the grader, in the order in which they arise.

A `Case` is drawn, an `Outcome` comes back from the sandbox, a `Verdict` judges it, and an `ExerciseGrade` and a
`Grade` add the verdicts up. Nothing here knows how any of them is made, and none of it is a sentence: `feedback` has
the words.
"""

from .cases import Case, ExpectedCase
from .errors import GraderError, GraderFault, Unreadable
from .grades import ComparedPart, Counterexample, ExerciseGrade, Grade, Late, LeftOut, LeftOutKind, SetByHand
from .outcomes import (
    Behind,
    Crashed,
    Lack,
    Missing,
    Opaque,
    Outcome,
    Place,
    Raised,
    Returned,
    TimedOut,
    TimeFor,
)
from .provenance import VERSION, Provenance, Raw, RawExercise
from .submission import Content, Receipt, Submission
from .verdicts import (
    Broken,
    Cause,
    Difference,
    Entries,
    Figures,
    Keys,
    Kinds,
    Lengths,
    Sentence,
    Shapes,
    Stage,
    Status,
    SubmissionStatus,
    Verdict,
)

__all__ = [
    "VERSION",
    "Behind",
    "Broken",
    "Case",
    "Cause",
    "ComparedPart",
    "Content",
    "Counterexample",
    "Crashed",
    "Difference",
    "Entries",
    "ExerciseGrade",
    "ExpectedCase",
    "Figures",
    "Grade",
    "GraderError",
    "GraderFault",
    "Keys",
    "Kinds",
    "Lack",
    "Late",
    "LeftOut",
    "LeftOutKind",
    "Lengths",
    "Missing",
    "Opaque",
    "Outcome",
    "Place",
    "Provenance",
    "Raised",
    "Raw",
    "RawExercise",
    "Receipt",
    "Returned",
    "Sentence",
    "SetByHand",
    "Shapes",
    "Stage",
    "Status",
    "Submission",
    "SubmissionStatus",
    "TimeFor",
    "TimedOut",
    "Unreadable",
    "Verdict",
]
