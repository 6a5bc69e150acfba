"""`grader report`: another format from results that are already there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from grader.runs.record.serialization import to_line
from tests.reports import classes

CANVAS = 'Student,ID,SIS User ID,SIS Login ID,Section,slopes (9)\r\n"Lovelace, Ada",1,,,Mon,\r\n'


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """A folder of results, as grading leaves it."""
    folder = tmp_path / "graded"
    folder.mkdir()
    lines = [to_line(grade).text for grade in classes.ordinary()]
    (folder / "results.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "grader", "report", *map(str, arguments)]
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, encoding="utf-8")


def test_a_format_goes_to_the_file_that_is_named(graded: Path, tmp_path: Path) -> None:
    """Whatever its suffix, and the file's name is all that is printed."""
    target = tmp_path / "for the office.dat"
    done = run(graded, "--to", "csv", "-o", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{target}\n", "")
    assert target.read_text(encoding="utf-8").startswith("submission,student,assignment,score")


def test_without_a_name_it_goes_beside_the_results(graded: Path) -> None:
    """Under its usual name."""
    assert run(graded, "--to", "junit").stdout == f"{graded / 'junit.xml'}\n"


def test_a_format_of_one_file_per_submission_makes_a_folder(graded: Path, tmp_path: Path) -> None:
    """With a file for everybody."""
    run(graded, "--to", "gradescope", "-o", tmp_path / "out")
    assert len(list((tmp_path / "out").glob("*.json"))) == len(classes.ordinary())


def test_a_dash_is_standard_output(graded: Path) -> None:
    """To go on with in a pipe; nothing else is printed there."""
    done = run(graded, "--to", "json", "-o", "-")
    assert len(json.loads(done.stdout)["submissions"]) == len(classes.ordinary())


def test_annotations_go_to_the_log_and_the_summary_to_its_file(graded: Path, tmp_path: Path) -> None:
    """As GitHub Actions reads them; what other steps wrote there stays."""
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    done = run(graded, "--to", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert all(line.startswith("::") for line in done.stdout.splitlines())
    assert summary.read_text(encoding="utf-8").startswith("# Before\n| Submission |")


def test_the_class_page_finds_the_feedback_from_anywhere(graded: Path, tmp_path: Path) -> None:
    """Its links are relative to where it was put, whatever signs are in the folders' names."""
    odd = graded.rename(tmp_path / "50 % #1")
    run(odd, "--to", "feedback")
    run(odd, "--to", "html", "-o", tmp_path / "elsewhere" / "deep" / "page.html")
    page = (tmp_path / "elsewhere" / "deep" / "page.html").read_text(encoding="utf-8")
    links = re.findall(r'<th scope="row" class="who"><a href="([^"]+)"', page)
    assert len(links) == len(classes.ordinary())
    assert all((tmp_path / "elsewhere" / "deep" / unquote(link)).is_file() for link in links)


def test_a_gradebook_is_filled_into_a_copy(graded: Path, tmp_path: Path) -> None:
    """And it is said how many people have a grade now."""
    book = tmp_path / "downloaded.csv"
    book.write_text(CANVAS, newline="")
    done = run(graded, "--to", "canvas", "--fill", book, "-o", tmp_path / "filled.csv")
    assert "1 of 1 people have a grade now" in done.stderr
    assert book.read_bytes() == CANVAS.encode()
    assert (tmp_path / "filled.csv").read_bytes() == CANVAS.replace("Mon,", "Mon,6").encode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "word"], "no format is called 'word'; there are: canvas, canvas-feedback"),
        (["--to", "canvas"], "--fill FILE"),
        (["--to", "feedback", "-o", "-"], "a file per submission"),
        (["--to", "canvas", "--fill", "nowhere.csv"], "nowhere.csv: it cannot be read"),
        ([], "Missing option"),
    ],
)
def test_what_is_wrong_is_said_on_one_line(arguments: list[str], said: str, graded: Path) -> None:
    """With status 2, and no traceback."""
    done = run(graded, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_a_folder_without_results_is_said_to_have_none(tmp_path: Path) -> None:
    """And how to get some."""
    done = run(tmp_path, "--to", "csv")
    assert done.returncode == 2 and "grader grade" in done.stderr
