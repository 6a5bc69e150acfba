"""Which assignment it is: what is named, what lies beside, what the work says, what fits."""

import pytest

from grader.assignment.catalogue import UnknownAssignment, load
from grader.model import GraderError
from grader.selfcheck import public
from grader.selfcheck.choosing import choose, sheet


@pytest.fixture
def given(slopes, tmp_path):
    """A folder in which an assignment's public data lies."""
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "slopes.grader.json").write_bytes(public.write(load(str(slopes))))
    return folder


def unasked():
    raise AssertionError("the names were asked for without need")


def test_a_data_file_beside_the_work_is_taken(given):
    """It says what this course asks, so nothing else is asked."""
    assert choose(given, "", unasked) == str(given / "slopes.grader.json")


def test_what_the_work_names_is_taken(tmp_path, given):
    """A shipped name, or a data file of that name before it."""
    assert choose(given, "delta_rule", unasked) == "delta_rule"
    (given / "delta_rule.grader.json").write_bytes(b"")
    assert choose(given, "delta_rule", unasked) == str(given / "delta_rule.grader.json")


def test_otherwise_what_has_most_of_the_functions(tmp_path):
    """Of the shipped ones, or of several data files."""
    assert choose(tmp_path, "", lambda: ["pack", "unpack", "worked_example"]) == "backprop_relu"


def test_an_exercise_that_is_asked_about_must_be_in_it(tmp_path):
    """Other names decide between those that have it."""
    assert choose(tmp_path, "", lambda: ["descent_step", "x"], "worked_example") == "delta_rule"
    with pytest.raises(GraderError, match="has an exercise called 'f'"):
        choose(tmp_path, "", lambda: ["pack"], "f")


def test_a_tie_is_for_a_person_to_decide(tmp_path):
    """The candidates are named."""
    with pytest.raises(GraderError, match="backprop_relu, delta_rule"):
        choose(tmp_path, "", list, "worked_example")


def test_the_cases_of_one_exercise_are_those_that_it_always_has(slopes):
    """Drawing one alone changes nothing."""
    one, whole = sheet(str(slopes), "square_and_slope"), sheet(str(slopes))
    assert list(one.cases) == ["square_and_slope"]
    assert [c.case.args[0].tolist() for c in one.cases["square_and_slope"]] == [
        c.case.args[0].tolist() for c in whole.cases["square_and_slope"]
    ]


@pytest.mark.parametrize(("named", "only", "error"), [("slopes", "f", GraderError), ("nowhere", "", UnknownAssignment)])
def test_what_there_is_not_is_refused(slopes, named, only, error):
    """With the names that there are."""
    with pytest.raises(error, match=r"slope|Shipped"):
        sheet(str(slopes) if named == "slopes" else named, only)


def test_a_data_file_knows_one_seed(given):
    """Its own."""
    assert sheet(str(given / "slopes.grader.json")).seed == 7
    assert sheet(str(given)).seed == 7
    with pytest.raises(GraderError, match="public cases alone"):
        sheet(str(given / "slopes.grader.json"), seed=8)
