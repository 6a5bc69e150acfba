"""Python files as Colab, nbconvert, marimo and others write them."""

import json

import pytest

from grader.notebooks import Extraction, extract, line_in_script, read_cells
from tests.notebooks.sample_notebooks import load


def read(text: str) -> Extraction:
    """What is extracted from a .py file with that text."""
    return extract(read_cells(text.encode(), ".py"))


COLAB = "# Commented out IPython magic to ensure Python compatibility.\n"


@pytest.mark.parametrize("magic", ["time", "capture", "time -p", "prun -q", "capture --no-stderr out"])
def test_a_timed_cell_in_a_file_of_colab(magic):
    """Colab comments out the whole cell under such a magic; it counts, at its own lines."""
    text = f'"""# Title"""\n\n{COLAB}# %%{magic}\n# def f(x):\n#     # twice\n#     return 2 * x\n# \n\ng = f\n'
    extraction = read(text)
    assert load(extraction, "g")(2) == 4
    assert extraction.found["f"].line == 5


@pytest.mark.parametrize("magic", ["bash", "html", "timeit", "writefile a.py", "unknown"])
def test_another_cell_in_a_file_of_colab(magic):
    """What stood under a magic that does not run it stays commented out."""
    assert list(read(f"{COLAB}# %%{magic}\n# x = 1\n\ny = 2\n").found) == ["y"]


@pytest.mark.parametrize("line", ["%matplotlib inline", "!pip install numpy", "%cd ..", "%time x = 3"])
def test_a_line_in_a_file_of_colab(line):
    """A magic of one line leaves the student's own comments below it as they are."""
    extraction = read(f"{COLAB}# {line}\n# def f(\ny = 2\n")
    assert "y" in extraction.found
    assert ("x" in extraction.found) == line.startswith("%time")


def test_cells_of_nbconvert():
    """A script by nbconvert has the notebook's cells, each with its own lines."""
    body = "def f(x):\n    return 'a' + x\n"
    text = (
        "#!/usr/bin/env python\n# coding: utf-8\n\n# # Title\n\n# In[1]:\n\n\nimport math\n\n\n# In[ ]:\n\n\n"
        f"get_ipython().run_cell_magic('time', '', {body!r})\n\n\n# In[7]:\n\n\n"
        "get_ipython().run_line_magic('time', 'z = 1')\nw = get_ipython().getoutput('ls')\n"
        "get_ipython().system('pip install x')\n"
    )
    extraction = read(text)
    assert {name: (found.cell, found.line) for name, found in extraction.found.items()} == {
        "math": (2, 3),
        "f": (3, 4),
        "z": (4, 3),
        "w": (4, 4),
    }
    assert load(extraction, "f")("b") == "ab"


def test_cell_magics_of_nbconvert_among_other_code():
    """Without the marks of cells, the body takes the place of the call; what does not run as Python is left out."""
    text = (
        "k = 1\nget_ipython().run_cell_magic('time', '', 'x = k')\nget_ipython().run_cell_magic('bash', '', 'y = 1')\n"
    )
    extraction = read(text)
    assert list(extraction.found) == ["k", "x"]
    assert load(extraction, "x") == 1


@pytest.mark.parametrize(
    "call",
    [
        "get_ipython().run_cell_magic(name, '', 'x = 1')",
        "get_ipython().run_cell_magic('time')",
        "get_ipython().run_line_magic('time', line)",
        "get_ipython().system(b'ls')",
        "get_ipython().magic(" + "(" * 500 + ")",
        "s = '''\nget_ipython().magic('time')\n'''",
    ],
)
def test_calls_of_ipython_that_are_no_export(call):
    """They cost nothing but themselves."""
    assert "f" in read(f"{call}\n# %%\ndef f(): return 1\n").found


MARIMO = '''\
import marimo

__generated_with = "0.13.0"
app = marimo.App(width="medium")

with app.setup:
    import math
    K = 3


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""# Title""")
    return


@app.cell
def _(base):
    def f(x):
        # nested
        return base + K * x

    y = f(2)
    return f, y


@app.cell
def __():
    base = 1
    return (base,)


@app.cell
async def _():
    pass
    return


@app.cell
def _():
    return


@app.function
def g(x):
    return math.sqrt(x)


@app.class_definition
class Net:
    size = 4


if __name__ == "__main__":
    app.run()
'''


def test_marimo():
    """The bodies of its cells are cells, whatever their order; its own functions and classes stand as they are."""
    extraction = read(MARIMO)
    assert load(extraction, "f")(2) == 7
    assert load(extraction, "g")(4) == 2
    assert load(extraction, "Net").size == 4
    assert {"marimo", "app", "_"}.isdisjoint(extraction.found)


@pytest.mark.parametrize("text", ["import marimo\ndef f(): return 1", "import marimo\napp = marimo.App()\ndef f(: 1"])
def test_files_that_only_import_marimo(text):
    """They are plain Python, with an error or without."""
    extraction = read(text)
    assert "f" in extraction.found or extraction.skipped


def test_texts_between_the_cells():
    """Markdown is kept with the number of the cell above it, in notebooks and in files."""
    cells = [("markdown", "a"), ("code", "x = 1"), ("raw", "b"), ("code", " "), ("markdown", ["c", "d"])]
    document = {"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}
    notebook = read_cells(json.dumps(document).encode(), ".ipynb")
    assert [(text.below, text.source) for text in notebook.texts] == [(0, "a"), (1, "b"), (1, "cd")]
    script = read_cells(b"# %% [markdown]\n# a\n# %%\nx = 1\n#%% md\nb\n", ".py")
    assert [(text.below, text.source) for text in script.texts] == [(0, "# a\n"), (1, "b\n")]


@pytest.mark.parametrize(
    "text",
    [
        MARIMO,
        "\n# %% [markdown]\n# a\n# %% title\n\nx = 1\n#%%\n\n# %%\ny = 2\n",
        f"z = 1\n{COLAB}# %%time\n# x = 1\n# y = 2\n",
        "x = 1\n\n# In[1]:\n\n\n# In[2]:\n\ny = 1\ndef f():\n    pass\n",
    ],
)
def test_lines_of_the_file(text):
    """Each definition's cell and line lead back to its line in the file."""
    lines = text.split("\n")
    for name, found in read(text).found.items():
        assert name in lines[line_in_script(text, found.cell, found.line) - 1]
