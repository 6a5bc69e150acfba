"""Gradebooks that were downloaded, filled in, with every other byte as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import Grade, GraderError, Provenance, Status, SubmissionStatus
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import canvas, moodle
from grader.reports.gradebook import Filled
from tests.reports import classes

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Slopes (901),slopes (902),Final Score\r\n"
    "    Points Possible,,,,,10.00,6.00,(read only)\r\n"
    '"Lovelace, Ada",11,s-1,ada@uni.example,"Mon, 9:00",9.5,,88.1\r\n'
    '"Żółć, Łukasz",12,s-2,lukasz,Mon,,3,\r\n'
    '"小林, あやか",13,s-3,ayaka,Mon,,"EX",\r\n'
    '"Nobody, ""Nick"" Else",14,s-4,nick,"Two\nlines",,1.5,\r\n'
    '"Student, Test",15,,t,Mon,,,\r\n'
)
MOODLE = (
    "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Änderbar,Zuletzt geändert,Feedback\n"
    'Teilnehmer/in101,Ada Lovelace,ada@uni.example,"Zur Bewertung, abgegeben",,"100,00",Ja,"Montag, 1. Mai",\n'
    'Teilnehmer/in102,Łukasz Żółć,l@uni.example,Keine Abgabe,"12,50","100,00",Ja,-,"Schön"\n'
    'Teilnehmer/in103,小林 あやか,a@uni.example,Keine Abgabe,,"100,00",Ja,-,\n'
)


def half(submission: str, student: str, *ids: str) -> Grade:
    """A submission with 3 of 6 points; ids: what the system that collected it calls the student."""
    exercises = (classes.exercise("square"), classes.exercise("slope", Status.WRONG))
    return classes.graded(submission, student, *exercises, record=Provenance(ids=ids))


def fill_canvas(*grades: Grade, gradebook: str | bytes = CANVAS, column: str = "slopes (902)") -> Filled:
    """The gradebook from Canvas with these grades."""
    content = gradebook.encode() if isinstance(gradebook, str) else gradebook
    return canvas.fill(ClassResults.of(grades), ReportOptions(gradebook=content, column=column))


def fill_moodle(*grades: Grade, worksheet: str = MOODLE, column: str = "") -> Filled:
    """The worksheet from Moodle with these grades."""
    return moodle.fill(ClassResults.of(grades), ReportOptions(gradebook=worksheet.encode(), column=column))


def rows(filled: Filled) -> list[list[str]]:
    """As Python's own reader finds them."""
    return list(csv.reader(io.StringIO(filled.content.decode("utf-8-sig"), newline="")))


def test_canvas_gets_one_column_and_keeps_every_other_byte() -> None:
    """Quotes, line breaks within cells, line ends and blanks included."""
    filled = fill_canvas(half("a.ipynb", "Ada Lovelace"))
    assert filled.content.decode() == CANVAS.replace("9.5,,88.1", "9.5,3,88.1")


@pytest.mark.parametrize(
    "student", ["Ada Lovelace", "Lovelace, Ada", "lovelaceada", "s-1", "ada@uni.example", "ada", "11"]
)
def test_canvas_people_are_found_by_any_of_their_names(student: str) -> None:
    """Names either way round, login, or any of their numbers."""
    assert rows(fill_canvas(half("a.ipynb", student)))[2][6] == "3"


def test_canvas_people_are_found_by_the_number_in_the_download() -> None:
    """Whatever the student is called there."""
    assert rows(fill_canvas(half("hw.ipynb", "somebody else", "11")))[2][6] == "3"


def test_the_number_in_the_download_decides_between_equal_names() -> None:
    """Two people may be called alike."""
    twins = CANVAS.replace('"Żółć, Łukasz",12', '"Lovelace, Ada",12')
    grades = [half("a.ipynb", "Ada Lovelace", "11"), half("b.ipynb", "Ada Lovelace", "12")]
    found = rows(fill_canvas(*grades, gradebook=twins))
    assert (found[2][6], found[3][6]) == ("3", "3")


@pytest.mark.parametrize(
    "name", ["x_11_7_y.ipynb", "lovelaceada_11_1_hw.ipynb", "Ada_11_assignsubmission_file_/hw.ipynb"]
)
def test_what_a_student_calls_a_file_is_nobodys_number(name: str) -> None:
    """It neither takes somebody's row nor keeps their own grade from it."""
    filled = fill_canvas(half(name, "Łukasz Żółć"), half("a.ipynb", "Ada Lovelace"))
    assert [row[6] for row in rows(filled)[2:4]] == ["3", "3"]


