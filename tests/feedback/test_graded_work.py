"""What students are told of graded work, and what is kept from them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from grader.feedback.card import Card, feedback_card
from grader.feedback.words import points
from grader.model import (
    Cause,
    Crashed,
    Difference,
    Lack,
    Missing,
    Place,
    Raised,
    Sentence,
    SetByHand,
    Shapes,
    Stage,
    Status,
    TimedOut,
    TimeFor,
    Verdict,
)
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import registry
from tests.reports import classes

FOR_STUDENTS = [
    "feedback",
    "feedback-markdown",
    "feedback-text",
    "junit",
    "github",
    "github-summary",
    "github-classroom",
    "gradescope",
    "prairielearn",
]


def card(*verdicts: Verdict, status: Status = Status.WRONG, **fields: object) -> Card:
    """What is told of an exercise with these verdicts."""
    return feedback_card(classes.exercise("square", status, verdicts=verdicts, **fields))


def everything(name: str, options: ReportOptions, folder: Path) -> str:
    """All that a format writes about one submission whose secret cases fail."""
    lost = classes.exercise("square", Status.WRONG)
    written = registry()[name].write(ClassResults.of([classes.graded("a.ipynb", "a", lost)]), folder / "out", options)
    texts = [path.read_text(encoding="utf-8") for path in written.paths]
    return "".join(base64.b64decode(text).decode() if name == "github-classroom" else text for text in texts)


@pytest.mark.parametrize("name", FOR_STUDENTS)
def test_the_numbers_of_secret_cases_reach_no_student(name: str, tmp_path: Path) -> None:
    """Neither the expected ones nor what the student's code says while it holds the inputs."""
    assert classes.SECRET not in everything(name, ReportOptions(), tmp_path)


@pytest.mark.parametrize("name", ["feedback", "feedback-markdown"])
def test_an_instructor_may_choose_to_show_them(name: str, tmp_path: Path) -> None:
    """For an assignment that will not be graded on that seed again; pages that list every case then have them."""
    only_secret = classes.exercise("square", Status.WRONG, verdicts=classes.FAILED[1:])
    results = ClassResults.of([classes.graded("a.ipynb", "a", only_secret)])
    (path,) = registry()[name].write(results, tmp_path / "out", ReportOptions(show_values=True)).paths
    assert classes.SECRET in path.read_text(encoding="utf-8")


def test_a_secret_case_is_told_by_its_part_and_stage() -> None:
    """Which is what a student needs to look in the right place."""
    told = card(Verdict("drawn", False, Difference(Stage.SHAPE, "grad_W[1]", Shapes((1,), (2,)))))
    assert list(told.why) == ["On the case “drawn”: `grad_W[1]` has another shape than it should."]


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (Raised("ValueError", "[1.5, 2.5]", Place(1, 2)), "Raises ValueError."),
        (Raised("LinAlgError", "singular"), "Raises LinAlgError."),
        (Raised("X_1p5_2p5", "hidden in a name"), "Raises an error."),
        (Crashed("it said 1.5"), "The process did not survive the call."),
        (TimedOut(2.0), "The call took longer than 2 s and was stopped."),
        (TimedOut(6.0, TimeFor.LOADING), "Running what it needs took longer than 6 s and was stopped."),
        (TimedOut(30.0, TimeFor.WHOLE), "The notebook's 30 s were used up before it had answered."),
        (Missing(Lack.STUB), "There is nothing to grade: its body is still the template's stub."),
        (
            Missing(Lack.SYNTAX, "1.5, 2.5", Place(1, 5)),
            "There is nothing to grade: its cell cannot be read as Python.",
        ),
        (
            Missing(Lack.NOT_CALLABLE, "X_1p5_2p5"),
            "There is nothing to grade: the name is bound to something that cannot be called.",
        ),
        (Sentence("1.5 is what I was given"), "It did not pass."),
    ],
)
def test_a_secret_case_that_returned_nothing_is_told_by_its_kind(cause: Cause, told: str) -> None:
    """An exception's text, and even its name, may hold the inputs."""
    ((_, said),) = card(Verdict("drawn", False, cause)).cases
    assert said == told


