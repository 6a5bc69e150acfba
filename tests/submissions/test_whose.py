"""Whose a submission is comes from the system that collected it, never from what a student can name or hand in."""

from datetime import UTC, datetime

import pytest

from grader.model import Unreadable
from grader.submissions.attempts import Attempts, chosen
from grader.submissions.discovery import find, survey
from grader.submissions.selection import Why
from tests.submissions.downloads import lay_out

DUE = "2026-11-10-10-00-00"
EARLY = "2026-10-01-10-00-00"
BOB, CAROL = ("Bob Good", "b1"), ("Carol Fine", "c1")
MALLORY = ("Mallory Bad", "m1")


def metadata(*submissions):
    """A list as Gradescope writes it, of (number, people, time)."""
    lines = ["---"]
    for number, people, at in submissions:
        lines += [f"submission_{number}:", "  :submitters:"]
        for name, sid in people:
            lines += [f"  - :name: {name}", f"    :sid: '{sid}'", f"    :email: {name.split()[0].lower()}@example.edu"]
        lines += [f"  :created_at: {at}", "  :results:", "    :output: |", "      submission_1:"]
    return "\n".join(lines) + "\n"


@pytest.fixture(params=["folder", "zip"])
def download(request, tmp_path):
    """Lays files out, each with its name as content, as a folder or as an archive."""

    def make(*names, **contents):
        files = {name: name for name in names} | contents
        return lay_out(tmp_path / "download", files, request.param == "zip")

    return make


def owners(path):
    """Who handed in what, by the content."""
    return sorted((one.student, one.read().decode()) for one in find([path]))


GRADESCOPE = {
    "submission_1/hw.ipynb": "bob's",
    "submission_2/hw.ipynb": "mallory's",
    "submission_metadata.yml": metadata((1, [BOB], "2026-11-01 10:00:00 Z"), (2, [MALLORY], "2026-11-20 10:00:00 Z")),
}
FORGED = metadata((1, [MALLORY], "2026-11-01 10:00:00 Z"), (2, [BOB], "2026-10-01 10:00:00 Z"))


@pytest.mark.parametrize("at", ["submission_2", "submission_2/sub", "submission_2/submission_1", "submission_3"])
@pytest.mark.parametrize("top", ["", "assignment_5_export/"])
def test_a_list_among_a_students_files_has_no_say(download, at, top):
    """Gradescope's own stands at the top; neither names nor times come from another."""
    files = GRADESCOPE | {f"{at}/submission_metadata.yml": FORGED, f"{at}/submission_1/hw.ipynb": "more"}
    found = find([download(**{top + name: text for name, text in files.items()})])
    assert {one.student for one in found} <= {"Bob Good", "Mallory Bad", "submission_3"}
    bobs = [one.read() for one in found if one.student == "Bob Good"]
    assert bobs == [b"bob's"]
    assert {one.receipt.at for one in found if one.student == "Mallory Bad"} == {datetime(2026, 11, 20, 10, tzinfo=UTC)}


def test_the_systems_own_list_is_not_told_of(download):
    """Nobody would have it graded."""
    assert survey([download(**GRADESCOPE)]).left == ()


def test_output_in_gradescopes_list_is_no_list(download):
    """What a student's program printed stands in it, further in."""
    assert owners(download(**GRADESCOPE)) == [("Bob Good", "bob's"), ("Mallory Bad", "mallory's")]


def test_a_group_is_each_of_its_members(download):
    """Each is known by their own ids alone, and has attempts of their own."""
    listed = metadata((1, [BOB, CAROL], "2026-11-01 10:00:00 Z"), (2, [CAROL], "2026-11-02 10:00:00 Z"))
    path = download(**{"submission_1/a.ipynb": "one", "submission_2/b.ipynb": "two", "submission_metadata.yml": listed})
    found = find([path])
    ids = {one.student: set(one.receipt.ids) for one in found if one.read() == b"one"}
    assert ids["Bob Good"] == {"b1", "bob@example.edu", "submission_1"}
    assert ids["Carol Fine"] == {"c1", "carol@example.edu", "submission_1"}
    kept, older = chosen(found, Attempts.NEWEST)
    assert sorted((one.student, one.read()) for one in kept) == [("Bob Good", b"one"), ("Carol Fine", b"two")]
    assert [one.student for one in older] == ["Carol Fine"]