def test_what_one_person_is_called_by_two_systems_is_left_to_a_person_if_it_is_anothers() -> None:
    """A number of the roster's may be somebody else's in Canvas."""
    filled = fill_canvas(half("a.ipynb", "Ada Lovelace", "11", "12"), half("b.ipynb", "Łukasz Żółć", "12"))
    assert (rows(filled)[2][6], rows(filled)[3][6]) == ("", "3")
    assert any("2 submissions fit" in notice for notice in filled.notices)


def test_a_teams_number_is_no_participants() -> None:
    """In Moodle's download of teams it stands where a participant's does; whoever grades blind has the number alone."""
    team = half("Red_101_assignsubmission_file/hw.ipynb", "Red", "Participant 101")
    assert [row[4] for row in rows(fill_moodle(team))[1:]] == ["", "12,50", ""]
    blind = half("hw.ipynb", "Participant 101", "Participant 101")
    assert rows(fill_moodle(blind))[1][4] == "50"


def test_every_member_of_a_group_gets_the_grade() -> None:
    """Whichever of them handed in."""
    group = [half("hw.ipynb", "Ada Lovelace", "ada@uni.example"), half("hw.ipynb (2)", "Łukasz Żółć", "lukasz")]
    assert [row[6] for row in rows(fill_canvas(*group))[2:4]] == ["3", "3"]


def test_equal_names_alone_are_left_to_a_person() -> None:
    """Neither gets the grade of the other."""
    twins = CANVAS.replace('"Żółć, Łukasz",12', '"Lovelace, Ada",12')
    filled = fill_canvas(half("a.ipynb", "Ada Lovelace"), gradebook=twins)
    assert filled.content.decode() == twins
    assert any("fits other rows" in notice for notice in filled.notices)


def test_two_submissions_of_one_person_are_left_to_a_person() -> None:
    """Which of them counts is not ours to say."""
    filled = fill_canvas(half("a.ipynb", "Ada Lovelace"), half("b.ipynb", "Ada Lovelace"))
    assert filled.content.decode() == CANVAS
    assert any("a.ipynb, b.ipynb" in notice for notice in filled.notices)


def test_excused_people_stay_excused() -> None:
    """EX is not overwritten."""
    assert fill_canvas(half("a.ipynb", "小林 あやか")).content.decode() == CANVAS


def test_a_fault_of_the_grader_changes_nothing() -> None:
    """It is no zero."""
    fault = classes.ungraded("a.ipynb", "Łukasz Żółć", SubmissionStatus.GRADER_FAULT, "no memory")
    assert fill_canvas(fault).content.decode() == CANVAS


def test_scores_are_scaled_to_the_points_of_the_column() -> None:
    """Half of the points is half of ten, and it is said."""
    filled = fill_canvas(half("a.ipynb", "Ada Lovelace"), column="Slopes (901)")
    assert rows(filled)[2][5] == "5"
    assert "scores are scaled to the points that the gradebook gives" in filled.notices


def test_two_columns_of_the_same_name_have_to_be_told_apart() -> None:
    """Guessing would overwrite grades."""
    with pytest.raises(GraderError, match="--column"):
        fill_canvas(half("a.ipynb", "Ada Lovelace"), column="")


def test_the_assignment_names_its_column() -> None:
    """With or without Canvas's number."""
    one = CANVAS.replace("Slopes (901)", "Other (901)")
    assert rows(fill_canvas(half("a.ipynb", "Ada Lovelace"), gradebook=one, column=""))[2][6] == "3"


@pytest.mark.parametrize("title", ["Homework 3: Slopes", "The third homework"])
def test_a_part_of_the_title_will_do_and_so_will_the_only_column(title: str) -> None:
    """What was filled in is said, so that a person can see it."""
    one = CANVAS.replace(",Slopes (901),slopes (902),", f",Notes,{title} (902),")
    filled = fill_canvas(half("a.ipynb", "Ada Lovelace"), gradebook=one, column="")
    assert rows(filled)[2][6] == "3"
    assert filled.notices[0].startswith(f"column '{title} (902)'")


def test_a_column_that_is_named_wrongly_is_not_guessed() -> None:
    """Even where there is only one."""
    one = CANVAS.replace("Slopes (901)", "Notes")
    with pytest.raises(GraderError, match=r"the gradebook has: 'slopes \(902\)'"):
        fill_canvas(half("a.ipynb", "Ada Lovelace"), gradebook=one, column="Curves")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_stays(encoding: str) -> None:
    """A byte order mark too."""
    before = CANVAS.replace("Mon,,3,", "Mon,,1,").encode(encoding)
    filled = fill_canvas(half("a.ipynb", "Łukasz Żółć"), gradebook=before)
    assert filled.content == CANVAS.encode(encoding)


