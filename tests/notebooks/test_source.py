"""The definitions as one source, and nbconvert's exporter around it."""

import subprocess
import sys
from pathlib import Path

import nbformat

from grader.interfaces.nbconvert_exporter import FunctionsExporter
from tests.notebooks.sample_notebooks import extracted, ipynb

CELLS = [
    "%matplotlib inline\nimport math, os\nimport matplotlib.pyplot as plt\nfrom no_such_helpers import *",
    "K = 3  # a constant\nX = open('data.csv').read()",
    "@staticmethod\ndef f(x):\n    # a comment\n    return K * math.sqrt(x)\nprint(f(2)); f2 = f",
    "plt.plot(X)\nwhile True:\n    pass",
    "class Net:\n    def run(self):\n        return f(4)",
    "broken(",
]
SOURCE = """\
# cell 1
import math
from no_such_helpers import *

# cell 2
K = 3

# cell 3
@staticmethod
def f(x):
    # a comment
    return K * math.sqrt(x)

f2 = f

# cell 5
class Net:
    def run(self):
        return f(4)
"""


def test_source():
    """Definitions and what they need, cell by cell, as they were written; nothing else."""
    assert extracted(*CELLS).source() == SOURCE


def test_source_runs_alone():
    """It is Python that can be run as it stands."""
    namespace: dict[str, object] = {}
    exec(extracted(*CELLS[:1], *CELLS[1:]).source().replace("from no_such_helpers import *", ""), namespace)
    assert namespace["Net"]().run() == 6


def test_source_of_a_notebook_without_definitions():
    """Nothing defined, nothing written."""
    assert extracted("print(1)", "x = 2").source() == ""


def test_wrapped_functions_are_definitions():
    """So is a function that another makes of one."""
    cell = "import numpy as np\ndef g(x):\n    return x\nf = np.vectorize(g)\ny = np.zeros(3)"
    assert extracted(cell).source().endswith("f = np.vectorize(g)\n")


def test_future_statements_come_first():
    """A file has them at its top, whichever cell they were in."""
    source = extracted(
        "def f(x: A):\n    return 1", "from __future__ import annotations\ndef g(x: B):\n    return 1"
    ).source()
    compile(source, "source", "exec")
    assert source.startswith("# cell 2\nfrom __future__ import annotations\n")


def test_text_that_shares_a_line():
    """A statement beside others on its line is cut out, whatever letters stand before it."""
    assert extracted("ä = 'ö'; f = lambda: ä; print(f())").source() == "# cell 1\nä = 'ö'\n\nf = lambda: ä\n"


def test_exporter():
    """The exporter gives the same source, for a file that ends in .py."""
    output, resources = FunctionsExporter().from_notebook_node(nbformat.reads(ipynb(*CELLS).decode(), 4))
    assert (output, resources["output_extension"]) == (SOURCE, ".py")


def test_nbconvert(tmp_path: Path):
    """`jupyter nbconvert --to functions` finds the exporter by its name."""
    notebook = tmp_path / "hw.ipynb"
    notebook.write_bytes(ipynb(*CELLS))
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "functions", str(notebook)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "hw.py").read_text() == SOURCE
