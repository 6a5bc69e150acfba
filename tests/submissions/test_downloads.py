"""Downloads of learning management systems: whose each file is, and when it came, from a folder or a zip alike."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.model import Unreadable
from grader.submissions.attempts import Attempts, chosen
from grader.submissions.discovery import find
from grader.submissions.lms.gradescope import people

METADATA = """---
submission_101:
  :submitters:
  - :name: "\\xC9mile O\\"Hara"
    :sid: '0042'
    :email: emile@example.edu
  - :name: Ada Lovelace
    :sid: '1815'
    :email: ada@example.edu
  :created_at: 2026-05-01 10:30:00.123456789 Z
  :score: 3.0
  :history:
  - :created_at: 2026-04-01 00:00:00 Z
    :submitters:
    - :name: Somebody Else
submission_102:
  :submitters:
  - :name: Bob
    :sid:
    :email: bob@example.edu
  :created_at: 2026-05-02T08:00:00+02:00
submission_103:
  :submitters:
  - :name: Bob
    :sid:
    :email: bob@example.edu
  :created_at: 2026-05-03 08:00:00 Z
"""


@pytest.fixture(params=["folder", "zip"])
def download(request, tmp_path):
    """Makes a download of files with these names, as a folder or as an archive, and returns its path."""

    def make(name, *files, **contents):
        contents = dict.fromkeys(files, "{}") | contents
        if request.param == "zip":
            path = tmp_path / f"{name}.zip"
            with zipfile.ZipFile(path, "w") as archive:
                for file, text in contents.items():
                    archive.writestr(zipfile.ZipInfo(file, (2026, 5, 4, 12, 0, 0)), text)
            return path
        for file, text in contents.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / name

    return make


def owners(path, **options):
    return {submission.name: submission.student for submission in find([path], **options)}


def test_canvas_names_student_number_and_lateness(download):
    """Whatever the student called the file; a script beside others' notebooks is an answer, not their helper."""
    path = download(
        "submissions",
        "lovelaceada_1815_77_hw.ipynb",
        "ohara-émile_LATE_42_78_my_hw_final.ipynb",
        "turingalan_12_79_hw.py",
        "hopper_9_80_essay.pdf",
    )
    found = {submission.student: submission for submission in find([path])}
    assert set(found) == {"lovelaceada", "ohara-émile", "turingalan", "hopper"}
    assert [found[name].receipt.late for name in ("lovelaceada", "ohara-émile")] == [False, True]
    assert found["lovelaceada"].receipt.ids == ("1815",)
    with pytest.raises(Unreadable, match=r"essay\.pdf is neither a notebook"):
        found["hopper"].read()


def test_canvas_numbers_attempts(download):
    """A number counts as one only where the file without it is there; two parts of a homework are two answers."""
    path = download("s", "ada_1_5_hw.ipynb", "ada_1_5_hw-2.ipynb", "ada_1_5_hw-10.ipynb", "bob_2_6_part-1.ipynb")
    found = {submission.name: submission.receipt for submission in find([path])}
    assert [found[f"ada_1_5_hw{end}.ipynb"].attempt for end in ("", "-2", "-10")] == [0, 2, 10]
    assert len({found[name].attempt_of for name in found}) == 2
    assert found["bob_2_6_part-1.ipynb"].attempt == 0


def test_canvas_hides_names_where_grading_is_blind(download):
    """What stands for the name is all that is known, and where late stands is another place."""
    path = download("s", "anon_aB3dE_77_hw.ipynb", "LATE_anon_Xy9_78_my_12_34_hw.ipynb")
    found = {submission.student: submission.receipt for submission in find([path])}
    assert {student: receipt.late for student, receipt in found.items()} == {"anon_aB3dE": False, "anon_Xy9": True}
    assert found["anon_Xy9"].ids == ("Xy9",)


def test_canvas_names_may_hold_an_underscore(download):
    """A group's name is as its members chose it."""
    path = download("s", "team_a_LATE_12_77_hw.ipynb", "team_b_13_78_a_1_2_b.ipynb")
    assert set(owners(path).values()) == {"team_a", "team_b"}


def test_what_was_typed_into_canvas_is_a_row(download):
    """Whoever wrote a text or gave a link has handed in nothing to grade, and is told so."""
    path = download("s", "ada_12_text.html", "bob_LATE_13_link.html", "eve_14_80_hw.ipynb", "eve_14_text.html")
    found = {submission.student: submission for submission in find([path])}
    assert set(found) == {"ada", "bob", "eve"}
    assert found["eve"].name.endswith(".ipynb") and found["bob"].receipt.late
    with pytest.raises(Unreadable, match=r"neither a notebook"):
        found["ada"].read()