def test_what_is_no_gradebook_is_refused() -> None:
    """With what it lacks."""
    with pytest.raises(GraderError, match="not a gradebook from Canvas"):
        fill_canvas(half("a.ipynb", "a"), gradebook="a,b\n1,2\n")


def test_a_localized_worksheet_of_moodle_is_understood() -> None:
    """By what stands in its columns; the rest stays, the umlauts and the comments included."""
    filled = fill_moodle(half("hw.ipynb", "Ada", "Participant 101"), half("x.ipynb", "Łukasz Żółć"))
    expected = MOODLE.replace('abgegeben",,"100,00"', 'abgegeben",50,"100,00"').replace('"12,50"', '"50"')
    assert filled.content.decode() == expected


def test_a_worksheet_in_english_too() -> None:
    """Its column is called Grade."""
    sheet = "Identifier,Full name,Grade,Maximum Grade\nParticipant 7,Ada Lovelace,-,6.00\n"
    assert rows(fill_moodle(half("a.ipynb", "Ada Lovelace"), worksheet=sheet))[1] == [
        "Participant 7",
        "Ada Lovelace",
        "3",
        "6.00",
    ]


def test_a_worksheet_with_semicolons_keeps_them() -> None:
    """As spreadsheets write it in half of Europe."""
    sheet = "Id;Nom;Note;Note max\r\nParticipant 7;Ada Lovelace;;6,00\r\n"
    filled = fill_moodle(half("a.ipynb", "Ada Lovelace"), worksheet=sheet)
    assert filled.content.decode() == sheet.replace(";;", ";3;")


def test_a_worksheet_whose_column_cannot_be_told_has_to_be_named() -> None:
    """And can be."""
    sheet = "Id;Nom;A;B;C\r\nParticipant 7;Ada Lovelace;1;6;6\r\n"
    with pytest.raises(GraderError, match="--column"):
        fill_moodle(half("a.ipynb", "Ada Lovelace"), worksheet=sheet)
    assert b";3;6;6" in fill_moodle(half("a.ipynb", "Ada Lovelace"), worksheet=sheet, column="A").content


SHORT = 'Student,ID,Section,slopes (902)\n    Points Possible\n"Lovelace, Ada",11\nNobody,12,Mon,EX\n'
TOKENS = [
    b'"',
    b'""',
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b";",
    b"\t",
    b",",
    b"=1+1",
    b"9" * 400,
    b"nan",
    b"1e999",
]
TOKENS += [
    b"-1",
    b"1e-320",
    "٣".encode(),
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"Points Possible",
    b"0",
    b"\xe2\x80\xa8",
    b"x (12)",
]


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file in which some bytes are lost and others came in."""
    content = whole.decode().encode(
        draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"]))
    )
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(content)))
        content = content[:start] + draw(st.sampled_from([*TOKENS, b""])) + content[start + draw(st.integers(0, 20)) :]
    return content


@given(damaged(CANVAS.encode()) | damaged(SHORT.encode()))
def test_a_damaged_gradebook_of_canvas_is_filled_or_refused(content: bytes) -> None:
    """In a sentence, never by another exception; and only numbers come into it."""
    try:
        filled = fill_canvas(half("a.ipynb", "Ada Lovelace"), gradebook=content, column="")
    except GraderError:
        return
    assert set(filled.content) <= set(content) | set(b'0123456789.,;\t"')


@given(damaged(MOODLE.encode()))
def test_a_damaged_worksheet_of_moodle_is_filled_or_refused(content: bytes) -> None:
    """As one of Canvas is."""
    try:
        filled = moodle.fill(ClassResults.of([half("a.ipynb", "Ada Lovelace")]), ReportOptions(gradebook=content))
    except GraderError:
        return
    assert set(filled.content) <= set(content) | set(b'0123456789.,;\t"')


def test_a_row_that_ends_early_gets_its_grade() -> None:
    """Empty cells at the end are left out by some."""
    filled = fill_canvas(half("a.ipynb", "Ada Lovelace"), gradebook=SHORT, column="")
    assert filled.content.decode() == SHORT.replace('Ada",11', 'Ada",11,,3')


@pytest.mark.parametrize("most", ["nan", "inf", "-10", "1e999", "٣", "1_0"])
def test_what_is_no_number_of_points_scales_nothing(most: str) -> None:
    """The score goes in as it is."""
    book = CANVAS.replace("6.00", most)
    assert rows(fill_canvas(half("a.ipynb", "Ada Lovelace"), gradebook=book))[2][6] == "3"
