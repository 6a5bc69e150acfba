"""Assignments are found by name or folder, and a broken declaration is refused with the line to mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.assignment import catalogue
from grader.assignment.catalogue import UnknownAssignment, find, load
from grader.assignment.vocabulary import DeclarationError

HEAD = """from grader.assignment import Assignment, Limits, Mistake, case
assignment = Assignment(title="T", public_seed=1)
"""
CASES = "def f(rng):\n    yield case('one', 1.0)\n"


def declare(folder: Path, body: str, head: str = HEAD) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "declaration.py").write_text(head + body, encoding="utf-8")
    return folder


def test_an_assignment_lives_in_any_folder(slopes):
    """A folder's own assignment is named after the folder and has its exercises in order."""
    assignment = load(str(slopes))
    assert assignment.name == "slopes"
    assert [exercise.name for exercise in assignment.exercises] == ["slope", "square_and_slope"]
    assert assignment.exercises[0].asks == "The slope of x² at x."
    assert assignment.max_points == 3


def test_the_declaration_itself_will_do_as_its_name(slopes):
    """Naming the file is as good as naming the folder."""
    assert find(str(slopes / "declaration.py")) == slopes


def test_a_declaration_can_import_what_lies_beside_it(tmp_path):
    """A reference of the instructor's own is a module beside the declaration."""
    folder = declare(
        tmp_path / "mine",
        f"from .answers import f as answer\n@assignment.exercise(reference=answer, points=1)\n{CASES}",
    )
    (folder / "answers.py").write_text("def f(x):\n    return x + 1\n")
    assert load(str(folder)).exercises[0].reference(1) == 2


def test_a_declaration_is_read_afresh(tmp_path):
    """An edit within the same second counts."""
    folder = declare(tmp_path / "mine", f"@assignment.exercise(reference=abs, points=1)\n{CASES}")
    load(str(folder))
    declare(folder, f"@assignment.exercise(reference=abs, points=2)\n{CASES}")
    assert load(str(folder)).max_points == 2


def test_a_folder_of_the_users_own_is_not_taken_for_ours(tmp_path):
    """Packages called `reference` and `assignments` in the working directory change nothing."""
    for name in ("reference", "assignments"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('the wrong one')")
    code = (
        "from grader.assignment.catalogue import load, shipped; "
        "print(*(load(name).max_points > 0 for name in shipped()))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(catalogue.DISTRIBUTION)])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == "" and set(done.stdout.split()) == {"True"}


def test_an_unknown_name_is_refused_with_the_names_that_there_are():
    """The message holds the way out."""
    with pytest.raises(UnknownAssignment, match="backprop_relu"):
        load("backprop_rely")


def test_a_folder_without_a_declaration_is_refused(tmp_path):
    """A folder of notebooks is not an assignment."""
    with pytest.raises(UnknownAssignment, match=r"no declaration\.py"):
        load(str(tmp_path))


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (f"@assignment.exercise(reference=abs, points=0)\n{CASES}", 3, "points is 0"),
        (f"@assignment.exercise(reference=abs, points=1, tolerance=2)\n{CASES}", 3, "tolerance is 2"),
        (f"@assignment.exercise(points=1)\n{CASES}", 3, "either a reference or a property"),
        (
            f"@assignment.exercise(reference=abs, property='xor_network', points=1)\n{CASES}",
            3,
            "either a reference or a property",
        ),
        (f"@assignment.exercise(property='xor', points=1)\n{CASES}", 3, "no property is called 'xor'"),
        (f"@assignment.exercise(reference=abs, points=1, builds_on=('g',))\n{CASES}", 3, "not an earlier exercise"),
        (
            2 * f"@assignment.exercise(reference=abs, points=1)\n{CASES}",
            6,
            "declared twice",
        ),
        ("x = 1 +\n", 3, "invalid syntax"),
        ("import no_such_module_anywhere\n", 3, "No module named"),
        ("assignment = Assignment(title='T', public_seed=-1)\n", 3, "public_seed is -1"),
        ("limits = Limits(case_seconds=0)\n", 3, "case_seconds is 0"),
        ("mistake = Mistake('', 'says', 'asks', {abs: abs})\n", 3, "needs a name"),
        ("@assignment.exercise(reference=abs, points=1, pionts=2)\n" + CASES, 3, "pionts"),
    ],
)
def test_a_wrong_declaration_is_refused_with_the_line_to_mend(tmp_path, body, line, words):
    """The message names the file, the line and what is wrong there."""
    folder = declare(tmp_path / "mine", body)
    with pytest.raises(DeclarationError) as refused:
        load(str(folder))
    assert f"declaration.py, line {line}: " in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "has no exercise"),
        ("del assignment\n", "call it `assignment`"),
        ("assignment.support = ('data.npy',)\n", "'data.npy' is not in"),
    ],
)
def test_an_incomplete_declaration_is_refused(tmp_path, body, words):
    """No exercise, no assignment, or a support file that is not there."""
    exercise = f"@assignment.exercise(reference=abs, points=1)\n{CASES}" if "support" in body else ""
    with pytest.raises(DeclarationError, match=words):
        load(str(declare(tmp_path / "mine", exercise + body)))
