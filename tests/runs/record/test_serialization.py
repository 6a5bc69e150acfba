"""A grade and its line of JSON are one."""

import json
from dataclasses import asdict, fields

import pytest

from grader.model import (
    ComparedPart,
    Counterexample,
    ExerciseGrade,
    Grade,
    LeftOut,
    Place,
    Stage,
    Status,
    SubmissionStatus,
    Verdict,
)
from grader.runs.record.serialization import NoGrade, from_text, to_line

EXERCISE = ExerciseGrade(
    exercise="slope",
    status=Status.PARTIAL,
    points=1.5,
    max_points=2.0,
    cases_passed=1,
    cases_total=2,
    message='"raw": {',
    place=Place(2, 1),
    verdicts=(Verdict("by hand", True, fixed=True), Verdict("drawn", False, "differs", Stage.VALUES, "x")),
    counterexample=Counterexample((("x", "1"),), (ComparedPart("result", "«3»", "«2»", True),)),
    followed=("slope",),
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
    record={"seed": 2**62, "key": "k", "isolation": ["uid", "seccomp"]},
)


def test_a_grade_is_read_as_it_was_written():
    """Statuses, places, verdicts, counterexamples and all come back as the same values."""
    assert from_text(to_line(GRADE).text) == GRADE


def test_a_line_is_the_models_own_fields():
    """Scripts find every field of the model under its own name."""
    assert json.loads(to_line(GRADE).text) == json.loads(json.dumps(asdict(GRADE)))


def test_a_record_of_an_older_version_is_read():
    """Fields that came later have their defaults."""
    tree = json.loads(to_line(GRADE).text)
    for exercise in tree["exercises"]:
        del exercise["followed"], exercise["counterexample"]
    assert from_text(json.dumps(tree)).exercises[0].followed == ()


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
