"""Masters of three tools become assignments: solutions, points and cases taken over, the rest told."""

import json

import nbformat
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.authoring.masters import MasterError, read_master
from grader.authoring.scaffold import new_from_master
from grader.authoring.strength import QUICK
from grader.authoring.validation import validate
from grader.feedback.words import message
from grader.grading import Grader
from grader.model import GraderError, Status
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find
from tests.authoring.masters import NBGRADER, OLD_OTTER, OTTER, OURS, master

ALL = {"ours": OURS, "nbgrader": NBGRADER, "otter": OTTER, "old_otter": OLD_OTTER}
SECRETS = {
    "ours": ["switched_off", "W @ x", "vectors", "by hand"],
    "nbgrader": ["range(n + 1)", "unmarked_secret", "deep thought", "55", "AUTOTEST"],
    "otter": ["x * x", "return squared", "plot_of_everything", "TEST CONFIG", "IGNORE", "x = 2"],
    "old_otter": ["x**2", "area of a square", "6.25", "BEGIN QUESTION"],
}


@pytest.fixture(params=sorted(ALL))
def kind(request):
    return request.param


@pytest.fixture
def converted(tmp_path, kind):
    """The folder that a master of this kind becomes, and the master as it was read."""
    folder = tmp_path / kind
    return folder, new_from_master(folder, master(tmp_path / "master.ipynb", ALL[kind]))


def grade(folder, path):
    (submission,) = find([path])
    return Grader(draw(load(str(folder)), seed=5), BasicRunner()).grade(submission)


def test_the_masters_own_solutions_get_full_marks(converted):
    """Under the drawn cases, too."""
    folder, _ = converted
    result = grade(folder, folder / "samples" / "clean_solution.ipynb")
    assert [message(exercise) for exercise in result.exercises if message(exercise)] == []
    assert result.percent == 100


def test_the_students_notebook_is_missing_everywhere(converted):
    """It has stubs, and names its assignment."""
    folder, _ = converted
    result = grade(folder, folder / f"{folder.name}.ipynb")
    assert {exercise.status for exercise in result.exercises} == {Status.MISSING}


def test_nothing_of_a_solution_is_left(converted, kind):
    """Not in code, not in texts, outputs or metadata."""
    folder, _ = converted
    text = (folder / f"{kind}.ipynb").read_text(encoding="utf-8")
    assert not [secret for secret in [*SECRETS[kind], "tells everything"] if json.dumps(secret)[1:-1] in text]


def test_the_students_notebook_opens_in_jupyter(converted):
    """Valid, with a cell below each function that checks it."""
    folder, read = converted
    notebook = nbformat.read(folder / f"{folder.name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    for draft in read.drafts:
        assert any(f"--exercise {draft.name}" in cell.source for cell in notebook.cells)


def points(folder):
    return {exercise.name: exercise.points for exercise in load(str(folder)).exercises}


def test_ours_is_taken_as_it_stands(tmp_path):
    """Points, tolerance, seed, helpers; a generator may call the solutions."""
    folder = tmp_path / "layers"
    read = new_from_master(folder, master(tmp_path / "m.ipynb", OURS))
    assignment = load(str(folder))
    relu, layer = assignment.exercises
    assert (assignment.title, assignment.public_seed, assignment.lecture) == ("Layers", 11, "Lecture 3")
    assert (relu.points, relu.tolerance, layer.builds_on) == (2, 1e-9, ("relu",))
    assert read.notes == []
    assert validate(assignment, QUICK).is_right


def test_nbgraders_points_and_calls_are_taken(tmp_path):
    """Hidden tests count; a test of errors and a written answer are told, with their grade ids."""
    folder = tmp_path / "sums"
    read = new_from_master(folder, master(tmp_path / "m.ipynb", NBGRADER))
    assert points(folder) == {"triangle": 3, "hexagonal": 4}
    cases = [case.name for case in load(str(folder)).exercises[0].draw(__import__("numpy").random.default_rng(1))]
    assert cases[:2] == ["triangle(3)", "triangle(10)"]
    assert any(note.startswith("triangle(-1): raises ValueError") for note in read.notes)
    assert any(note.startswith("why: graded by hand (5 points)") for note in read.notes)
    assert read.drafts[0].labels == ["triangle", "triangle_right", "triangle_negative"]


def test_otters_questions_are_taken(tmp_path):
    """A question's points, and values that its tests name first."""
    folder = tmp_path / "squares"
    read = new_from_master(folder, master(tmp_path / "m.ipynb", OTTER))
    assert points(folder) == {"square": 4}
    assert "np.array([1.0, -2.5])" in (folder / "declaration.py").read_text(encoding="utf-8")
    assert any(note.startswith("q2: graded by hand (1.5 points)") for note in read.notes)
    assert any(note.startswith("q3: defines no function") for note in read.notes)


def test_the_readme_says_what_was_not_taken(tmp_path):
    """For whoever opens the folder later."""
    folder = tmp_path / "sums"
    new_from_master(folder, master(tmp_path / "m.ipynb", NBGRADER))
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "triangle_right" in readme
    assert "why: graded by hand" in readme


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ((("code", "x = 1"),), "no exercise could be made of it"),
        ((("code", "def f(x):\n    return x  # SOLUTION"),), "f: no cases"),
        ((OURS[3], ("code", "# CASES: points 2\ndef relu_cases(rng):\n    yield 1")), "is not a list of keywords"),
        ((OURS[3], ("code", "# CASES: points=2\ndef relu_cases(rng:\n    yield 1")), "is not valid Python"),
    ],
)
def test_a_master_that_gives_no_assignment(tmp_path, cells, why):
    """The message says what is missing, and no folder is left behind."""
    with pytest.raises(MasterError, match=why):
        new_from_master(tmp_path / "made", master(tmp_path / "m.ipynb", cells))
    assert not (tmp_path / "made").exists()


def test_a_generator_that_cannot_draw_is_said_at_once(tmp_path):
    """With the exercise; what the author forgot to import belongs into the cell of the assignment."""
    cases = ("code", "# CASES: points=2\ndef relu_cases(rng):\n    yield case('pi', math.pi)")
    with pytest.raises(GraderError, match="'relu': drawing its cases failed with NameError"):
        new_from_master(tmp_path / "made", master(tmp_path / "m.ipynb", [OURS[3], cases]))
    assert not (tmp_path / "made").exists()


def test_what_is_no_notebook_is_said(tmp_path):
    """Nor is a missing file."""
    (tmp_path / "m.ipynb").write_text("<html>", encoding="utf-8")
    for name in ("m.ipynb", "none.ipynb"):
        with pytest.raises(MasterError, match=name):
            read_master(tmp_path / name)