def test_files_that_only_look_like_those_of_canvas_are_nobody_elses(download):
    """Numbers that several students share are no users, and nobody's file is taken for another one's attempt."""
    path = download("class", "ada_2026_01_hw.ipynb", "bob_2026_01_hw.ipynb", "bob_2026_02_hw.ipynb")
    assert set(owners(path).values()) == {"ada_2026_01_hw", "bob_2026_01_hw", "bob_2026_02_hw"}


def test_moodle_tells_people_of_one_name_apart(download):
    """As all are called where grading is blind; who is in no group has no number."""
    path = download(
        "moodle",
        "Participant_101_assignsubmission_file/hw.ipynb",
        "Participant_102_assignsubmission_file/hw.ipynb",
        "Default group_assignsubmission_file/hw.ipynb",
    )
    found = {submission.student: submission.receipt for submission in find([path])}
    assert set(found) == {"Participant 101", "Participant 102", "Default group"}
    assert found["Participant 101"].ids == ("Participant 101",)


@pytest.mark.parametrize("between", ["/", ""])
def test_moodle_names_student_and_participant(download, between):
    """In a folder each, or in front of the file's name."""
    names = [
        f"Émile O'Hara_42_assignsubmission_file_{between}hw.ipynb",
        f"李明_7_assignsubmission_file_{between}a.ipynb",
    ]
    found = {submission.student: submission.receipt for submission in find([download("moodle", *names)])}
    assert set(found) == {"Émile O'Hara", "李明"}
    assert found["李明"].ids == ("Participant 7",)


ABOUT = """Name: {name} ({user})
Assignment: Homework 1
Date Submitted: Wednesday, October 4, 2025 1:45:12 PM CEST
Current Grade: Not Yet Graded
"""


def test_blackboard_names_users_and_times(download):
    """The text beside an attempt tells the full name, without which it is the user's."""
    path = download(
        "gradebook_2025",
        "HW_1_ada_attempt_2025-10-04-13-45-12_hw.ipynb",
        "HW_1_o_hara_attempt_2025-10-05-08-00-00_my_answer_2.ipynb",
        **{"HW_1_o_hara_attempt_2025-10-05-08-00-00.txt": ABOUT.format(name="Émile O'Hara", user="o_hara")},
    )
    found = {submission.student: submission.receipt for submission in find([path])}
    assert set(found) == {"ada", "Émile O'Hara"}
    assert found["Émile O'Hara"].ids == ("o_hara",)
    assert found["ada"].at == datetime(2025, 10, 4, 13, 45, 12)


def test_a_blackboard_user_alone_is_the_last_part_before_the_attempt(download):
    """There is nothing to compare with."""
    path = download("one", "HW_1_ada_attempt_2025-10-04-13-45-12_hw.ipynb")
    assert [submission.student for submission in find([path])] == ["ada"]


def test_a_blackboard_attempt_with_nothing_to_grade_is_a_row(download):
    """Whoever wrote a text only is told of it."""
    path = download("texts", "HW_ada_attempt_2025-10-04-13-45-12.txt", "HW_bob_attempt_2025-10-04-13-45-12.txt")
    ada, bob = find([path])
    assert (ada.student, bob.student) == ("ada", "bob")
    with pytest.raises(Unreadable, match=r"neither a notebook"):
        ada.read()


def test_a_later_blackboard_attempt_replaces_the_earlier_one(download):
    """Even where its file is called otherwise; two notebooks of one attempt both count."""
    path = download(
        "attempts",
        "HW_ada_attempt_2025-10-04-13-45-12_hw.ipynb",
        "HW_ada_attempt_2025-10-06-09-00-00_part 1.ipynb",
        "HW_ada_attempt_2025-10-06-09-00-00_part 2.ipynb",
        "HW_ada_attempt_2025-10-07-09-00-00_why.pdf",
    )
    kept, older = chosen(find([path]), Attempts.NEWEST)
    assert [one.name.rpartition("_")[2] for one in kept] == ["part 1.ipynb", "part 2.ipynb"]
    assert [one.name.rpartition("_")[2] for one in older] == ["hw.ipynb"]


@pytest.mark.parametrize("between", ["/", " - "])
def test_brightspace_names_student_and_time(download, between):
    """In a folder each, or in front of the file's name; the page that lists them is nobody's."""
    path = download(
        "HW 1 Download Oct 9, 2025 1101 AM",
        f"1339-801 - Mary-Ann Smith - Sep 24, 2025 926 PM{between}hw - final.ipynb",
        f"1339-802 - N012 - Émile O'Hara- 5 October, 2025 1205 PM{between}hw.ipynb",
        f"1339-803 - 李明 - Oct 5, 2025 2359{between}hw.ipynb",
        "index.html",
    )
    found = {submission.student: submission.receipt for submission in find([path])}
    assert set(found) == {"Mary-Ann Smith", "Émile O'Hara", "李明"}
    assert found["Émile O'Hara"].ids == ("N012",)
    times = [found[name].at.strftime("%m-%d %H:%M") for name in ("Mary-Ann Smith", "Émile O'Hara", "李明")]
    assert times == ["09-24 21:26", "10-05 12:05", "10-05 23:59"]


