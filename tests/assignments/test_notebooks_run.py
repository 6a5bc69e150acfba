"""The students' notebooks, run as they are given out, in a real Jupyter kernel and in a folder with nothing else."""

import nbformat
import pytest
from nbclient import NotebookClient

from grader.assignment.catalogue import SHIPPED, load, shipped


def code(name):
    """The sources of a notebook's code cells."""
    notebook = nbformat.read(SHIPPED / name / f"{name}.ipynb", 4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """What each notebook's cells put out; one kernel runs them all, and is emptied between them."""
    cells = [(name, source) for name in shipped() for source in ("%reset -f", *code(name))]
    running = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for _, source in cells])
    folder = tmp_path_factory.mktemp("somewhere")
    NotebookClient(running, timeout=60, resources={"metadata": {"path": str(folder)}}).execute()
    outputs = {name: [] for name in shipped()}
    for (name, _), cell in zip(cells, running.cells, strict=True):
        outputs[name] += cell.outputs
    return outputs


@pytest.mark.parametrize("name", shipped())
def test_a_notebook_runs_from_top_to_bottom_and_every_check_answers(name, executed):
    """Nothing raises; each exercise is checked below its stub, and is not written yet."""
    texts = [output["data"]["text/plain"] for output in executed[name]]
    checked = [text.split(":")[0] for text in texts]
    assert checked[: len(load(name).exercises)] == [f"○ {exercise.name}" for exercise in load(name).exercises]
    assert all(": not written yet, " in text for text in texts)


@pytest.mark.parametrize("name", shipped())
def test_a_notebook_imports_what_it_uses_in_one_place(name):
    """The setup cell, which is the first."""
    first, *others = code(name)
    assert first == "import numpy as np\n\nfrom grader import check"
    assert not any(line.startswith(("import ", "from ")) for source in others for line in source.splitlines())
