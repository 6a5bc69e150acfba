"""Notebooks written down as the sources of their cells, and their slices brought to life."""

import contextlib
import json
from typing import Any

from grader.notebooks import Extraction, Notebook, extract, read_cells

CODE = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}


def ipynb(*sources: str | list[str], metadata: dict[str, Any] | None = None) -> bytes:
    """A notebook file of nbformat 4 with these code cells."""
    cells = [{**CODE, "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def notebook(*sources: str, metadata: dict[str, Any] | None = None) -> Notebook:
    """The notebook read back."""
    return read_cells(ipynb(*sources, metadata=metadata), ".ipynb")


def extracted(*sources: str, metadata: dict[str, Any] | None = None) -> Extraction:
    """What is extracted from a notebook with these code cells."""
    return extract(notebook(*sources, metadata=metadata))


def load(extraction: Extraction, name: str) -> Any:
    """What the name is bound to once its slice alone has run in a fresh namespace; star imports and trials may fail."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    program = extraction.program(name)
    for unit in program.units:
        may_fail = (Exception,) if unit in program.trials else (ImportError,) if unit.kind == "star" else ()
        with contextlib.suppress(*may_fail):
            exec(unit.code, namespace)
    return namespace[name]


def sliced(name: str, *sources: str) -> Any:
    """The name's object, from the slice of a notebook with these code cells."""
    return load(extracted(*sources), name)


def slice_lines(name: str, *sources: str) -> list[tuple[int, int]]:
    """(cell, line) of each statement that the name needs, in the order of execution."""
    return [(unit.cell, unit.line) for unit in extracted(*sources).program(name).units]


def reasons(*sources: str, metadata: dict[str, Any] | None = None) -> list[tuple[int, int, str]]:
    """(cell, line, reason) of all that is left out."""
    return [(left.cell, left.line, left.reason) for left in extracted(*sources, metadata=metadata).skipped]