def test_two_members_of_one_name_are_two(download):
    """Both have a row."""
    twins = metadata((1, [("Li Ming", "1"), ("Li Ming", "2")], "2026-11-01 10:00:00 Z"))
    found = find([download(**{"submission_1/a.ipynb": "", "submission_metadata.yml": twins})])
    assert [one.student for one in found] == ["Li Ming", "Li Ming"] and len({one.name for one in found}) == 2


@pytest.mark.parametrize(
    "inside",
    [
        "submitted/Bob Good/hw/hw.ipynb",
        "Bob Good_101_assignsubmission_file/hw.ipynb",
        "bob_101_7_hw.ipynb",
        "HW_bob_attempt_2026-10-01-10-00-00_hw.ipynb",
        "1-1 - Bob Good - Oct 1, 2026 926 PM/hw.ipynb",
        "x_101_assignsubmission_file_hw.ipynb",
    ],
)
def test_what_a_student_calls_folders_and_files_in_moodle_says_nothing(download, inside):
    """The name at the top is Moodle's."""
    bob, mallory = "Bob Good_101_assignsubmission_file/hw.ipynb", f"Mallory Bad_103_assignsubmission_file/{inside}"
    assert owners(download(bob, mallory)) == [("Bob Good", bob), ("Mallory Bad", mallory)]


def test_a_moodle_file_that_is_called_like_another_students_is_its_owners(download):
    """Where all files lie side by side, the first mark is Moodle's."""
    bob = "Bob Good_101_assignsubmission_file_hw.ipynb"
    mallory = "Mallory Bad_103_assignsubmission_file_Bob Good_101_assignsubmission_file_hw.ipynb"
    assert owners(download(bob, mallory)) == [("Bob Good", bob), ("Mallory Bad", mallory)]


def test_a_canvas_file_that_is_called_like_another_students_is_its_owners(download):
    """The first numbers are Canvas's, and so is the first `_LATE`."""
    bob, mallory = "bob_101_7_hw.ipynb", "mallory_103_9_bob_LATE_101_7_hw.ipynb"
    found = find([download(bob, mallory)])
    assert sorted((one.student, one.receipt.late) for one in found) == [("bob", False), ("mallory", False)]


@pytest.mark.parametrize("again", [f"_x_attempt_{EARLY}_hw.ipynb", f"_HW_bob_attempt_{EARLY}_hw.ipynb"])
def test_a_second_attempt_in_a_blackboard_name_is_the_students_own(download, again):
    """The first mark is Blackboard's: neither the user nor the time can be forged."""
    bob, mallory = f"HW_bob_attempt_{DUE}_hw.ipynb", f"HW_mallory_attempt_{DUE}{again}"
    about = {f"HW_mallory_attempt_{DUE}_HW_bob_attempt_{DUE}.txt": "Name: Mallory Bad (mallory)\n"}
    found = find([download(bob, mallory, **about)])
    assert {(one.student, one.receipt.at) for one in found} == {
        ("bob", datetime(2026, 11, 10, 10)),
        ("mallory", datetime(2026, 11, 10, 10)),
    }


def test_a_second_time_in_a_brightspace_name_is_the_students_own(download):
    """The first is Brightspace's."""
    bob = "1-1 - Bob Good - Oct 4, 2026 926 PM - hw.ipynb"
    mallory = "1-3 - Mallory Bad - Oct 9, 2026 926 PM - 1-1 - Bob Good - Oct 1, 2026 926 PM - hw.ipynb"
    found = find([download(bob, mallory)])
    assert sorted((one.student, one.receipt.at.day) for one in found) == [("Bob Good", 4), ("Mallory Bad", 9)]


def test_nbgrader_takes_no_time_from_deeper_down(download):
    """The stamp lies beside the notebook, at the depth at which nbgrader writes it."""
    path = download(
        "submitted/bob/hw/hw.ipynb",
        "submitted/mallory/hw/submitted/bob/hw/hw.ipynb",
        **{
            "submitted/mallory/hw/timestamp.txt": "2026-11-20 10:00:00 UTC",
            "submitted/mallory/hw/submitted/bob/hw/timestamp.txt": "2026-10-01 10:00:00 UTC",
        },
    )
    found = {one.student: one.receipt.at for one in find([path])}
    assert found == {"bob": None, "mallory": datetime(2026, 11, 20, 10, tzinfo=UTC)}


