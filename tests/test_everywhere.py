"""A notebook has the same status and points in its kernel, on the command line, under pytest and in a class."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from nbclient import NotebookClient

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.words import SAID
from grader.feedback.words import points as written
from grader.grading import Grader
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find

ASSIGNMENTS = Path(__file__).parent.parent / "assignments"
PATHS = [
    *(
        ASSIGNMENTS / "backprop_relu" / "samples" / f"{name}.ipynb"
        for name in ("derivative_forgotten", "raises_an_error", "untouched_template", "endless_loop")
    ),
    ASSIGNMENTS / "activations" / "samples" / "half_done.ipynb",
    ASSIGNMENTS / "computation_graph" / "samples" / "clean_solution.ipynb",
]
PROBE = """
import json
from grader import check
print(json.dumps([[e.exercise, str(e.status), f"{round(e.points, 2):g}"] for e in check().grade.exercises]))
"""
HEADLINE = re.compile(r"^\S (\w+): (.+?), (\S+) of \S+ points?", re.MULTILINE)


def told_in(text):
    """Exercise, status and points of every headline in a text."""
    statuses = {said: str(status) for status, said in SAID.items()}
    return [[name, statuses[said], points] for name, said, points in HEADLINE.findall(text)]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def in_kernels():
    """What `check()` says after each notebook's cells, in one real kernel that is emptied between them."""
    cells = [cell for path in PATHS for cell in ("%reset -f", *_definitions(path), PROBE)]
    running = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(running, timeout=120, allow_errors=True).execute()
    printed = [cell.outputs[-1].text for cell in running.cells if cell.source == PROBE]
    return dict(zip(PATHS, map(json.loads, printed), strict=True))


def _definitions(path):
    """A notebook's code, without the lines that start other programs."""
    code = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    return [source for source in code if not source.startswith(("!", "check("))]


@pytest.fixture(params=PATHS, ids=lambda path: f"{path.parent.parent.name}: {path.stem}")
def path(request):
    """A shipped sample."""
    return request.param


@pytest.fixture
def graded(path):
    """Exercise, status and points, as batch grading gives them under the public seed."""
    assignment = load(path.parent.parent.name)
    grade = Grader(draw(assignment, assignment.public_seed), BasicRunner()).grade(find([path])[0])
    return [[each.exercise, str(each.status), written(each.points)] for each in grade.exercises]


def test_a_notebook_comes_to_the_same_wherever_it_is_checked(path, graded, in_kernels, tmp_path):
    """Status and points agree, exercise by exercise."""
    assert in_kernels[path] == graded
    assert told_in(run("grader", "check", path).stdout) == graded
    run("pytest", "--grader", "auto", path, f"--junitxml={tmp_path / 'report.xml'}", "-c", os.devnull)
    assert list(_tests_in(tmp_path / "report.xml")) == graded


def _tests_in(report):
    """Exercise, status and points of each test in a JUnit file."""
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        points = {each.get("name"): float(each.get("value")) for each in case.iter("property")}["points"]
        failure = case.find("failure")
        status = "passed" if failure is None else told_in(failure.text)[0][1]
        yield [case.get("name"), status, written(points)]
