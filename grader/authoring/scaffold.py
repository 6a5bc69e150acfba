"""A new assignment's folder: one that works at once, or what a master notebook gives."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..assignment.catalogue import load
from ..assignment.sheet import draw
from ..model import GraderError
from . import conversion, template
from .cells import MasterCell, Part
from .masters import Master, read_master

FIRST = Path(__file__).parent / "first"
NOT_IN_NAMES = re.compile(r"[^\w-]+")


def new(folder: Path) -> None:
    """Lay out an assignment with one exercise, its reference, a notebook, samples and what to do next.

    Raises GraderError if the folder is there already and not empty.
    """
    _claim(folder)
    for source in sorted(FIRST.glob("*.txt")):
        _write(folder / source.stem, _named(source.read_text(encoding="utf-8"), folder))
    _write_notebooks(folder)


def new_from_master(folder: Path, path: Path) -> Master:
    """Lay out the assignment that a master notebook holds; its notes say what could not be taken.

    Raises GraderError if the folder is not free, or where the notebook gives no assignment.
    """
    name = folder.resolve().name
    master = read_master(path)
    declaration = conversion.declaration(master, name)
    _claim(folder)
    try:
        _write(folder / "declaration.py", declaration)
        _write(folder / "answers.py", f'"""The solutions of {path.name}: the reference."""\n\n{master.reference}\n')
        _write_from_master(folder, master)
        readme = _named((FIRST / "README.md.txt").read_text(encoding="utf-8"), folder)
        _write(folder / "README.md", readme + _told(path, master))
    except GraderError:
        shutil.rmtree(folder)
        raise
    return master


def _write_from_master(folder: Path, master: Master) -> None:
    """The students' notebook, and the master as a student could have handed it in."""
    assignment = load(str(folder))
    draw(assignment, assignment.public_seed)  # generators that cannot draw are better known now
    names = [exercise.name for exercise in assignment.exercises]
    cells = _students_cells(master.cells, assignment.name, names)
    (folder / f"{assignment.name}.ipynb").write_bytes(template.notebook(cells, assignment.name))
    solved = template.notebook(_solved_cells(master.cells), assignment.name)
    _write_sample(folder, "clean_solution", solved)


def _claim(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GraderError(f"{folder}: it is there already; name a folder that is new or empty")
    if NOT_IN_NAMES.search(folder.resolve().name):
        raise GraderError(f"{folder}: its name becomes the assignment's; use letters, digits, _ and - only")
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _named(text: str, folder: Path) -> str:
    """The text with the assignment's name and its title in place."""
    name = folder.resolve().name
    return text.replace("NAME", name).replace("TITLE", name.replace("_", " ").replace("-", " ").capitalize())


def _write_notebooks(folder: Path) -> None:
    """The students' notebook, a right solution, and one with the mistake that the bank knows."""
    assignment = load(str(folder))
    (folder / f"{assignment.name}.ipynb").write_bytes(
        template.notebook(template.of_assignment(assignment), assignment.name)
    )
    for sample in sorted((FIRST / "samples").glob("*.txt")):
        cells = [template.code("import numpy as np"), template.code(sample.read_text(encoding="utf-8").strip())]
        _write_sample(folder, sample.stem, template.notebook(cells, assignment.name))


def _write_sample(folder: Path, name: str, data: bytes) -> None:
    (folder / "samples").mkdir(exist_ok=True)
    (folder / "samples" / f"{name}.ipynb").write_bytes(data)


def _told(path: Path, master: Master) -> str:
    """What came of the master, for the README."""
    lines = [f"\n## Taken from {path.name} ({master.tool})\n"]
    for draft in master.drafts:
        labels = f" ({', '.join(draft.labels)})" if draft.labels else ""
        lines.append(f"- `{draft.name}`{labels}")
    if master.notes:
        lines += ["\nNot taken:\n", *(f"- {note}" for note in master.notes)]
    return "\n".join(lines) + "\n"


def _students_cells(cells: Iterable[MasterCell], assignment: str, functions: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What students see of a master: texts, code, and stubs with a check below each."""
    asked = set(functions)
    yield template.text(template.HINT)
    for cell in cells:
        if cell.part is Part.TEXT:
            yield template.text(cell.source)
        elif cell.part is Part.BY_HAND:
            yield template.code(template.TODO) if cell.is_code else template.text("*Your answer here.*")
        elif cell.part in (Part.CODE, Part.SOLUTION):
            whole = cell.part is Part.SOLUTION and not template.is_marked(cell.source)
            source = template.emptied(cell.source) if whole else template.for_students(cell.source)
            yield template.code(source)
            defined = re.findall(r"^def (\w+)\(", source, re.MULTILINE) if cell.part is Part.SOLUTION else []
            yield from (template.code(template.check_line(assignment, name)) for name in defined if name in asked)


def _solved_cells(cells: Iterable[MasterCell]) -> Iterator[dict[str, Any]]:
    """The master with its solutions, as a student could have handed it in."""
    for cell in cells:
        if cell.part in (Part.CODE, Part.SOLUTION):
            yield template.code(template.solved(cell.source))
        elif cell.part is Part.TEXT:
            yield template.text(cell.source)
