"""The frozen values that flow through the grader, in the order in which they arise.

A `Case` is drawn, an `Outcome` comes back from the sandbox, a `Verdict` judges it, and an `ExerciseGrade` and a
`Grade` add the verdicts up. Nothing here knows how any of them is made, and none of it is a sentence: `feedback` has
the words.
"""

from .cases import Arguments, Case, ExpectedCase
from .differences import Broken, Difference, Entries, Figures, Keys, Kinds, Lengths, Members, Shapes, Stage
from .errors import GraderError, GraderFault, Unreadable
from .grades import ComparedPart, Counterexample, ExerciseGrade, Extended, Grade, Late, LeftOut, LeftOutKind, SetByHand
from .installing import install_line, require
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
    Status,
    SubmissionStatus,
    TimedOut,
    TimeFor,
)
from .provenance import VERSION, Provenance, Raw, RawExercise
from .submission import Content, Receipt, Submission
from .verdicts import (
    ArgumentsChanged,
    Cause,
    CountedElsewhere,
    PartEarned,
    Remark,
    Sentence,
    SinglePrecision,
    Unexplained,
    Verdict,
)

__all__ = [
    "VERSION",
    "Arguments",
    "ArgumentsChanged",
    "Behind",
    "Broken",
    "Case",
    "Cause",
    "ComparedPart",
    "Content",
    "CountedElsewhere",
    "Counterexample",
    "Crashed",
    "Difference",
    "Entries",
    "ExerciseGrade",
    "ExpectedCase",
    "Extended",
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
    "Members",
    "Missing",
    "Opaque",
    "Outcome",
    "PartEarned",
    "Place",
    "Provenance",
    "Raised",
    "Raw",
    "RawExercise",
    "Receipt",
    "Remark",
    "Returned",
    "Sentence",
    "SetByHand",
    "Shapes",
    "SinglePrecision",
    "Stage",
    "Status",
    "Submission",
    "SubmissionStatus",
    "TimeFor",
    "TimedOut",
    "Unexplained",
    "Unreadable",
    "Verdict",
    "install_line",
    "require",
]
