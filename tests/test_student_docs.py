"""What the pages for students and for CI show is what happens."""

import linecache
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from grader.interfaces.kernel.checking import Kernel, check

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "assignments" / "backprop_relu" / "samples"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page):
    """(language, text) of each block of code on a page."""
    return BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))


def run(command, folder):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONUTF8": "1"}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def homework(tmp_path):
    """A folder with a sample as `homework.ipynb`."""

    def hand_in(sample):
        shutil.copy(SAMPLES / f"{sample}.ipynb", tmp_path / "homework.ipynb")
        return tmp_path

    return hand_in


def in_cells(sources):
    """What the checks in some cells say, run one after another as in a notebook."""
    namespace, history = {}, [""]
    for number, source in enumerate(sources, start=1):
        history.append(source)
        body, _, call = source.strip().rpartition("\n")
        name = f"<documented cell {number}>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        asked = re.fullmatch(r"check\((\w+)\)", call)
        exec(compile(body if asked else source, name, "exec"), namespace)
        if asked:
            yield repr(check(namespace[asked[1]], "", Kernel(namespace, history)))


def test_what_a_check_says_in_the_notebook_is_as_shown(tmp_path, monkeypatch):
    """Each cell of the page, and the text below it."""
    monkeypatch.chdir(tmp_path)
    cells = [text for language, text in blocks("student.md") if language == "python"]
    shown = [text.rstrip() for language, text in blocks("student.md") if language == "text"]
    assert list(in_cells(cells)) == shown


def test_what_a_check_says_in_the_terminal_is_as_shown(homework):
    """The command of the page, and its output."""
    ((_, console),) = [block for block in blocks("student.md") if block[0] == "console"]
    command, _, output = console.partition("\n")
    assert run(command.removeprefix("$ "), homework("sum_instead_of_mean")).stdout == output


def commands(value):
    """Every `grader check` in a parsed file of a CI system."""
    if isinstance(value, dict):
        if str(value.get("entry", "")).startswith("grader"):
            yield f"{value['entry']} homework.ipynb"
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from commands(part)
    elif str(value).startswith("grader check") and "homework.ipynb" in str(value):
        yield value


CONFIGURATIONS = [yaml.safe_load(text) for language, text in blocks("ci.md") if language == "yaml"]


@pytest.mark.parametrize("command", [command for each in CONFIGURATIONS for command in commands(each)])
def test_the_commands_for_ci_run_as_they_stand(command, homework):
    """They pass a right notebook, and fail one that is not."""
    assert run(command, homework("clean_solution")).returncode == 0
    assert run(command, homework("untouched_template")).returncode == 1


def test_the_action_is_used_with_inputs_and_outputs_that_it_has():
    """Whatever the page shows is in action.yml."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = [step for each in CONFIGURATIONS for job in each.get("jobs", {}).values() for step in job["steps"]]
    given = {name for step in steps if step.get("uses", "").startswith("OWNER/") for name in step["with"]}
    told = re.search(r"The outputs are ([^.]*)\.", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"))
    assert told and set(re.findall(r"`([\w-]+)`", told[1])) == set(action["outputs"])
    assert given and given <= set(action["inputs"])


@pytest.mark.parametrize("page", ["student.md", "ci.md"])
def test_links_lead_somewhere(page):
    """Within the repository."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert all((ROOT / "docs" / target).exists() for target in targets)
