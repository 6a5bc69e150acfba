"""The GitHub Action: its steps are run as GitHub runs them, as far as that goes without GitHub."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
RIGHT = "import numpy as np\ndef slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x**2, [slope(x)]"
HALF = "# my homework\n\ndef slope(x):\n    return 3 * x\ndef square_and_slope(x):\n    return x**2, [2 * x]"


def filled_in(value, inputs):
    """A step's value with the expressions for inputs replaced."""
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: str(inputs[found[1]]), value)


@pytest.fixture
def check(slopes, tmp_path):
    """Runs the step that checks, in the folder of a checkout; gives the process and what it left."""

    def run(notebook, **inputs):
        known = {name: each.get("default", "") for name, each in ACTION["inputs"].items()}
        known |= {"notebook": notebook.relative_to(tmp_path), "assignment": slopes} | inputs
        step = next(step for step in STEPS if step.get("id") == "check")
        left = {name: tmp_path / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
        environment = {name: filled_in(value, known) for name, value in step["env"].items()}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]],
            cwd=tmp_path,
            env=os.environ | {"PATH": path} | environment | {name: str(file) for name, file in left.items()},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done, {name: file.read_text(encoding="utf-8") for name, file in left.items() if file.exists()}

    return run


def test_a_right_notebook_passes_and_leaves_its_points(check, hand_in):
    """In the outputs that later steps use, and in the summary."""
    done, left = check(hand_in("ada.ipynb", RIGHT))
    assert done.returncode == 0 and "::error" not in done.stdout
    assert "points=3\nmax-points=3\npercent=100\n" in left["GITHUB_OUTPUT"]
    assert "3 of 3 points" in left["GITHUB_STEP_SUMMARY"]


def test_a_lost_point_is_annotated_at_its_line(check, hand_in, tmp_path):
    """In the notebook's file, where the function's `def` stands."""
    notebook = hand_in("ada.ipynb", HALF)
    notebook.write_text(json.dumps(_split(json.loads(notebook.read_text())), indent=1))
    done, _ = check(notebook)
    assert done.returncode == 1
    (file, line), *_ = re.findall(r"::error file=([^,]+),line=(\d+)", done.stdout)
    assert file == "class/ada.ipynb"
    assert "def slope" in notebook.read_text().splitlines()[int(line) - 1]


def _split(document):
    """Sources as lists of lines, as Jupyter saves them."""
    for cell in document["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return document


def test_junit_and_the_result_for_classroom_are_written(check, hand_in, tmp_path):
    """A test per exercise in both."""
    _, left = check(hand_in("ada.ipynb", HALF), junit="out/report.xml")
    assert (tmp_path / "out" / "report.xml").read_text(encoding="utf-8").count("<testcase") == 2
    encoded = next(line for line in left["GITHUB_OUTPUT"].splitlines() if line.startswith("result="))
    result = json.loads(base64.b64decode(encoded.removeprefix("result=")))
    assert [(test["name"], test["score"]) for test in result["tests"]] == [("slope", 0), ("square_and_slope", 1)]


@pytest.mark.parametrize(("least", "status"), [("33", 0), ("34", 1)])
def test_less_than_everything_may_do(check, hand_in, least, status):
    """From the percentage on that the course asks for."""
    assert check(hand_in("ada.ipynb", HALF), **{"min-percent": least})[0].returncode == status


def test_cases_from_a_secret_seed_leave_no_numbers_in_the_log(check, hand_in, tmp_path):
    """Neither in the log nor in what is kept of it."""
    source = RIGHT.replace("return 2 * x\ndef sq", "return 2 * x if np.size(x) == 2 else 12345.0 + 0 * x\ndef sq")
    done, left = check(hand_in("ada.ipynb", source), seed="99")
    kept = (tmp_path / "grader-junit.xml").read_text(encoding="utf-8")
    encoded = next(line for line in left["GITHUB_OUTPUT"].splitlines() if line.startswith("result="))
    result = base64.b64decode(encoded.removeprefix("result=")).decode()
    assert done.returncode == 1
    assert not re.search("On the case “drawn”[^.]*12345", done.stdout + kept + result + left["GITHUB_STEP_SUMMARY"])


def test_inputs_reach_the_shell_as_data(check, hand_in, tmp_path):
    """A file name cannot run anything: no step's script contains an expression."""
    assert not any("${{" in step.get("run", "") for step in STEPS)
    done, _ = check(hand_in("$(touch gotcha).ipynb", RIGHT))
    assert done.returncode == 0 and not list(tmp_path.rglob("gotcha*"))


@pytest.mark.parametrize("name", ["typer", "numpy", "grader", "sitecustomize"])
def test_nothing_in_a_students_checkout_is_imported(check, hand_in, tmp_path, name):
    """A module of theirs beside the notebook does not run in the grader's own process."""
    (tmp_path / f"{name}.py").write_text("import pathlib; pathlib.Path('forged').touch(); raise SystemExit(0)")
    done, left = check(hand_in("ada.ipynb", HALF))
    assert (done.returncode, (tmp_path / "forged").exists()) == (1, False)
    assert "points=1\n" in left["GITHUB_OUTPUT"]


def test_every_step_starts_python_isolated():
    """Installing, too, which runs in the checkout as well."""
    started = re.findall(r"^\s*python.*", "\n".join(step.get("run", "") for step in STEPS), re.MULTILINE)
    assert len(started) == 2 and all("python -I -m " in line for line in started)


def test_a_secret_that_is_not_there_is_no_pass(check, hand_in):
    """The public cases do not take its place; without the input they are what is meant."""
    notebook = hand_in("ada.ipynb", RIGHT)
    done, _ = check(notebook, seed="")
    assert (done.returncode, "GRADER_SEED is empty" in done.stderr) == (2, True)
    assert check(notebook)[0].returncode == 0


def test_with_a_seed_a_notebook_does_not_choose_the_assignment(check, hand_in):
    """One with easier exercises would give all the points."""
    done, left = check(hand_in("ada.ipynb", RIGHT, grader={"assignment": "activations"}), seed="99", assignment="")
    assert (done.returncode, "GITHUB_OUTPUT" in left) == (2, False)


def test_the_grader_is_installed_from_the_action_itself():
    """So that a pinned version of the action pins the grader."""
    install = next(step for step in STEPS if "pip install" in step.get("run", ""))
    assert '"$GITHUB_ACTION_PATH[grade]"' in install["run"] and (ROOT / "pyproject.toml").is_file()


def test_every_output_is_one_that_the_check_leaves(check, hand_in):
    """Names agree between the action and the program."""
    _, left = check(hand_in("ada.ipynb", RIGHT))
    written = {line.partition("=")[0] for line in left["GITHUB_OUTPUT"].splitlines()}
    assert {f"${{{{ steps.check.outputs.{name} }}}}" for name in written} == {
        output["value"] for output in ACTION["outputs"].values()
    }