def test_brightspace_in_another_language_names_no_time(download):
    """Whose it is can be read in any; a time that cannot be read is not known."""
    (found,) = find([download("hw", "1339-801 - Ada - 24 février, 2025 926 PM/hw.ipynb")])
    assert (found.student, found.receipt.at) == ("Ada", None)


def test_a_later_brightspace_folder_replaces_the_earlier_one(download):
    """Two people of one name remain two."""
    path = download(
        "hw",
        "1339-801 - Ada Byron - Sep 24, 2025 926 PM/first.ipynb",
        "1339-801 - Ada Byron - Sep 25, 2025 826 AM/second.ipynb",
        "1339-802 - Ada Byron - Sep 23, 2025 926 PM/other.ipynb",
    )
    kept, older = chosen(find([path]), Attempts.NEWEST)
    assert sorted(Path(one.name).name for one in kept) == ["other.ipynb", "second.ipynb"]
    assert [Path(one.name).name for one in older] == ["first.ipynb"]


def test_gradescope_lists_people_and_times(download):
    """A group's answer is each member's; the same person's later submission is another attempt."""
    folder = "assignment_9_export"
    files = [f"{folder}/submission_{i}/hw.ipynb" for i in (101, 102, 103)]
    path = download("export", *files, **{f"{folder}/submission_metadata.yml": METADATA})
    found = {submission.name: submission for submission in find([path])}
    assert [one.student for one in found.values()] == ['Émile O"Hara', "Ada Lovelace", "Bob", "Bob"]
    assert len(set(found)) == 4
    bobs = [one.receipt for one in found.values() if one.student == "Bob"]
    assert bobs[0].attempt_of == bobs[1].attempt_of and bobs[0].attempt < bobs[1].attempt
    assert "emile@example.edu" in found[files[0]].receipt.ids


def test_gradescope_times_have_a_zone():
    """The time is that of the submission itself, not of its history."""
    known = people(METADATA)
    assert known["submission_101"].created_at == datetime(2026, 5, 1, 10, 30, tzinfo=UTC)
    assert known["submission_102"].created_at == datetime(2026, 5, 2, 6, 0, tzinfo=UTC)
    assert len(known["submission_101"].people) == 2


def test_nbgrader_keeps_students_apart_and_times(download):
    """What was released lies beside, and is nobody's; of several assignments the one that is graded is taken."""
    path = download(
        "course",
        "source/ps1/hw.ipynb",
        "submitted/ada/ps1/hw.ipynb",
        "submitted/ada/ps2/hw.ipynb",
        "submitted/bob/ps1/hw.ipynb",
        **{"submitted/ada/ps1/timestamp.txt": "2026-05-01 12:00:00.000000 America/New_York\n"},
    )
    assert owners(path, assignment="ps1") == {
        "submitted/ada/ps1/hw.ipynb": "ada",
        "submitted/bob/ps1/hw.ipynb": "bob",
    }
    assert find([path], "ps1")[0].receipt.at == datetime(2026, 5, 1, 16, 0, tzinfo=UTC)


def test_nbgraders_folder_may_be_given_itself(tmp_path):
    """`submitted` is known by its name."""
    path = tmp_path / "submitted" / "ada" / "ps1" / "hw.ipynb"
    path.parent.mkdir(parents=True)
    path.touch()
    assert owners(tmp_path / "submitted") == {"ada/ps1/hw.ipynb": "ada"}


def test_a_classroom_repository_is_its_logins(tmp_path):
    """The part after what all names begin with; when it was handed in is not known."""
    for login in ("ada-l", "ada-b", "émile"):
        (tmp_path / f"hw-1-{login}" / ".git").mkdir(parents=True)
        (tmp_path / f"hw-1-{login}" / "hw.ipynb").touch()
    found = find([tmp_path])
    assert {submission.student for submission in found} == {"ada-l", "ada-b", "émile"}
    assert all(submission.receipt.at is None for submission in found)


def test_the_classroom_tools_folder_names_the_assignment(tmp_path):
    """Even where the logins begin alike."""
    for login in ("ann-a", "ann-b"):
        (tmp_path / "hw-submissions" / f"hw-{login}" / ".git").mkdir(parents=True)
        (tmp_path / "hw-submissions" / f"hw-{login}" / "hw.ipynb").touch()
    assert {one.student for one in find([tmp_path / "hw-submissions"])} == {"ann-a", "ann-b"}


def test_a_plain_folder_is_known_by_its_files(download):
    """Whatever does not look like a download: each file is somebody's, by its name."""
    names = ("ada.ipynb", "group/émile_2.ipynb", "group/深/李.ipynb")
    assert owners(download("class", *names)) == dict(zip(names, ("ada", "émile_2", "李"), strict=True))
