"""A check in a real Jupyter kernel, cell by cell as a student goes: the display, the magic, odd states."""

import json

import nbformat
import pytest
from nbclient import NotebookClient

from grader.notebooks import extract, read_cells
from tests.conftest import notebook


@pytest.fixture(scope="module")
def session():
    """Runs cells one after another in one kernel, and gives the output of the last of them."""
    client = NotebookClient(nbformat.v4.new_notebook(), timeout=60, allow_errors=True)
    with client.setup_kernel():

        def run(*sources):
            for source in ("%reset -f", "from grader import check\nimport numpy as np", *sources):
                client.nb.cells.append(nbformat.v4.new_code_cell(source))
                cell = client.execute_cell(client.nb.cells[-1], len(client.nb.cells) - 1)
            return cell.outputs

        yield run


def shown(outputs):
    """Text and HTML of the one thing that is displayed."""
    (output,) = outputs
    return output["data"]["text/plain"], output["data"]["text/html"]


def test_a_stub_is_not_written_yet(session):
    """The check says so, and raises nothing: the notebook runs on."""
    text, _ = shown(session("def pack(W, b):\n    '''All.'''\n    raise NotImplementedError", "check(pack)"))
    assert text.startswith("○ pack: not written yet, 0 of 2 points")


def test_a_wrong_function_is_shown_with_an_example(session):
    """Verdict, diagnosis and the smallest input, as text and as a card."""
    text, html = shown(session("def linear_gradient(x):\n    return np.append(x, 1)", "check(linear_gradient)"))
    assert "bias behind the other weights" in text and "A small example" in text
    assert "bias behind the other weights" in html and "expected" in html


def test_what_students_write_is_escaped_in_the_card(session):
    """A message of theirs is no markup, and the card brings no script."""
    source = "def pack(W, b):\n    raise ValueError('<script>alert(1)</script>')"
    _, html = shown(session(source, "check(pack)"))
    assert "<script" not in html and "&lt;script&gt;" in html


def test_cells_may_be_run_in_any_order(session):
    """What counts is what the name is bound to when the check runs."""
    wrong, right = "def linear_gradient(x):\n    return x", "def linear_gradient(x):\n    return np.r_[1, x]"
    assert shown(session(right, wrong, right, "check(linear_gradient)"))[0].startswith("✓")
    assert shown(session(wrong, right, wrong, "check(linear_gradient)"))[0].startswith("✗")


def test_a_helper_whose_cell_was_deleted_is_an_error_of_the_function(session):
    """Once the name is gone from the kernel."""
    text, _ = shown(
        session(
            "def one():\n    return 1",
            "def linear_gradient(x):\n    return np.r_[one(), x]",
            "del one",
            "check(linear_gradient)",
        )
    )
    assert "NameError" in text


def test_shadowed_names_are_the_students_own(session):
    """A variable called `np` breaks the function as it breaks the student's own calls."""
    text, _ = shown(session("def linear_gradient(x):\n    return np.r_[1, x]", "np = 3", "check(linear_gradient)"))
    assert "AttributeError" in text


def test_the_magic_runs_the_cell_and_checks_the_function(session):
    """And so does a grader: the cell is no cell magic to be left out."""
    cell = "%%check linear_gradient\ndef linear_gradient(x):\n    return np.r_[1, x]"
    text, _ = shown(session("%load_ext grader", cell))
    assert text == "✓ linear_gradient: right, 1 of 1 point"
    assert "linear_gradient" in extract(read_cells(notebook(cell), ".ipynb")).found


def test_a_magic_cell_that_fails_shows_its_own_error(session):
    """Nothing is checked then."""
    outputs = session("%load_ext grader", "%%check linear_gradient\n1 / 0")
    assert [(output["output_type"], output["ename"]) for output in outputs] == [("error", "ZeroDivisionError")]


def test_all_exercises_are_one_card(session):
    """With the points of each and their sum."""
    text, html = shown(session("def linear_gradient(x):\n    return np.r_[1, x]", "check()"))
    assert "✓ linear_gradient: right, 1 of 1 point" in text and text.endswith("1 of 25 points")
    assert html.count("<details>") == 9


def test_the_kernel_is_as_before(session):
    """Random numbers, variables and the history of results."""
    cells = [
        "import random\nseen = []\ndef linear_gradient(x):\n    seen.append(np.random.rand())\n    return np.r_[1, x]",
        "random.seed(1); np.random.seed(1)",
        "before = random.getstate(), np.random.get_state()[1].tolist(), sorted(globals())",
        "checked = check(linear_gradient)",
        "after = random.getstate(), np.random.get_state()[1].tolist(), sorted(globals())",
        "import json; print(json.dumps([before[:2] == after[:2], seen, sorted(set(after[2]) - set(before[2]))]))",
    ]
    same, seen, new = json.loads(session(*cells)[0]["text"])
    assert same and seen == []
    assert [name for name in new if not name.startswith("_")] == ["before", "checked"]
