"""A grade and its line of JSON are one."""

import json
from dataclasses import asdict, fields, replace

import pytest

from grader.feedback.words import remark, sentence
from grader.model import (
    ArgumentsChanged,
    Behind,
    Broken,
    ComparedPart,
    CountedElsewhere,
    Counterexample,
    Crashed,
    Difference,
    Entries,
    ExerciseGrade,
    Grade,
    Keys,
    Kinds,
    Lack,
    Late,
    LeftOut,
    Lengths,
    Missing,
    PartEarned,
    Place,
    Provenance,
    Raised,
    Sentence,
    SetByHand,
    Shapes,
    SinglePrecision,
    Stage,
    Status,
    SubmissionStatus,
    TimedOut,
    TimeFor,
    Unexplained,
    Verdict,
)
from grader.runs.record.serialization import NoGrade, from_text, to_line

CAUSES = [
    Difference(Stage.TYPE, "", Kinds("None", "a number", nothing=True)),
    Difference(Stage.TYPE, "params", Keys(("'W1'",), ("'w1'",))),
    Difference(Stage.SHAPE, "x", Shapes((2, 3), (3, 2)), ("y", "z")),
    Difference(Stage.SHAPE, "", Lengths(2, 3, ("a", "b", "c"))),
    Difference(Stage.VALUES, "x", Entries("1", "2", (0, 1), 3, 4, "1", "0.5")),
    Difference(Stage.PROPERTY, "", Broken("it does not sum to 1")),
    Raised("NameError", "x", Place(1, 2), behind=Behind("ImportError", "torch", Place(1, 1))),
    TimedOut(30.0, TimeFor.WHOLE),
    Crashed("it ended itself"),
    Missing(Lack.SYNTAX, "does not parse: invalid syntax", Place(3, 1)),
    Sentence("as it was put earlier", Stage.VALUES, "x"),
]
REMARKS = (
    ArgumentsChanged(("`x`",)),
    SinglePrecision(),
    CountedElsewhere(("slope", "cost"), is_right=True),
    PartEarned(0.5, 2.0, convention=True),
    Unexplained("TypeError"),
    Sentence("as it was put earlier"),
)
FAILED = [Verdict(f"drawn {i}", False, cause, remarks=REMARKS) for i, cause in enumerate(CAUSES)]
EXERCISE = ExerciseGrade(
    exercise="slope",
    status=Status.PARTIAL,
    points=1.5,
    max_points=2.0,
    cases_passed=1,
    cases_total=2,
    diagnosis='"raw": {',
    place=Place(2, 1),
    verdicts=(Verdict("by hand", True, fixed=True), *FAILED),
    counterexample=Counterexample((("x", "1"),), (ComparedPart("result", "«3»", "«2»", True),)),
    followed=("slope",),
    remarks=REMARKS,
    override=SetByHand(1.5, "oral exam"),
)
GRADE = Grade(
    submission="李/ada\udce9.ipynb",
    student="ada",
    assignment="slopes",
    status=SubmissionStatus.GRADED,
    score=1.5,
    max_score=2.0,
    exercises=(EXERCISE, ExerciseGrade("other", Status.MISSING, 0.0, 1.0, 0, 1)),
    left_out=(LeftOut(3, 1, "shell line"),),
    missing_modules=("utils",),
    late=Late(2, 0.5, 2.0),
    override=SetByHand(1.5, "for the effort"),
    record=Provenance(seed=2**62, key="k", isolation=("uid", "seccomp")),
)


def test_a_grade_is_read_as_it_was_written():
    """Statuses, places, verdicts, counterexamples and all come back as the same values."""
    assert from_text(to_line(GRADE).text) == GRADE


def test_a_line_has_the_models_own_fields():
    """Scripts find every field of the model under its own name, and what it comes to in words beside it."""
    tree = json.loads(to_line(GRADE).text)
    assert set(asdict(GRADE)) | {"message", "format"} == set(tree)
    first, *others = tree["exercises"][0]["verdicts"]
    assert set(asdict(EXERCISE.verdicts[0])) | {"message", "stage", "part", "notes"} == set(first)
    assert [one["message"] for one in others] == [sentence(cause) for cause in CAUSES]
    assert tree["exercises"][0]["notes"] == list(map(remark, REMARKS))
    assert tree["exercises"][0]["message"] == "Set by hand to 1.5 of 2: oral exam"


def test_a_record_of_another_version_is_read():
    """Fields that came later have their defaults, and those that are not known here are passed over."""
    tree = json.loads(to_line(GRADE).text) | {"later": 1}
    for exercise in tree["exercises"]:
        del exercise["followed"], exercise["counterexample"]
    assert from_text(json.dumps(tree)).exercises[0].followed == ()


FLOODS = {
    "sources": {"source": "x" * 20_000, "printed": "y" * 20_000},
    "causes": {"verdicts": tuple(Verdict(f"{i}", False, Raised("E" * 100, "m" * 20_000)) for i in range(9))},
    "remarks": {"remarks": tuple(Sentence("r" * 10_000 + str(i)) for i in range(9))},
    "an example": {"counterexample": Counterexample((("x", "1" * 10_000),) * 9)},
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_line_has_a_length(flood):
    """Whatever a student's code makes long, points, statuses and how each case ended are kept."""
    exercises = tuple(replace(EXERCISE, exercise=f"e{i}", **flood) for i in range(9))
    left_out = tuple(LeftOut(i, 1, "l" * 500) for i in range(1_000))
    whole = replace(GRADE, exercises=exercises, left_out=left_out)
    line = to_line(whole)
    assert len(line.text) < 300_000
    read = from_text(line.text)
    assert [(one.points, one.status) for one in read.exercises] == [(one.points, one.status) for one in exercises]
    stages = [[verdict.stage for verdict in one.verdicts] for one in exercises]
    assert [[verdict.stage for verdict in one.verdicts] for one in read.exercises] == stages


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "[" * 100_000, '{"submission": "a"}', '{"submission": "a", "record": {}}']
)
def test_what_is_no_grade_is_told_apart(text):
    """A line that was cut off, and JSON of something else."""
    with pytest.raises(NoGrade):
        from_text(text)


def test_every_field_of_a_grade_is_held_to_this():
    """The example leaves no field of an exercise's grade that could be a structure at its default."""
    plain = {field.name for field in fields(ExerciseGrade) if field.type in ("str", "int", "float")}
    left = {name for name, value in asdict(EXERCISE).items() if not value} - plain
    assert left <= {"notes"}
