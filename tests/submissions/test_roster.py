"""The roster brings names and ids, and says who is missing; attempts are told from one another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.model import GraderError, Receipt, Submission
from grader.submissions.attempts import Attempts, chosen
from grader.submissions.files import Held
from grader.submissions.roster import matched, read


def submission(student, name="", **receipt):
    path = Path(f"{student}.ipynb")
    return Submission(name or path.name, student, path, Held(b""), Receipt(**receipt))


@pytest.fixture
def roster(tmp_path):
    """Reads a roster of these lines."""

    def people(*lines, encoding="utf-8"):
        (tmp_path / "roster.csv").write_bytes("\n".join(lines).encode(encoding))
        return read(tmp_path / "roster.csv")

    return people


def names(listed):
    return [person.student for person in listed.people]


def absent(found, listed):
    return [person.student for place, person in enumerate(listed.people) if place not in found.places]


def test_a_submission_gets_the_rosters_name(roster):
    """By any id that the LMS gives, or by the name as Canvas squeezes it."""
    listed = roster("ID,Student,Email", '1815,"Lovelace, Ada",ada@x.edu', "42,Émile O’Hara,e@x.edu", "9,Hopper,h@x.edu")
    found = matched([submission("lovelaceada"), submission("whoever", ids=("42",)), submission("eve")], listed.people)
    assert [one.student for one in found.submissions] == ["Lovelace, Ada", "Émile O’Hara", "eve"]
    assert "ada@x.edu" in found.submissions[0].receipt.ids
    assert absent(found, listed) == ["Hopper"]
    assert [one.student for one in found.strangers] == ["eve"]


def test_what_two_people_share_tells_nobody(roster):
    """Two of one name are told apart by their ids alone; a section is nobody's."""
    listed = roster("student,id,section", "Li Ming,1,A", "Li Ming,2,A")
    found = matched([submission("Li Ming"), submission("A"), submission("x", ids=("2",))], listed.people)
    assert [one.student for one in found.submissions] == ["Li Ming", "A", "Li Ming"]
    assert found.places == (None, None, 1)
    assert found.submissions[2].receipt.section == "A"


def test_names_in_another_unicode_form_are_the_same(roster):
    """Macs write accents apart from their letters."""
    listed = roster("name", "ZOË", encoding="utf-8-sig")
    assert matched([submission("Zoe\u0308")], listed.people).submissions[0].student == "ZOË"


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("First name,Last name,ID number,Email address", "Ada,Lovelace,s1,ada@x.edu"),
        ('"Vorname";"Nachname";"Matrikelnummer"', '"Ada";"Lovelace";"s1"'),
        ("Name;Vorname", "Lovelace;Ada"),
        ("OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator", "#0042,#ada,Lovelace,Ada,#"),
        ("id,first_name,last_name,email", "ada,Ada,Lovelace,ada@x.edu"),
        ("Prénom\tNom\tAdresse de courriel", "Ada\tLovelace\tada@x.edu"),
        ("identifier,github_username,github_id,name", "s1,ada-l,77,Ada Lovelace"),
        ("Student,ID,SIS User ID,SIS Login ID,Section", '"Lovelace, Ada",7,s1,ada,01'),
        ("Nombre,Apellido(s),Dirección de correo", "Ada,Lovelace,ada@x.edu"),
        ("Points,Name", "3,Ada Lovelace"),
    ],
)
@pytest.mark.parametrize("student", ["Ada Lovelace", "lovelaceada", "Lovelace, Ada"])
def test_a_list_of_any_platform_is_read(roster, header, line, student):
    """First and last name in one column or in two, in the languages of several countries."""
    listed = roster(header, line)
    assert names(listed) in (["Ada Lovelace"], ["Lovelace, Ada"])
    assert matched([submission(student)], listed.people).places == (0,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_is_read_whatever_the_spreadsheet_makes_of_it(roster, encoding, separator):
    """Encodings and separators."""
    assert names(roster(f"Name{separator}ID", f"José López{separator}1", encoding=encoding)) == ["José López"]


def test_the_rows_of_a_gradebook_that_are_nobodys_are_passed_over(roster):
    """Points, how grades are posted, and Canvas's test student."""
    listed = roster(
        "Student,ID,SIS User ID,SIS Login ID,Section,Lab (77)",
        ",,,,,Manual Posting",
        "    Points Possible,,,,,2",
        '"Lovelace, Ada",1,s1,ada,01,',
        '"Student, Test",9,,x,01,',
    )
    assert (names(listed), listed.unusable) == (["Lovelace, Ada"], ())


def test_whoever_has_no_name_is_called_by_an_id(roster):
    """As those who have not joined a classroom yet."""
    listed = roster("identifier,github_username,github_id,name", "s1,,,", "s2,bob,7,Bob")
    assert names(listed) == ["s1", "Bob"]


def test_a_line_that_names_nobody_is_named_itself(roster):
    """And ends nothing."""
    listed = roster("name,id,remark", "Ada,1,", ",,left us", "", "Bob,2")
    assert (names(listed), listed.unusable) == (["Ada", "Bob"], ((3, ",,left us"),))


def test_who_is_in_two_sections_is_one_person(roster):
    """Two lines that say the same of somebody."""
    listed = roster("name,email,section", "Ada,ada@x.edu,A", "Ada,ada@x.edu,B")
    assert matched([submission("Ada")], listed.people).places == (0,) and names(listed) == ["Ada"]


def test_a_number_of_another_kind_makes_nobody_another(roster):
    """What a system counts its users by is not the number of the school: whose name says otherwise is nobody's."""
    listed = roster("name,id", "Ada Lovelace,42", "Bob Good,1")
    found = matched([submission("goodbob", ids=("42",)), submission("x", ids=("Participant 1",))], listed.people)
    assert found.places == (None, None)
    assert [one.student for one in found.doubtful] == ["goodbob"]


def test_an_address_outweighs_a_name_that_can_be_chosen(roster):
    """Whoever calls themselves as another is known by their address."""
    listed = roster("name,email,id", "Bob Good,bob@x.edu,1", "Mallory Bad,m@x.edu,2")
    assert matched([submission("Bob Good", ids=("m@x.edu", "2"))], listed.people).places == (1,)


def test_zeros_that_a_spreadsheet_took_from_a_number_are_not_missed(roster):
    """It is the same number."""
    assert matched([submission("x", ids=("0042",))], roster("name,id", "Ada,42").people).places == (0,)


@pytest.mark.parametrize(("lines", "words"), [([""], "cannot be read"), (["a,b", "1,2"], "first line must name")])
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
