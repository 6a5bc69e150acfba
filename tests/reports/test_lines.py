"""From a cell's line to the file's, against the extraction that counts the cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import Place
from grader.notebooks import read_cells
from grader.reports.lines import line_in_file

SOURCES = st.lists(
    st.lists(st.sampled_from(["x = 1", "é = '\\\\'", "", "def f():", '    "q"']), max_size=4), max_size=4
)
SHAPES = st.sampled_from([None, 1, 4])
SCRIPT = """import numpy as np

# %% [markdown]
# text
# %%

def slope(x):
    return 2 * x
# %%
# %% last
z = 1
"""


@given(sources=SOURCES, indent=SHAPES, ascii_only=st.booleans())
def test_the_line_of_a_notebook_holds_what_the_cell_says(
    sources: list[list[str]], indent: int | None, ascii_only: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """However the JSON is laid out; on one line everything is in line 1."""
    cells = [{"cell_type": "code", "source": [f"{line}\n" for line in source]} for source in sources]
    text = json.dumps({"metadata": {}, "cells": cells}, indent=indent, ensure_ascii=ascii_only)
    path = tmp_path_factory.mktemp("notebook") / "hw.ipynb"
    path.write_text(text, encoding="utf-8")
    for cell in read_cells(text.encode(), ".ipynb").cells:
        for line, said in enumerate(cell.source.split("\n")[:-1], start=1):
            found = line_in_file(path, Place(cell.number, line))
            assert found is not None
            assert json.dumps(f"{said}\n", ensure_ascii=ascii_only) in text.split("\n")[found - 1]


def test_the_line_of_a_script_with_cells(tmp_path: Path) -> None:
    """Text and blank cells do not count."""
    path = tmp_path / "hw.py"
    path.write_text(SCRIPT, encoding="utf-8")
    for cell in read_cells(SCRIPT.encode(), ".py").cells:
        for line, said in enumerate(cell.source.rstrip("\n").split("\n"), start=1):
            found = line_in_file(path, Place(cell.number, line))
            assert found is not None
            assert SCRIPT.split("\n")[found - 1] == said


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b'{"cells": [{}]}', b"\xff"])
def test_what_cannot_be_read_has_no_line(data: bytes, tmp_path: Path) -> None:
    """The annotation then stands at the file's beginning."""
    path = tmp_path / "hw.ipynb"
    path.write_bytes(data)
    assert line_in_file(path, Place(1, 1)) is None
    assert line_in_file(tmp_path / "nowhere.ipynb", Place(1, 1)) is None
