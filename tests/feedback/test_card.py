"""What a student is told: the verdict, the clearest case, and what to try, in words that are safe to show."""

from dataclasses import replace

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.card import SubmissionReport, check_card, feedback_card, left_out, total
from grader.feedback.secrecy import without_values
from grader.feedback.words import sentence
from grader.grading import Grader
from grader.model import (
    Counterexample,
    Difference,
    Entries,
    ExerciseGrade,
    Kinds,
    Lack,
    Late,
    LeftOut,
    LeftOutKind,
    Missing,
    Place,
    Raised,
    SetByHand,
    Stage,
    Status,
    Submission,
    Verdict,
)
from grader.selfcheck.choosing import sheet as sheet_of
from grader.submissions.files import OnDisk
from tests.conftest import notebook
from tests.fakes import FakeRunner
from tests.reports import classes

FAILED = (
    Verdict("drawn", False, Difference(Stage.VALUES, "", Entries("1", "2", (0,), 4, 4, "1", "0.5"))),
    Verdict("by hand", False, Difference(Stage.VALUES, "", Entries("1", "2", (0,), 2, 2, "1", "0.5")), fixed=True),
)


@pytest.fixture
def sheet(slopes):
    """The small assignment's public cases."""
    return draw(load(str(slopes)), 7)


def grade(**fields):
    known = {"status": Status.WRONG, "points": 0.0, "max_points": 2.0, "cases_passed": 0, "cases_total": 3}
    return ExerciseGrade(**({"exercise": "slope", "verdicts": FAILED} | known | fields))


def test_the_headline_has_the_verdict_the_points_and_the_place(sheet):
    """All that one needs at a glance."""
    assert (
        check_card(grade(place=Place(3, 2)), sheet).headline == "✗ slope: not right yet, 0 of 2 points (cell 3, line 2)"
    )


def test_the_case_made_by_hand_is_told_with_its_call(sheet):
    """The one that can be followed on paper, and tried."""
    assert check_card(grade(), sheet).lines == [
        "On the case “by hand”: 2 of 2 entries differ; the first, `result[0]` is 1, expected 2"
        " (largest difference 1, relative 0.5).",
        "Try it: slope(np.array([1., 2.])) should return np.array([2., 4.])",
    ]


def test_an_example_takes_the_place_of_a_case(sheet):
    """It is smaller, and made for reading."""
    example = Counterexample((("x", "[1]"),), failure="returns nothing")
    verdicts = (Verdict("by hand", False, Difference(Stage.TYPE, "", Kinds("None", "a number")), fixed=True),)
    lines = check_card(grade(verdicts=verdicts, counterexample=example), sheet).lines
    assert lines == ["A small example: for x = [1], your function returns nothing."]


def test_the_question_comes_last(sheet):
    """It is what the student takes along."""
    lines = check_card(grade(diagnosis="A slip.", question="What if?"), sheet).lines
    assert (lines[0], lines[-1]) == ("A slip.", "What if?")


def test_cases_of_another_seed_are_told_without_their_numbers(slopes):
    """Where the inputs are a secret, so is what the function made of them."""
    secret = sheet_of(str(slopes), seed=99)
    verdict = Verdict("drawn", False, Difference(Stage.VALUES, "", Entries("0.123", "2")))
    told_words = check_card(grade(verdicts=(verdict,)), secret)
    assert "0.123" not in " ".join(told_words.lines) and told_words.call == ""


def test_nor_is_an_example_told_then(slopes):
    """The function may have kept the secret inputs, and return them when it is called again."""
    secret = sheet_of(str(slopes), seed=99)
    example = Counterexample((("x", "[1]"),), failure="raises ValueError: 0.123")
    verdict = Verdict("drawn", False, Difference(Stage.VALUES, "", Entries("0.123", "2")))
    assert "0.123" not in " ".join(check_card(grade(verdicts=(verdict,), counterexample=example), secret).lines)


def test_a_missing_function_is_told_kindly(sheet):
    """What is there to do, without a case and without a call."""
    verdicts = (Verdict("by hand", False, Missing(Lack.STUB), fixed=True),)
    assert check_card(grade(status=Status.MISSING, verdicts=verdicts), sheet).lines == [
        "Its body is still the template's stub."
    ]


