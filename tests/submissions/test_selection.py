"""Which of the files that were handed in together is graded, what lies beside it, and what is said of the others."""

import pytest

from grader.model import GraderError, Unreadable
from grader.submissions.discovery import find, survey
from grader.submissions.selection import Why
from tests.conftest import notebook
from tests.submissions.downloads import lay_out, zipped

EMPTY = notebook("x = 1").decode()
SLOPE = "def slope(x):\n    return 2 * x\n"
ANSWER = notebook(SLOPE).decode()


@pytest.fixture
def graded(tmp_path):
    """Lays files out and returns those that are graded, with what lies beside each when it runs, and the others."""

    def of(asked=("slope",), top="", **files):
        path = lay_out(tmp_path / "download", {top + name: text for name, text in files.items()})
        found = survey([path], asked=asked)
        return {one.name.removeprefix(top): set(one.helpers) for one in found.submissions}, {
            one.name.removeprefix(top): one.why for one in found.left
        }

    return of


MOODLE = "Ada_1_assignsubmission_file/"


@pytest.mark.parametrize(
    "name", ["hw.ipynb.txt", "hw.ipynb.json", "hw.json", "hw.IPYNB.TXT", "hw.ipynb.download", "hw"]
)
@pytest.mark.parametrize("top", ["", MOODLE])
def test_a_notebook_by_another_name_is_a_notebook(graded, top, name):
    """Browsers and mail programs rename files; what is in it says what it is."""
    assert graded(top=top, **{name: ANSWER}) == ({name: set()}, {})


def test_a_notebook_by_another_name_is_read_as_one(tmp_path):
    """Whatever it is called: also when it is named itself."""
    path = lay_out(tmp_path / "d", {"bob.ipynb.txt": ANSWER, "eve.py.txt": SLOPE, "ann.PY": SLOPE})
    assert {one.suffix for one in find([path / "bob.ipynb.txt"])} == {".ipynb"}
    found = survey([path], asked=["slope"]).submissions
    assert {one.student: one.suffix for one in found} == {"bob": ".ipynb", "eve": ".py", "ann": ".py"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bob.ipynb.txt", "I forgot my notebook", "not a notebook, whatever its name says"),
        ("bob.zip", b"PK not an archive", "holds neither a notebook"),
        ("bob.zip", zipped({"essay.pdf": "%PDF"}), "holds neither a notebook"),
    ],
)
@pytest.mark.parametrize("top", ["", MOODLE])
def test_what_looks_like_a_hand_in_and_is_none_is_a_row(tmp_path, top, name, content, words):
    """The row says what it is."""
    (submission,) = find([lay_out(tmp_path / "d", {top + name: content})])
    with pytest.raises(Unreadable, match=words):
        submission.read()


def test_a_text_in_a_plain_folder_is_no_row(graded):
    """Only what looks like a hand-in is; the others are listed."""
    assert graded(**{"ada.ipynb": ANSWER, "notes.txt": "-", "data.json": "{}", "a.csv": "1"})[1] == {
        "notes.txt": Why.NOT_CODE,
        "data.json": Why.NOT_CODE,
        "a.csv": Why.NOT_CODE,
    }


@pytest.mark.parametrize("inner", ["hw.ipynb", "homework/hw.ipynb", "a/b/hw.py"])
def test_an_archive_is_the_hand_in_of_its_owner(tmp_path, inner):
    """In a plain folder it is called as the archive is; what lies in it is read where it is."""
    content = ANSWER if inner.endswith("ipynb") else SLOPE
    path = lay_out(tmp_path / "d", {"fay.zip": zipped({inner: content})})
    (submission,) = find([path])
    assert (submission.student, submission.name) == ("fay", f"fay.zip/{inner}")
    assert submission.read().decode() == content
    moodle = lay_out(tmp_path / "m", {MOODLE + "hw.zip": zipped({inner: content})}, as_zip=True)
    assert [(one.student, one.read().decode()) for one in find([moodle])] == [("Ada", content)]


def test_an_archive_within_an_archive_stays_closed(tmp_path):
    """Bombs of archives in archives never go off."""
    nested = zipped({"inner.zip": zipped({"hw.ipynb": ANSWER})})
    (submission,) = find([lay_out(tmp_path / "d", {"fay.zip": nested})])
    with pytest.raises(Unreadable, match="holds neither"):
        submission.read()


def test_an_archive_beside_a_notebook_is_left_alone(graded):
    """The notebook is what was handed in."""
    files = {"hw.ipynb": ANSWER, "hw.zip": zipped({"hw.ipynb": ANSWER})}
    assert graded(top=MOODLE, **files) == ({"hw.ipynb": set()}, {"hw.zip": Why.NOT_CODE})


def test_modules_in_an_archive_lie_beside_its_notebook(graded):
    """By their path from there, without the folder that was packed."""
    archive = zipped({"hw/lab.ipynb": ANSWER, "hw/utils.py": "", "hw/pkg/__init__.py": "", "hw/data.csv": "1"})
    found, _ = graded(**{"fay.zip": archive})
    assert found == {"fay.zip/hw/lab.ipynb": {"utils.py", "pkg/__init__.py", "data.csv"}}


@pytest.mark.parametrize("name", ["lab.py", "solution/answers.py", "a_first.py", "zz_last.py"])
def test_of_several_scripts_the_one_that_defines_the_exercises_is_graded(graded, name):
    """The others are its helpers, tests among them, which are no hand-ins."""
    others = {"conftest.py": "import lab", "test_lab.py": "from lab import slope", "tests/test_more.py": SLOPE}
    found, left = graded(top=MOODLE, **{name: SLOPE, "helpers.py": "y = 1", **others})
    assert set(found) == {name}
    assert left["helpers.py"] is Why.HELPER


