"""Notebooks as files: the same bytes from the same cells, and nothing in them but what was meant to be."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..assignment.declaration import Assignment, Exercise
from . import stripping
from .cells import MasterCell, Part

HINT = "Save the notebook, then run the cell below a function to check it."


def notebook(cells: Iterable[dict[str, Any]], assignment: str) -> bytes:
    """The cells as a notebook that names its assignment; ids count the cells."""
    numbered = [{"id": f"cell-{i}", **cell} for i, cell in enumerate(cells, start=1)]
    metadata = {
        "grader": {"assignment": assignment},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    document = {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def code(source: str) -> dict[str, Any]:
    """A code cell without outputs."""
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": lines}


def text(source: str) -> dict[str, Any]:
    """A markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def of_assignment(assignment: Assignment) -> list[dict[str, Any]]:
    """A plain notebook that asks for every exercise: what it is, a stub, and a cell that checks it."""
    cells = [text(f"# {assignment.title}\n\n{HINT}"), code("import numpy as np")]
    for exercise in assignment.exercises:
        cells += [text(f"## {exercise.name}\n\n{exercise.asks}"), code(stub(exercise)), checking(assignment, exercise)]
    return cells


def stub(exercise: Exercise) -> str:
    """The function as students find it, with the parameters of the reference."""
    names = inspect.signature(exercise.reference).parameters if exercise.reference else {}
    return f"def {exercise.name}({', '.join(names)}):\n    {stripping.TODO}\n    {stripping.STUB}"


def checking(assignment: Assignment, exercise: Exercise) -> dict[str, Any]:
    """The cell that checks one function."""
    return code(check_line(assignment.name, exercise.name))


def check_line(assignment: str, function: str) -> str:
    """What a student runs to check one function."""
    return f"!grader check {assignment}.ipynb --exercise {function}"


def of_master(cells: Iterable[MasterCell], assignment: str, functions: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What students see of a master: texts, code, and stubs with a check below each."""
    asked = set(functions)
    yield text(HINT)
    for cell in cells:
        if cell.part is Part.TEXT:
            yield text(cell.source)
        elif cell.part is Part.BY_HAND:
            yield code(stripping.TODO) if cell.is_code else text("*Your answer here.*")
        elif cell.part in (Part.CODE, Part.SOLUTION):
            whole = cell.part is Part.SOLUTION and not stripping.is_marked(cell.source)
            source = stripping.emptied(cell.source) if whole else stripping.for_students(cell.source)
            yield code(source)
            defined = re.findall(r"^def (\w+)\(", source, re.MULTILINE) if cell.part is Part.SOLUTION else []
            yield from (code(check_line(assignment, name)) for name in defined if name in asked)


def solved_master(cells: Iterable[MasterCell]) -> Iterator[dict[str, Any]]:
    """The master with its solutions, as a student could have handed it in."""
    for cell in cells:
        if cell.part in (Part.CODE, Part.SOLUTION):
            yield code(stripping.solved(cell.source))
        elif cell.part is Part.TEXT:
            yield text(cell.source)
