"""The roster brings names and ids, and says who is missing; attempts are told from one another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.model import GraderError, Receipt, Submission
from grader.submissions.attempts import Attempts, chosen
from grader.submissions.files import Held
from grader.submissions.roster import matched, read


def submission(student, name="", **receipt):
    return Submission(
        name or f"{student}.ipynb", student, Path(f"{student}.ipynb"), Held(b""), receipt=Receipt(**receipt)
    )


@pytest.fixture
def roster(tmp_path):
    """Reads a roster of these lines."""

    def people(*lines, encoding="utf-8"):
        (tmp_path / "roster.csv").write_text("\n".join(lines), encoding=encoding)
        return read(tmp_path / "roster.csv")

    return people


def test_a_submission_gets_the_rosters_name(roster):
    """By any id that the LMS gives, or by the name as Canvas squeezes it."""
    people = roster("ID,Student,Email", '1815,"Lovelace, Ada",ada@x.edu', "42,Émile O’Hara,e@x.edu", "9,Hopper,h@x.edu")
    handed_in = [submission("lovelaceada"), submission("whoever", ids=("42",)), submission("eve")]
    named, absent, strangers = matched(handed_in, people)
    assert [one.student for one in named] == ["Lovelace, Ada", "Émile O’Hara", "eve"]
    assert "ada@x.edu" in named[0].receipt.ids
    assert [person.student for person in absent] == ["Hopper"]
    assert [one.student for one in strangers] == ["eve"]


def test_what_two_people_share_tells_nobody(roster):
    """Two of one name are told apart by their ids alone; a section is nobody's."""
    people = roster("student,id,section", "Li Ming,1,A", "Li Ming,2,A")
    named, absent, _ = matched([submission("Li Ming"), submission("A"), submission("x", ids=("2",))], people)
    assert [one.student for one in named] == ["Li Ming", "A", "Li Ming"]
    assert [person.ids for person in absent] == [("Li Ming", "1", "A")]


def test_names_in_another_unicode_form_are_the_same(roster):
    """Macs write accents apart from their letters."""
    named, absent, _ = matched([submission("Zoe\u0308")], roster("name", "ZOË", encoding="utf-8-sig"))
    assert (named[0].student, absent) == ("ZOË", [])


@pytest.mark.parametrize(
    ("lines", "words"), [([""], "first line must name"), (["a,b", "1,2"], "first line"), (["id,name", "7,"], "nobody")]
)
def test_a_roster_that_cannot_be_used_is_refused(roster, lines, words):
    """With what is wrong with it."""
    with pytest.raises(GraderError, match=words):
        roster(*lines)


def test_the_newest_attempt_counts():
    """By the number of the attempt, then by the time; others are unconcerned."""
    day = datetime(2026, 5, 1, tzinfo=UTC)
    old = submission("ada", "1", attempt_of="x", attempt=1)
    tie = submission("ada", "2", attempt_of="x", attempt=2, at=day)
    new = submission("ada", "3", attempt_of="x", attempt=2, at=day.replace(day=2, tzinfo=None))
    other = submission("bob")
    assert chosen([new, old, other, tie], Attempts.NEWEST) == ([new, other], [old, tie])


def test_all_attempts_or_the_best_are_all_graded():
    """Of rivals the record says so; which was the best shows when they are graded."""
    two = [submission("ada", str(i), attempt_of="x", attempt=i) for i in (1, 2)]
    assert chosen(two, Attempts.ALL) == (two, [])
    best, older = chosen(two, Attempts.BEST)
    assert ([one.receipt.best_of for one in best], older) == (["x", "x"], [])