def test_the_answer_of_an_exercise_without_arguments_is_not_given_away(tmp_path):
    """Its value is all that is asked for."""
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook())
    on = sheet_of("delta_rule", "worked_example")
    wrong = Grader(on, FakeRunner({"worked_example": lambda: 0})).grade(
        Submission("a", "a", path, OnDisk(path)), "worked_example"
    )
    answer = on.cases["worked_example"][0].expected
    words = " ".join(check_card(wrong.exercises[0], on).lines)
    numbers = [f"{number:.4g}" for number in np.ravel(answer[0])]
    assert not any(number in words for number in numbers if len(number) > 3)


def test_control_characters_of_a_student_take_no_effect(sheet):
    """A terminal is not theirs to command."""
    verdicts = (Verdict("by hand", False, Raised("ValueError", "\x1b[2J"), fixed=True),)
    assert "\x1b" not in "".join(check_card(grade(status=Status.RAISED, verdicts=verdicts), sheet).lines)


def test_what_was_left_out_is_told_where_it_matters(sheet, tmp_path):
    """A cell that does not parse, not every call that is not run."""
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook())
    graded = Grader(sheet, FakeRunner({})).grade(Submission("a", "a", path, OnDisk(path)))

    places = (
        LeftOut(1, 1, "runs code: not needed for grading", LeftOutKind.RUNS_CODE),
        LeftOut(2, 1, "does not parse", LeftOutKind.SYNTAX),
        LeftOut(3, 1, "%%bash cell", LeftOutKind.CELL_MAGIC),
        LeftOut(4, 1, "magic %matplotlib", LeftOutKind.MAGIC),
    )
    graded = replace(graded, left_out=places, missing_modules=("torch",))
    assert list(left_out(graded)) == ["left out: cell 2, line 1: does not parse", "cannot be imported here: torch"]
    assert total(graded) == "0 of 3 points"


class TestGradedWork:
    """Cards of a submission whose cases come from a secret seed."""

    def test_a_case_that_everybody_is_given_is_shown_first_and_in_full(self) -> None:
        """It can be followed on paper; the others are told by part and stage."""
        card = feedback_card(grade())
        assert card.why == (f"On the case “by hand”: {sentence(FAILED[1].cause)}",)
        assert [said for _, said in card.cases] == [without_values(FAILED[0].cause), sentence(FAILED[1].cause)]

    def test_an_instructor_may_choose_to_show_all_numbers(self) -> None:
        """For an assignment that will not be graded on that seed again."""
        assert feedback_card(grade(), show_values=True).cases[0][1] == sentence(FAILED[0].cause)

    @pytest.mark.parametrize("status", [Status.PASSED, Status.WRONG])
    def test_what_a_person_set_is_said_with_the_reason(self, status: Status) -> None:
        """Of a right answer, too."""
        by_hand = grade(status=status, override=SetByHand(1.5, "see the mail"))
        assert feedback_card(by_hand).why[0] == "Set by hand to 1.5 of 2: see the mail"

    def test_a_missing_function_is_no_matter_of_a_case(self) -> None:
        """It is said why it is missing."""
        verdicts = (Verdict("by hand", False, Missing(Lack.STUB), fixed=True),)
        missing = feedback_card(grade(status=Status.MISSING, verdicts=verdicts))
        assert missing.explanation == "Its body is still the template's stub."

    def test_a_fault_of_the_graders_own_is_no_zero(self) -> None:
        """There are no points yet."""
        assert feedback_card(grade(status=Status.GRADER_FAULT, verdicts=(), not_run="no sandbox")).points.startswith(
            "–"
        )

    def test_a_report_says_what_counted_beside_the_cases(self) -> None:
        """What lateness cost, and how far the score is from the sum of the points."""
        graded = classes.graded("hw.ipynb", "Ada", classes.exercise("square"))
        report = SubmissionReport(replace(graded, score=2.7, late=Late(1, 0.3, 3.0)))
        assert (report.headline, report.message) == ("2.7 of 3 points", "1 day late: 0.3 of 3 points are taken off.")
        assert report.adjustment == pytest.approx(-0.3)
        assert [card.exercise for card in report.cards] == ["square"]
