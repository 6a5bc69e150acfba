"""`new`, `release` and `validate` as commands: what they print where, and how they end."""

import os
import subprocess
import sys

import pytest

from tests.authoring.masters import NBGRADER, master


@pytest.fixture
def grader(tmp_path):
    """Runs the program in an empty folder."""

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "grader", *words],
            cwd=tmp_path,
            env=os.environ | {"PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_an_assignment_from_layout_to_release(grader, tmp_path):
    """Each command works on what the one before left; nothing goes to stderr where nobody watches."""
    for words in (["new", "mine"], ["validate", "mine", "--quick"], ["release", "mine", "-o", "out"]):
        ended = grader(*words)
        assert (ended.returncode, ended.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"mine.ipynb", "mine.grader.json", "README.md"}


def test_what_is_not_right_ends_with_1(grader, tmp_path):
    """The table first, then the problems; the score is told."""
    grader("new", "mine")
    declaration = tmp_path / "mine" / "declaration.py"
    weak = declaration.read_text(encoding="utf-8").replace("(1, 3, 4, 7)", "(1,)")
    declaration.write_text(weak, encoding="utf-8")
    ended = grader("validate", "mine", "--quick")
    assert ended.returncode == 1
    assert "✗ mean_squared_error: survives: mine/answers.py, line " in ended.stdout
    assert "Strength of the checks" in ended.stdout
    assert ended.stdout.endswith("mine: not right yet.\n")


def test_a_master_is_told_apart_in_taken_and_not_taken(grader, tmp_path):
    """What was taken on stdout, the rest on stderr."""
    master(tmp_path / "m.ipynb", NBGRADER)
    ended = grader("new", "sums", "--from", "m.ipynb")
    assert ended.returncode == 0
    assert "taken: triangle, 3 points" in ended.stdout
    assert "not taken: why: graded by hand (5 points)" in ended.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["new", "."], "already"),
        (["new", "mine", "--from", "none.ipynb"], "cannot be opened"),
        (["release", "chain_rule"], "--output"),
        (["release", "chain_rule", "-o", "."], "already"),
        (["validate", "nothing"], "no assignment is called 'nothing'"),
        (["validate"], "see: grader validate --help"),
    ],
)
def test_wrong_usage_ends_with_2(grader, tmp_path, words, why):
    """One message that says why."""
    (tmp_path / "something.txt").write_text("in the way", encoding="utf-8")
    ended = grader(*words)
    assert ended.returncode == 2
    assert why in ended.stderr
    assert "Traceback" not in ended.stderr
