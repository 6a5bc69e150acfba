"""People who hand in together: each member gets the grade, whichever of them handed in, and odd groups are listed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.model import GraderError, Receipt, Submission
from grader.submissions import groups
from grader.submissions.attempts import Attempts, chosen
from grader.submissions.files import Held
from grader.submissions.roster import Person, matched

ADA, BOB, EVE, DAN = (
    Person((name,), (f"{name.split()[0].lower()}@x.edu",)) for name in ("Ada A", "Bob B", "Eve E", "Dan D")
)
CLASS = (ADA, BOB, EVE, DAN)


def submission(student, file="hw.ipynb", day=None, **receipt):
    at = datetime(2026, 5, day, tzinfo=UTC) if day else None
    return Submission(f"{student}/{file}", student, Path(student, file), Held(b""), Receipt(at=at, **receipt))


@pytest.fixture
def grouped(tmp_path):
    """Who has which file, after these submissions were matched with the groups of a file."""

    def of(lines, *handed_in, people=CLASS, attempts=Attempts.NEWEST):
        (tmp_path / "groups.csv").write_text("\n".join(["group,student", *lines]))
        grouping = groups.read(tmp_path / "groups.csv", people)
        found = groups.expanded(matched(handed_in, grouping.people), grouping)
        counting, older = chosen(found.submissions, attempts)
        assert len({one.name for one in found.submissions}) == len(found.submissions)
        return sorted((one.student, one.path.as_posix()) for one in counting), [one.name for one in older]

    return of


PAIR = ["red,Ada A", "red,bob@x.edu", "blue,Eve E"]


def test_each_member_has_what_one_of_them_handed_in(grouped):
    """Members are called by name or by id; who is in no group is unconcerned."""
    counting, older = grouped(PAIR, submission("Bob B"), submission("Dan D"))
    assert counting == [("Ada A", "Bob B/hw.ipynb"), ("Bob B", "Bob B/hw.ipynb"), ("Dan D", "Dan D/hw.ipynb")]
    assert older == []


def test_a_hand_in_under_the_groups_name_is_each_members(grouped):
    """As Canvas and Moodle call it, however they spell it."""
    assert grouped(["Team Red,Ada A", "Team Red,Bob B"], submission("teamred", ids=("Participant 7",)))[0] == [
        ("Ada A", "teamred/hw.ipynb"),
        ("Bob B", "teamred/hw.ipynb"),
    ]


def test_nobody_has_the_ids_of_another_member(grouped, tmp_path):
    """By which a gradebook would take one for the other; the group's number is nobody's."""
    (tmp_path / "g.csv").write_text("group,student\nred,Ada A\nred,Bob B\n")
    grouping = groups.read(tmp_path / "g.csv", CLASS)
    found = groups.expanded(matched([submission("Bob B", ids=("Participant 7",))], grouping.people), grouping)
    ids = {one.student: set(one.receipt.ids) for one in found.submissions}
    assert ids["Ada A"] == {"ada@x.edu", "Ada A"}
    assert {"Participant 7", "bob@x.edu"} <= ids["Bob B"]
    assert {one.receipt.group for one in found.submissions} == {"red"}


def test_of_what_several_members_handed_in_the_newest_counts_for_all(grouped):
    """They are attempts of the group, if the system names the times."""
    counting, older = grouped(PAIR, submission("Ada A", day=2), submission("Bob B", day=3))
    assert counting == [("Ada A", "Bob B/hw.ipynb"), ("Bob B", "Bob B/hw.ipynb")]
    assert sorted(older) == ["Ada A/hw.ipynb", "Ada A/hw.ipynb (Bob B)"]


def test_without_times_a_members_own_hand_in_counts_for_that_member(grouped):
    """Nobody's work is replaced by a guess."""
    counting, _ = grouped(PAIR, submission("Ada A"), submission("Bob B"))
    assert counting == [("Ada A", "Ada A/hw.ipynb"), ("Bob B", "Bob B/hw.ipynb")]


def test_two_parts_of_one_hand_in_both_count(grouped):
    """For each member."""
    counting, older = grouped(PAIR, submission("Ada A", "1.ipynb", 2), submission("Ada A", "2.ipynb", 2))
    assert (len(counting), older) == (4, [])


def test_members_that_the_system_named_itself_are_not_doubled(grouped):
    """Gradescope's own groups beside a file that says the same."""
    one, other = submission("Ada A"), submission("Bob B")
    other = Submission("Ada A/hw.ipynb (Bob B)", "Bob B", one.path, one.content, other.receipt)
    assert grouped(PAIR, one, other) == ([("Ada A", "Ada A/hw.ipynb"), ("Bob B", "Ada A/hw.ipynb")], [])


def test_groups_need_no_roster(grouped):
    """Then people are called as the file says."""
    assert grouped(PAIR, submission("adaa"), people=())[0] == [
        ("Ada A", "adaa/hw.ipynb"),
        ("bob@x.edu", "adaa/hw.ipynb"),
    ]


def test_members_of_one_name_are_told_apart(grouped):
    """By their ids."""
    twins = (Person(("Li Ming",), ("1",)), Person(("Li Ming",), ("2",)), BOB)
    counting, _ = grouped(["red,1", "red,2", "red,Bob B"], submission("Bob B"), people=twins)
    assert [student for student, _ in counting] == ["Bob B", "Li Ming", "Li Ming"]


def test_who_is_in_two_groups_is_listed(tmp_path):
    """And has one row for each hand-in all the same."""
    (tmp_path / "g.csv").write_text("group;student\nred;Ada A\nblue;Ada A\nblue;Bob B\n;Eve E\n")
    grouping = groups.read(tmp_path / "g.csv", CLASS)
    assert grouping.several == (("Ada A", ("red", "blue")),)
    found = groups.expanded(matched([submission("Ada A"), submission("Bob B")], grouping.people), grouping)
    assert len({one.name for one in found.submissions}) == len(found.submissions)


def test_larger_groups_than_allowed_are_listed(tmp_path):
    """By whatever way they came."""
    (tmp_path / "g.csv").write_text("group,student\nred,Ada A\nred,Bob B\nred,Eve E\n")
    grouping = groups.read(tmp_path / "g.csv", CLASS)
    found = groups.expanded(matched([submission("Ada A"), submission("Dan D")], grouping.people), grouping)
    assert groups.larger_than(2, found.submissions) == [("Ada A", "Bob B", "Eve E")]
    assert groups.larger_than(3, found.submissions) == []


def test_who_is_not_in_the_class_is_added_after_it(tmp_path):
    """Under the name in the file."""
    (tmp_path / "g.csv").write_text("group,student\nred,Ada A\nred,Zoë\n")
    grouping = groups.read(tmp_path / "g.csv", CLASS)
    assert [person.student for person in grouping.people[len(CLASS) :]] == ["Zoë"]


def test_the_roster_may_name_the_groups():
    """In a column of its own."""
    people = (Person(("Ada",), group="red"), Person(("Bob",), group="red"), Person(("Eve",)))
    grouping = groups.of_roster(people)
    found = groups.expanded(matched([submission("Ada"), submission("Eve")], people), grouping)
    assert sorted(one.student for one in found.submissions) == ["Ada", "Bob", "Eve"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "student,id\nAda,1\n"])
def test_a_file_without_groups_is_refused(tmp_path, text):
    """With the columns that it needs."""
    (tmp_path / "g.csv").write_text(text)
    with pytest.raises(GraderError, match="group,student"):
        groups.read(tmp_path / "g.csv", CLASS)
