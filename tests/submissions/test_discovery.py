"""What lies at a path is found as submissions with unique names."""

import os
from pathlib import Path

import pytest

from grader.model import GraderError, Unreadable
from grader.submissions.discovery import find, own, survey


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    return path


def test_a_folder_holds_submissions_at_any_depth(tmp_path):
    """Each is named by its path within the folder and its student by the file's stem."""
    for name in ("ada.ipynb", "group/émile.ipynb", "group/深/李.ipynb"):
        touch(tmp_path / name)
    found = {(submission.name, submission.student) for submission in find([tmp_path])}
    assert found == {("ada.ipynb", "ada"), ("group/émile.ipynb", "émile"), ("group/深/李.ipynb", "李")}


def test_what_no_student_handed_in_is_passed_over(tmp_path):
    """Checkpoints, archive leftovers, hidden files and other kinds of files are no submissions."""
    for name in (
        ".ipynb_checkpoints/a-checkpoint.ipynb",
        "__MACOSX/b.ipynb",
        "._c.ipynb",
        ".d.ipynb",
        "notes.txt",
        "e.ipynb",
    ):
        touch(tmp_path / name)
    assert [submission.name for submission in find([tmp_path])] == ["e.ipynb"]


def test_python_files_count_where_no_notebook_lies_beside_them(tmp_path):
    """Beside a notebook a .py file is its helper; alone it is what was handed in."""
    for name in ("with/hw.ipynb", "with/utils.py", "alone/hw.py"):
        touch(tmp_path / name)
    assert [submission.name for submission in find([tmp_path])] == ["alone/hw.py", "with/hw.ipynb"]


def test_names_stay_unique_across_paths(tmp_path):
    """Two folders with the same file in them, even of the same name, give two submissions."""
    first, second = touch(tmp_path / "a/class/hw.ipynb").parent, touch(tmp_path / "b/class/hw.ipynb").parent
    names = [submission.name for submission in find([first, second])]
    assert len(set(names)) == 2


def test_the_same_file_given_twice_is_one_submission(tmp_path):
    """Naming a file and its folder does not hand it in twice."""
    path = touch(tmp_path / "hw.ipynb")
    assert len(find([path, tmp_path, path])) == 1


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    """A link could lead anywhere; its row says why it was not read."""
    touch(tmp_path / "secret.txt")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "hw.ipynb").symlink_to(tmp_path / "secret.txt")
    (submission,) = find([tmp_path / "class"])
    with pytest.raises(Unreadable, match="symbolic link"):
        submission.read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are Unix's")
def test_a_pipe_is_not_waited_for(tmp_path):
    """What is no file is unreadable; reading a pipe that nobody writes to would never end."""
    os.mkfifo(tmp_path / "pipe.ipynb")
    (submission,) = find([tmp_path])
    with pytest.raises(Unreadable, match="not a file"):
        submission.read()


def test_a_file_too_large_to_be_a_notebook_is_not_read(tmp_path):
    """Its size is enough to refuse it, with the way out."""
    path = tmp_path / "hw.ipynb"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(Unreadable, match="clear its outputs"):
        find([path])[0].read()


@pytest.mark.parametrize(("name", "words"), [("nowhere", "no such file"), ("notes.txt", "neither a notebook")])
def test_a_path_that_cannot_be_graded_is_refused(tmp_path, name, words):
    """A missing path and a file of another kind are the caller's to mend."""
    touch(tmp_path / "notes.txt")
    with pytest.raises(GraderError, match=words):
        find([tmp_path / name])


def test_python_files_beside_notebooks_are_told_of(tmp_path):
    """Somebody may have handed one in; whoever is named is graded, and no longer passed over."""
    for name in ("ada.ipynb", "bob.py", "team/hw.py"):
        touch(tmp_path / name)
    assert [file.name for file in survey([tmp_path]).left] == ["bob.py"]
    found = survey([tmp_path, tmp_path / "bob.py"])
    assert found.left == ()
    assert "bob.py" in [submission.path.name for submission in found.submissions]


def test_a_file_that_is_named_has_its_modules_beside_it(tmp_path):
    """Unless the folder is a class's: another's notebook or answers are not there for it."""
    (tmp_path / "ada.py").write_text("import tools\ndef slope(x): return tools.twice(x)")
    (tmp_path / "tools.py").write_text("def twice(x): return 2 * x")
    assert set(find([tmp_path / "ada.py"])[0].helpers) == {"tools.py"}
    (tmp_path / "bob.ipynb").write_text("{}")
    assert set(find([tmp_path / "ada.py"])[0].helpers) == set()
    assert set(own(tmp_path / "ada.py").helpers) == {"tools.py"}
