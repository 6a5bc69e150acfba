"""What students get: everything that the self-check needs, and nothing of a solution."""

import json

import pytest

from grader.assignment.catalogue import SHIPPED, load, shipped
from grader.authoring.release import Leak, release
from grader.authoring.scaffold import new, new_from_master
from grader.grading import Grader
from grader.model import GraderError, Status
from grader.sandbox.host.basic import BasicRunner
from grader.selfcheck import choosing
from grader.submissions.discovery import find
from tests.authoring.masters import OURS, master

STUB = "def mean_squared_error(a, b):\n    raise NotImplementedError"


@pytest.fixture
def folder(tmp_path):
    new(tmp_path / "errors")
    return tmp_path / "errors"


def with_cells(folder, *cells):
    """The assignment's notebook, of these cells."""
    return master(folder / f"{folder.name}.ipynb", cells)


def test_students_get_a_notebook_data_and_a_readme(folder, tmp_path):
    """And no reference."""
    files = release(load(str(folder)), tmp_path / "out")
    assert [path.name for path in files] == ["errors.ipynb", "errors.grader.json", "README.md"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in files)


def test_the_check_works_without_the_reference(folder, tmp_path):
    """On the released files alone: a right answer passes, a known mistake is named."""
    release(load(str(folder)), tmp_path / "out")
    sheet = choosing.sheet(str(tmp_path / "out" / "errors.grader.json"))
    clean, slip = (Grader(sheet, BasicRunner()).grade(found) for found in find([folder / "samples"]))
    assert clean.percent == 100
    assert slip.exercises[0].mistake == "not-averaged"


def test_the_same_assignment_gives_the_same_bytes(folder, tmp_path):
    """So that a release can be compared with the last one."""
    first, second = (release(load(str(folder)), tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_old_notebooks_get_the_same_ids_each_time(folder, tmp_path):
    """Formats without ids would be given random ones."""
    with_cells(folder, ("markdown", "# Errors"), ("code", STUB))
    first, second = (release(load(str(folder)), tmp_path / name) for name in ("one", "two"))
    assert first[0].read_bytes() == second[0].read_bytes()


SOLVED = (
    "def mean_squared_error(a, b):\n    ### BEGIN SOLUTION\n    return np.square(a - b).mean()\n    ### END SOLUTION"
)


def test_nothing_of_a_solution_is_left(folder, tmp_path):
    """Not in outputs, metadata or attachments, and stubs stand where solutions were."""
    path = with_cells(folder, ("markdown", "# Errors"), ("code", SOLVED, {"notes": "np.square it", "tags": ["secret"]}))
    document = json.loads(path.read_text(encoding="utf-8"))
    document["metadata"]["author"] = {"hint": "np.square it"}
    document["cells"][0]["attachments"] = {"solution.png": {"image/png": "bnAuc3F1YXJl"}}
    path.write_text(json.dumps(document), encoding="utf-8")
    text = release(load(str(folder)), tmp_path / "out")[0].read_text(encoding="utf-8")
    left = [word for word in ("square(", "np.square", "secret", "bnAuc3F1YXJl", "tells everything") if word in text]
    assert left == []
    assert "raise NotImplementedError" in text


def test_a_picture_that_the_text_shows_stays(folder, tmp_path):
    """It is part of the question."""
    path = with_cells(folder, ("markdown", "![net](attachment:net.png)"), ("code", STUB))
    document = json.loads(path.read_text(encoding="utf-8"))
    document["cells"][0]["attachments"] = {"net.png": {"image/png": "aaaa"}, "other.png": {"image/png": "bbbb"}}
    path.write_text(json.dumps(document), encoding="utf-8")
    text = release(load(str(folder)), tmp_path / "out")[0].read_text(encoding="utf-8")
    assert "aaaa" in text
    assert "bbbb" not in text


def test_a_solution_that_stands_elsewhere_too_is_refused(folder, tmp_path):
    """A copy outside of any mark is no stub; nothing is written."""
    with_cells(folder, ("code", SOLVED), ("code", "a = b = np.ones(3)\nreturn np.square(a - b).mean()"))
    with pytest.raises(Leak, match="cell 1"):
        release(load(str(folder)), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_notebook_that_asks_for_nothing_is_refused(folder, tmp_path):
    """It belongs to another assignment, or its functions have other names."""
    with_cells(folder, ("code", "def mean_square_error(a, b):\n    raise NotImplementedError"))
    with pytest.raises(GraderError, match="none of the functions that are asked for: mean_squared_error"):
        release(load(str(folder)), tmp_path / "out")


def test_a_masters_cells_of_cases_are_not_released(tmp_path):
    """The students' notebook may be the master itself."""
    new_from_master(tmp_path / "layers", master(tmp_path / "m.ipynb", OURS))
    master(tmp_path / "layers" / "layers.ipynb", OURS)
    text = release(load(str(tmp_path / "layers")), tmp_path / "out")[0].read_text(encoding="utf-8")
    assert "CASES" not in text
    assert "switched_off" not in text


def test_support_files_come_along(slopes, tmp_path):
    """What student code reads lies beside it."""
    (slopes / "helper.py").write_text("X = 1\n", encoding="utf-8")
    declaration = slopes / "declaration.py"
    text = declaration.read_text(encoding="utf-8").replace("public_seed=7", 'public_seed=7, support=("helper.py",)')
    declaration.write_text(text, encoding="utf-8")
    release(load(str(slopes)), tmp_path / "out")
    assert (tmp_path / "out" / "helper.py").read_text(encoding="utf-8") == "X = 1\n"


def test_without_a_notebook_a_plain_one_is_made(slopes, tmp_path):
    """With stubs that have the reference's parameters."""
    notebook = release(load(str(slopes)), tmp_path / "out")[0]
    (submission,) = find([notebook])
    grade = Grader(choosing.sheet(str(slopes)), BasicRunner()).grade(submission)
    assert {exercise.status for exercise in grade.exercises} == {Status.MISSING}
    assert "def slope(x):" in notebook.read_text(encoding="utf-8")


def test_the_deadline_is_told(slopes, tmp_path):
    """With its zone."""
    declaration = slopes / "declaration.py"
    text = declaration.read_text(encoding="utf-8")
    text = text.replace("import Assignment,", "import Assignment, Deadline,")
    text = text.replace("public_seed=7", 'public_seed=7, deadline=Deadline("2026-11-27 23:59", "Europe/Berlin")')
    declaration.write_text(text, encoding="utf-8")
    release(load(str(slopes)), tmp_path / "out")
    assert "Due 2026-11-27 23:59, Europe/Berlin." in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(folder, tmp_path):
    """A release is a folder of its own."""
    with pytest.raises(GraderError, match="already"):
        release(load(str(folder)), folder)


@pytest.mark.parametrize("name", shipped())
def test_shipped_notebooks_are_released_as_they_are(name, tmp_path):
    """Every cell's source; they hold no solution."""
    released = json.loads(release(load(name), tmp_path / "out")[0].read_text(encoding="utf-8"))
    written = json.loads((SHIPPED / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    sources = [["".join(cell["source"]) for cell in document["cells"]] for document in (released, written)]
    assert sources[0] == [source.rstrip() if source.rstrip() != source else source for source in sources[1]]
