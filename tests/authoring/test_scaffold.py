"""A new assignment works at once."""

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.authoring.scaffold import new
from grader.authoring.strength import QUICK
from grader.authoring.validation import validate
from grader.grading import Grader
from grader.model import GraderError
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find


@pytest.fixture
def folder(tmp_path):
    new(tmp_path / "my_course-1")
    return tmp_path / "my_course-1"


def test_nothing_is_wrong_with_it(folder):
    """Reference, cases, bank and template; and its checks bite."""
    report = validate(load(str(folder)), QUICK)
    assert report.all_findings == []
    assert report.caught == report.wrong > 0


def test_its_samples_show_full_marks_and_a_known_mistake(folder):
    """The first thing to grade is there."""
    grader = Grader(draw(load(str(folder)), seed=5), BasicRunner())
    clean, slip = (grader.grade(submission) for submission in find([folder / "samples"]))
    assert clean.percent == 100
    assert slip.exercises[0].mistake == "not-averaged"


def test_the_readme_names_the_folder(folder):
    """Its commands can be copied."""
    assert "grader validate my_course-1" in (folder / "README.md").read_text(encoding="utf-8")


def test_the_same_name_gives_the_same_bytes(folder, tmp_path):
    """Nothing in it depends on the day."""
    again = tmp_path / "again" / folder.name
    new(again)
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert len(files) >= 6
    assert all((folder / file).read_bytes() == (again / file).read_bytes() for file in files)


def test_what_is_there_is_never_written_over(folder):
    """Nor is a file in the way."""
    with pytest.raises(GraderError, match="already"):
        new(folder)


def test_a_name_that_cannot_be_one_is_refused(tmp_path):
    """The folder's name is the assignment's, and stands in commands."""
    with pytest.raises(GraderError, match="letters"):
        new(tmp_path / "two words")
