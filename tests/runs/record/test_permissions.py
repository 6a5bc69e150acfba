"""Results are their owner's, unless the folder was opened to others before."""

import os
import stat
from pathlib import Path

import pytest

from grader.model import GraderError
from grader.reports import files, write_usual
from grader.reports.exporter import ClassResults, ReportOptions, usual_place
from grader.reports.exporters import registry
from grader.runs.record.permissions import RECORD, make_folder
from grader.runs.record.results import Results

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")


@pytest.fixture(autouse=True)
def open_umask():
    """What the shell would give to everybody, so that nothing is private by chance."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> set[str]:
    """The modes of all that lies in a folder, and its own."""
    return {f"{stat.S_IMODE(path.stat().st_mode):o}" for path in [folder, *folder.rglob("*")]}


def run(folder: Path, results: ClassResults) -> None:
    """What a run leaves, and one more format."""
    with Results(folder):
        write_usual(results.grades, folder)
        registry()["feedback-text"].write(results, usual_place(registry()["feedback-text"], folder), ReportOptions())


def test_a_folder_of_our_own_and_all_in_it_is_the_owners_alone(tmp_path, ordinary):
    """Pages and folders of them included."""
    run(tmp_path / "new" / "graded", ordinary)
    assert modes(tmp_path / "new") == {"700", "600"}


def test_a_folder_that_others_may_read_stays_so_with_all_but_the_record(tmp_path, ordinary):
    """The record names the secret seed, and the lock is nobody else's either."""
    folder = tmp_path / "graded"
    folder.mkdir(mode=0o750)
    run(folder, ordinary)
    private = {path for path in folder.iterdir() if stat.S_IMODE(path.stat().st_mode) == 0o600}
    assert {path.name for path in private} == {RECORD, ".lock"}
    for path in private:
        path.unlink()
    assert modes(folder) == {"750", "640"}


def test_a_file_follows_the_folder_that_it_is_written_to(tmp_path):
    """One that everybody can read, but not one in which everybody has files of their own."""
    for mode, expected in ((0o755, 0o644), (0o700, 0o600), (0o1777, 0o600)):
        folder = tmp_path / f"{mode:o}"
        folder.mkdir()
        folder.chmod(mode)
        assert stat.S_IMODE(files.write(folder / "grades.csv", "x").stat().st_mode) == expected


def test_a_folder_below_a_file_is_refused(tmp_path):
    """As a message, not as a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"exists|directory"):
        make_folder(tmp_path / "file" / "below")
    with pytest.raises(GraderError, match="cannot be written"):
        files.write(tmp_path / "file" / "below", "x")
