"""`pytest --grader`: exercises as tests with points, and nothing at all where nobody asks for it."""

import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

RIGHT = "import numpy as np\ndef slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x**2, [slope(x)]"
HALF = "def slope(x):\n    return 3 * x"


@pytest.fixture
def run(tmp_path):
    """Runs pytest in a folder of its own."""

    def run_pytest(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(tmp_path), *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run_pytest


def test_each_exercise_is_a_test_with_its_points(run, hand_in, slopes, tmp_path):
    """The points stand below the results, and in the report that other programs read."""
    done = run("--grader", slopes, hand_in("ada.ipynb", HALF), "--junitxml", tmp_path / "report.xml")
    assert done.returncode == 1
    assert "grader: 0 of 3 points" in done.stdout
    cases = {case.get("name"): case for case in ElementTree.parse(tmp_path / "report.xml").getroot().iter("testcase")}
    properties = [(each.get("name"), each.get("value")) for each in cases["slope"].iter("property")]
    assert list(cases) == ["slope", "square_and_slope"] and properties == [("points", "0.0"), ("max_points", "2.0")]


def test_a_failure_is_told_in_the_students_words(run, hand_in, slopes):
    """Verdict and example, and no traceback through the grader."""
    done = run("--grader", slopes, hand_in("ada.ipynb", HALF))
    assert "✗ slope: not right yet, 0 of 2 points (cell 1, line 1)" in done.stdout
    assert "runtest" not in done.stdout


def test_all_is_well_where_everything_is_right(run, hand_in, slopes):
    """Under another seed, too."""
    done = run("--grader", slopes, "--grader-seed", 5, hand_in("ada.ipynb", RIGHT))
    assert (done.returncode, "2 passed" in done.stdout, "3 of 3 points" in done.stdout) == (0, True, True)


def test_a_wrong_assignment_is_one_line(run, hand_in):
    """What to mend, without a traceback."""
    done = run("--grader", "nonsense", hand_in("ada.ipynb", RIGHT))
    assert "no assignment is called 'nonsense'" in done.stdout and "Traceback" not in done.stdout


@pytest.mark.parametrize("seed", ["5", "", "no number"])
def test_no_secret_seed_is_taken(run, hand_in, slopes, seed):
    """A conftest.py runs in the same process; nothing is checked on easier cases in silence."""
    done = run("--grader", slopes, hand_in("ada.ipynb", RIGHT), GRADER_SEED=seed)
    assert (done.returncode, "no secret" in done.stderr) == (pytest.ExitCode.USAGE_ERROR, True)


@pytest.mark.parametrize("seed", ["5", "", "no number"])
def test_other_runs_of_pytest_are_not_touched_by_a_seed(run, tmp_path, seed):
    """Whatever the variable holds: they have nothing to do with it."""
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n")
    assert run("test_own.py", GRADER_SEED=seed).returncode == 0


def test_with_a_seed_the_notebook_does_not_choose(run, hand_in):
    """Its metadata could name an easier assignment."""
    named = hand_in("ada.ipynb", RIGHT, grader={"assignment": "activations"})
    done = run("--grader", "auto", "--grader-seed", 5, named)
    assert "name the assignment" in done.stdout and "Traceback" not in done.stdout


def test_without_the_option_notebooks_are_left_alone(run, hand_in):
    """Whoever has the grader installed has their own tests undisturbed."""
    assert run(hand_in("ada.ipynb", RIGHT)).returncode in (
        pytest.ExitCode.NO_TESTS_COLLECTED,
        pytest.ExitCode.USAGE_ERROR,
    )


def test_the_plugin_loads_nothing_until_it_is_asked():
    """It is part of every run of pytest wherever the grader is installed."""
    code = "import sys, pytest, grader.interfaces.pytest_plugin; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in loaded if name.startswith("grader.")}
    assert "numpy" not in loaded and ours == {"grader.interfaces", "grader.interfaces.pytest_plugin"}