@pytest.mark.parametrize("written", [SLOPE, "slope = lambda x: 2 * x", "slope: object = len", "class slope: pass"])
def test_an_exercise_may_be_written_in_any_way(graded, written):
    """As a function, a class or a value."""
    assert set(graded(top=MOODLE, **{"a.py": "def slopes(x): pass\nslope == 1", "b.py": written})[0]) == {"b.py"}


def test_a_script_that_defines_the_exercises_comes_before_a_notebook_that_does_not(graded):
    """An experiment beside the answer is no answer."""
    assert graded(top=MOODLE, **{"play.ipynb": EMPTY, "lab.py": SLOPE})[0] == {"lab.py": set()}


def test_an_attempt_that_became_empty_counts_all_the_same(tmp_path):
    """Of attempts at one thing no one is dropped for what is in it."""
    path = lay_out(
        tmp_path / "d", {"ada_1_7_hw.ipynb": ANSWER, "ada_1_8_hw-1.ipynb": EMPTY, "bob_2_9_hw.ipynb": ANSWER}
    )
    found = survey([path], asked=["slope"]).submissions
    assert [one.receipt.attempt for one in found if one.student == "ada"] == [0, 1]


@pytest.mark.parametrize("source", [SLOPE, ["import x\n", "def slope(x):\n", "    return 1"], "import x\nslope = 3"])
def test_definitions_are_seen_however_a_notebook_stores_its_lines(graded, source):
    """As one text or as many."""
    assert set(graded(top=MOODLE, **{"a.ipynb": notebook(source).decode(), "b.ipynb": EMPTY})[0]) == {"a.ipynb"}


def test_two_parts_are_two_submissions(graded):
    """Where each defines some of what is asked."""
    parts = {"one.ipynb": ANSWER, "two.ipynb": notebook("cost = 3").decode(), "draft.ipynb": EMPTY}
    assert set(graded(("slope", "cost"), top=MOODLE, **parts)[0]) == {"one.ipynb", "two.ipynb"}


def test_somebody_who_wrote_nothing_has_a_row(graded):
    """One, whatever number of files there is."""
    assert set(graded(top=MOODLE, **{"a.py": "", "b.py": "x = 1", "test_a.py": ""})[0]) == {"a.py"}
    assert set(graded(top=MOODLE, **{"test_a.py": ""})[0]) >= {"a.py"}


def test_helpers_lie_beside_a_notebook(graded):
    """Modules, packages and small data of the same student's; pictures do not."""
    files = {"lab.ipynb": ANSWER, "utils.py": "", "pkg/a.py": "", "w.npy": b"x", "photo.png": b"x"}
    assert graded(top=MOODLE, **files)[0] == {"lab.ipynb": {"utils.py", "pkg/a.py", "w.npy"}}


def test_a_canvas_helper_has_the_name_that_the_student_gave_it(tmp_path):
    """Canvas puts the student's name before it, under which nobody could import it."""
    files = {"ada_1_7_hw.ipynb": ANSWER, "ada_1_8_utils.py": "", "bob_2_9_hw.ipynb": ANSWER}
    found = {one.student: set(one.helpers) for one in find([lay_out(tmp_path / "d", files)])}
    assert found == {"ada": {"utils.py"}, "bob": set()}


def test_in_a_plain_folder_a_module_is_there_for_the_one_who_imports_it(graded):
    """And what it imports in turn; nothing else that the instructor has lying there."""
    files = {
        "hw.ipynb": notebook("import a\n" + SLOPE).decode(),
        "a.py": "from b import c",
        "b.py": "",
        "secret.py": "",
    }
    assert graded(**files)[0] == {"hw.ipynb": {"a.py", "b.py"}}


def test_in_a_folder_of_many_nobody_has_anothers_file_beside(graded):
    """One could import the other's answers."""
    files = {"ada.ipynb": notebook("import b\n" + SLOPE).decode(), "bob.ipynb": ANSWER, "b.py": "", "eve.py": SLOPE}
    assert graded(**files) == ({"ada.ipynb": set(), "bob.ipynb": set(), "eve.py": set()}, {"b.py": Why.HELPER})


def test_a_script_of_the_same_name_as_a_notebook_is_its_copy(graded):
    """As exporters write it."""
    assert graded(**{"ada.ipynb": ANSWER, "ada.py": SLOPE})[1] == {"ada.py": Why.HELPER}


def test_in_a_folder_of_scripts_everybody_has_a_row(graded):
    """Also who wrote nothing; but not the module that others import, nor the course's tests."""
    files = {"ada.py": "import tools\n" + SLOPE, "bob.py": SLOPE, "eve.py": "", "tools.py": "", "test_lab.py": SLOPE}
    assert graded(**files) == (
        {"ada.py": set(), "bob.py": set(), "eve.py": set()},
        {"tools.py": Why.HELPER, "test_lab.py": Why.TEST},
    )


def test_a_damaged_archive_costs_only_its_owner(tmp_path):
    """The others are read."""
    broken = bytearray(zipped({"hw.ipynb": ANSWER}))
    broken[20:60] = b"\xff" * 40
    path = lay_out(tmp_path / "d", {"ada.zip": bytes(broken), "bob.ipynb": ANSWER})
    found = {one.student: one for one in find([path])}
    assert found["bob"].read().decode() == ANSWER
    with pytest.raises(Unreadable):
        found["ada"].read()


def test_a_file_that_is_neither_cannot_be_named(tmp_path):
    """What is named is the caller's to mend."""
    with pytest.raises(GraderError, match="neither a notebook"):
        find([lay_out(tmp_path, {"a.json": "{}"}) / "a.json"])
