"""Records from before causes were values are read, resumed and taken back like today's."""

import json
from pathlib import Path

import pytest

from grader.feedback.words import message, message_of, remark, sentence
from grader.model import Late, SetByHand, Status, SubmissionStatus
from grader.runs.adjustments import Adjustments, raw
from grader.runs.record.results import FILE, Results, read
from grader.runs.record.serialization import from_text, to_line

FOLDER = Path(__file__).parent / "before"
LINES = (FOLDER / FILE).read_text(encoding="utf-8").splitlines()
TREES = [json.loads(line) for line in LINES]
NAMES = ["bob", "ada", "cleo"]


@pytest.fixture(scope="module")
def grades():
    """Of a notebook that was too slow, of one that was late and set by hand, and of a file that could not be read."""
    return dict(zip(NAMES, read(FOLDER), strict=True))


@pytest.mark.parametrize("number", range(3), ids=NAMES)
def test_every_sentence_is_what_it_was(number, grades):
    """Of the submission, of each exercise, and of each case."""
    grade, tree = grades[NAMES[number]], TREES[number]
    assert message_of(grade) == tree["message"]
    for exercise, was in zip(grade.exercises, tree["exercises"], strict=True):
        assert (message(exercise), exercise.points) == (was["message"], was["points"])
        assert list(map(remark, exercise.remarks)) == was["notes"]
        said = [sentence(verdict.cause) if verdict.cause else "" for verdict in exercise.verdicts]
        assert said == [verdict["message"] for verdict in was["verdicts"]]


def test_what_a_person_set_and_what_lateness_cost_are_facts_again(grades):
    """Told from the points of before, not from words."""
    assert (grades["ada"].late, grades["ada"].override) == (Late(210, 3.0, 3.0), None)
    assert {one.exercise: one.override for one in grades["ada"].exercises if one.override} == {
        "wrong": SetByHand(1.0, "oral exam")
    }
    assert (grades["cleo"].late, grades["cleo"].override) == (None, SetByHand(7.0, "on paper"))
    assert grades["cleo"].exercises[0].not_run == TREES[2]["record"]["raw"]["message"]


def test_it_can_be_taken_back(grades):
    """Without any rules the cases' own word is left."""
    assert (raw(grades["ada"]).score, raw(grades["cleo"]).status) == (2.0, SubmissionStatus.UNREADABLE)
    assert raw(grades["ada"]).exercises[1].status is Status.WRONG
    assert from_text(Adjustments()(LINES[1].encode())) == raw(grades["ada"])


def test_a_run_goes_on_from_it(tmp_path):
    """Lines are known by their keys, and those that are not touched stay as they are."""
    (tmp_path / FILE).write_bytes((FOLDER / FILE).read_bytes())
    with Results(tmp_path, "asg") as results:
        assert [results.known(tree["record"]["key"]) for tree in TREES] == [f"{line}\n".encode() for line in LINES]
        results.finish(Adjustments(), lambda before, after: None)
    assert [grade.score for grade in read(tmp_path)] == [2.0, 2.0, 0.0]


def test_it_can_be_written_as_lines_of_today(grades):
    """Nothing of it is lost then."""
    assert [from_text(to_line(grade).text) for grade in grades.values()] == list(grades.values())