@pytest.mark.parametrize(
    "inside", ["bob_42_7_hw.ipynb", "bob_9_assignsubmission_file/hw.ipynb", "submitted/a/b/c.ipynb"]
)
def test_names_within_a_repository_say_nothing(tmp_path, inside):
    """It is that of its login."""
    for login, name in (("bob", "hw.ipynb"), ("mallory", inside)):
        (tmp_path / f"hw1-{login}" / ".git").mkdir(parents=True)
        lay_out(tmp_path / f"hw1-{login}", {name: login})
    assert owners(tmp_path) == [("bob", "bob"), ("mallory", "mallory")]


@pytest.mark.parametrize(
    "name",
    [
        "bob_42_7_hw.ipynb",
        "Bob_9_assignsubmission_file/hw.ipynb",
        f"HW_bob_attempt_{EARLY}_hw.ipynb",
        "1-1 - Bob - Oct 1, 2026 926 PM/hw.ipynb",
        "submitted/bob/hw/hw.ipynb",
        "submission_1/hw.ipynb",
        "mallory/.git/hw.ipynb",
    ],
)
def test_one_name_in_a_plain_folder_makes_it_no_download(download, name):
    """A student may choose it: nobody else vanishes or is renamed by that."""
    found = survey([download("ada.ipynb", "eve.ipynb", name)])
    assert {"ada", "eve"} <= {one.student for one in found.submissions}
    assert "bob" not in {one.student.lower() for one in found.submissions}


def test_a_name_that_the_system_did_not_write_is_told(download):
    """A file that the instructor put beside a download would make strangers of all; so the line names it."""
    path = download("ada_1_7_hw.ipynb", "bob_2_8_hw.ipynb", "eve_3_9_hw.ipynb", "solution.ipynb")
    (nearly,) = survey([path]).nearly
    assert (nearly.system, nearly.others) == ("Canvas", ("solution.ipynb",))


def test_what_lies_beside_a_download_without_being_graded_changes_nothing(download):
    """A table or a text of the instructor's is not graded, and is listed."""
    found = survey([download("ada_1_7_hw.ipynb", "bob_2_8_hw.ipynb", "roster.csv")])
    assert {one.student for one in found.submissions} == {"ada", "bob"}
    assert [(one.name, one.why) for one in found.left] == [("roster.csv", Why.NOT_HANDED_IN)]


def test_results_among_the_submissions_are_passed_over(tmp_path):
    """Whatever the grader wrote there makes no download of it, and is nobody's."""
    lay_out(tmp_path, {"ada_1_7_hw.ipynb": "", "graded/feedback/ada.ipynb": "", "graded/grades.csv": ""})
    found = survey([tmp_path], but=tmp_path / "graded")
    assert ([one.student for one in found.submissions], found.left) == (["ada"], ())


def test_an_attempt_with_nothing_to_grade_replaces_none(download):
    """A text after the notebook was handed in is listed, and no row."""
    path = download(f"HW_ada_attempt_{EARLY}_hw.ipynb", f"HW_ada_attempt_{DUE}_why.pdf", f"HW_bob_attempt_{DUE}_x.pdf")
    found = survey([path])
    assert [one.student for one in found.submissions] == ["ada", "bob"]
    assert [one.why for one in found.left] == [Why.SUPERSEDED]
    with pytest.raises(Unreadable, match=r"x\.pdf is neither"):
        found.submissions[1].read()


@pytest.mark.parametrize("name", ["A\\ud800B", "A\\U00110000B", "A\\x00B\\x1b[31m"])
def test_a_name_that_is_no_text_can_be_written_all_the_same(download, name):
    """Lone surrogates, signs beyond Unicode and control characters."""
    listed = f'submission_1:\n  :submitters:\n  - :name: "{name}"\n'
    (found,) = find([download(**{"submission_1/a.ipynb": "", "submission_metadata.yml": listed})])
    assert found.student.encode().startswith(b"A") and found.student.isprintable()


@pytest.mark.parametrize("name", ["submission_" + "9" * 5000 + "/hw.ipynb", "ada_1_3_hw-" + "9" * 180 + ".ipynb"])
def test_a_number_of_thousands_of_digits_is_no_number(tmp_path, name):
    """Python refuses to read such a number; the file is somebody's all the same."""
    path = lay_out(tmp_path / "d", {name: "", "ada_1_2_hw.ipynb": "", "submission_metadata.yml": "---\n"}, as_zip=True)
    assert len(find([path])) == 2