def test_a_case_that_everybody_is_given_is_shown_first_and_in_full() -> None:
    """It can be followed on paper."""
    told = card(*reversed(classes.FAILED))
    assert "expected 4" in told.explanation


@pytest.mark.parametrize("status", [Status.PASSED, Status.WRONG])
def test_what_a_person_set_is_said_with_the_reason(status: Status) -> None:
    """Of a right answer, too."""
    told = card(*classes.FAILED, status=status, override=SetByHand(2.0, "see the mail."))
    assert told.why[0] == "Set by hand to 2 of 3: see the mail."


def test_what_a_missing_function_says_of_itself_is_not_believed() -> None:
    """A student's process could answer so once it has been called with the secret inputs."""
    told = card(Verdict("drawn", False, Missing(Lack.SYNTAX, "1.5, 2.5", Place(1, 5))), status=Status.MISSING)
    assert told.explanation == "There is nothing to grade: its cell cannot be read as Python."


@pytest.mark.parametrize("lack", Lack)
def test_no_lack_tells_a_detail_of_a_secret_case(lack: Lack) -> None:
    """Whatever kind of lack a process claims, with whatever detail and place."""
    told = card(Verdict("drawn", False, Missing(lack, "1.5, 2.5", Place(15, 25))), status=Status.MISSING)
    assert told.explanation.startswith("There is nothing to grade: ")
    assert not any(figure in told.explanation for figure in ("1.5", "2.5", "15", "25"))


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (
            Missing(Lack.CELL_MAGIC, "%%snakeviz cell", Place(2, 1)),
            "It stands in a %%snakeviz cell (cell 2, line 1), which is not run as Python.",
        ),
        (
            Missing(Lack.SPELLING, "SoftPlus", Place(2, 1)),
            "The notebook defines no function of this name, but `SoftPlus` (cell 2, line 1), which is another name.",
        ),
        (
            Missing(Lack.LOOK_ALIKE, "s\N{CYRILLIC SMALL LETTER O}ft", Place(2, 1)),
            "The notebook defines no function of this name, but `s\N{CYRILLIC SMALL LETTER O}ft`, with letters of "
            "another alphabet that look the same (U+043E) (cell 2, line 1).",
        ),
        (
            Missing(Lack.TEXT_CELL, "", Place(3, 1)),
            "It stands in the Markdown cell below cell 3, which is not run; make that a code cell.",
        ),
        (
            Missing(Lack.TEXT_CELL, "", Place(0, 1)),
            "It stands in a Markdown cell at the top, which is not run; make that a code cell.",
        ),
        (
            Missing(Lack.NESTED, "main", Place(2, 4)),
            "It is defined inside `main` (cell 2, line 4), so that nothing else can call it.",
        ),
    ],
)
def test_where_a_missing_function_may_stand(missing: Missing, told: str) -> None:
    """In full where no case is secret."""
    assert card(Verdict("by hand", False, missing, fixed=True), status=Status.MISSING).explanation == told


def test_a_missing_function_is_said_to_be_missing() -> None:
    """It is no matter of a case."""
    missing = Verdict("by hand", False, Missing(Lack.STUB), fixed=True)
    told = card(missing, status=Status.MISSING)
    assert told.explanation == "Its body is still the template's stub."


@pytest.mark.parametrize(
    ("value", "written"),
    [(1 / 3, "0.33"), (20.0, "20"), (0.0, "0"), (12345.678, "12345.68"), (0.001, "0"), (100.0, "100"), (None, "–")],
)
def test_points_have_at_most_two_decimals(value: float | None, written: str) -> None:
    """Thirds happen."""
    assert points(value) == written
