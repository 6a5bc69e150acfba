"""Reports end up as whole files under names that every system takes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import GraderError
from grader.reports import files
from tests.reports import classes


def test_an_old_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """And nothing is left beside it."""
    path = tmp_path / "deep" / "grades.csv"
    for content in ("old", "new"):
        assert files.write(path, content) == path
    assert path.read_text() == "new"
    assert [each.name for each in path.parent.iterdir()] == ["grades.csv"]


def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    """So that -o /dev/stdout does what it says."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    files.write(pipe, "through")
    reader.join()
    assert read == ["through"] and pipe.is_fifo()


def test_where_nothing_can_be_written_the_user_is_told(tmp_path: Path) -> None:
    """With the path and the reason."""
    (tmp_path / "file").write_text("")
    with pytest.raises(GraderError, match=r"file/below.*cannot be written"):
        files.write(tmp_path / "file" / "below", "x")


def test_what_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a report would fill up a full disk, run after run."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(GraderError, match="No space left"):
        files.write(tmp_path / "grades.csv", "x")
    assert list(tmp_path.iterdir()) == []


def test_letters_of_every_script_stay_in_names() -> None:
    """Vowel signs that join them, too."""
    assert files.names(["अनन्या शर्मा/hw.ipynb"], ".html") == {"अनन्या शर्मा/hw.ipynb": "अनन्या_शर्मा_hw.ipynb.html"}


def test_an_ending_is_not_doubled() -> None:
    """A copy of a notebook is called as the notebook."""
    assert list(files.names(["hw.ipynb"], ".ipynb").values()) == ["hw.ipynb"]


def test_names_that_some_system_takes_for_one_are_told_apart() -> None:
    """By case, by what was replaced, or by where they were cut."""
    for pair in (["A.ipynb", "a.ipynb"], ["a/b", "a_b"], ["x" * 300 + "1", "x" * 300 + "2"]):
        assert len({name.casefold() for name in files.names(pair).values()}) == 2


@given(st.lists(st.text(min_size=1) | st.sampled_from(classes.HOSTILE), unique=True, max_size=6))
def test_every_name_is_a_plain_and_distinct_file_name(submissions: list[str]) -> None:
    """No separator, no control character, no hidden file, nothing too long, no device of Windows."""
    names = files.names(submissions, ".html")
    assert len({name.casefold() for name in names.values()}) == len(submissions)
    for name in names.values():
        assert Path(name).name == name and name.isprintable() and not name.startswith((".", "-"))
        assert len(name.encode()) < 200 and name.split(".")[0].upper() not in ("CON", "NUL", "PRN", "AUX", "COM1")
