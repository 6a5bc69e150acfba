"""The package can be loaded by its path where nothing else of the project, nor of its dependencies, exists."""

import subprocess
import sys
from pathlib import Path

import grader.notebooks

PROGRAM = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("alone", sys.argv[1], submodule_search_locations=[sys.argv[2]])
module = sys.modules["alone"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
notebook = module.read_cells(b'{"cells": [{"cell_type": "code", "source": "!ls\\\\nf = lambda: 1"}]}', ".ipynb")
extraction = module.extract(notebook)
print(*extraction.found, extraction.program("f").units[0].line)
print([name for name in sys.modules if name.partition(".")[0] not in {*sys.stdlib_module_names, "alone", "__main__"}])
"""


def test_loaded_by_path():
    """In an isolated Python without site-packages it works, and brings in nothing but the standard library."""
    path = Path(grader.notebooks.__file__)
    command = [sys.executable, "-I", "-S", "-c", PROGRAM, str(path), str(path.parent)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.stdout.splitlines(), done.stderr) == (["f 2", "[]"], "")
