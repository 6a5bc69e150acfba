"""What students get of an assignment: a notebook without solutions, cases to check themselves on, and a README."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from ..assignment.declaration import Assignment
from ..model import GraderError, install_line
from ..notebooks import extract, read_cells
from ..selfcheck import public
from . import template
from .cells import MasterCell, Part, parts

KEPT_METADATA = ("editable", "deletable")

README = """# {title}

{lecture}Fill in the functions in `{name}.ipynb`. Each one has a cell below it that checks it; or, in a terminal:

    {install}
    grader check {name}.ipynb
    grader check {name}.ipynb --exercise {first}

`{name}.grader.json` holds the cases of the check; leave it beside the notebook. You are graded on other cases of the
same kind.
{due}
| function | points | |
|---|---|---|
{exercises}
"""


class Leak(GraderError):
    """Something of a solution would reach students; the message says what and where."""


def release(assignment: Assignment, folder: Path) -> list[Path]:
    """Write what students get into the folder, and return the files.

    Raises GraderError if the folder is not free, DeclarationError if the public data cannot be written, and Leak
    where a line that is marked as a solution would be in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GraderError(f"{folder}: it is there already; name a folder that is new or empty")
    files = {
        f"{assignment.name}.ipynb": notebook(assignment),
        f"{assignment.name}{public.SUFFIX}": public.write(assignment),
        "README.md": _readme(assignment).encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    for name in assignment.support:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assignment.folder / name, folder / name)
    return [folder / name for name in (*files, *assignment.support)]


def notebook(assignment: Assignment) -> bytes:
    """The notebook beside the declaration as students get it, or a plain one if there is none.

    Raises Leak if a marked solution shows in it, GraderError if the file is not a notebook or asks for nothing.
    """
    path = assignment.folder / f"{assignment.name}.ipynb"
    if not path.is_file():
        return template.notebook(template.of_assignment(assignment), assignment.name)
    try:
        cells = [dict(cell) for cell in nbformat.read(path, as_version=4).cells]  # type: ignore[no-untyped-call]
    except Exception as error:
        raise GraderError(f"{path}: this is not a notebook: {type(error).__name__}") from error
    read = parts(cells)
    data = template.notebook(_for_students(cells, read), assignment.name)
    _refuse_leaks(read, data)
    asked = {exercise.name for exercise in assignment.exercises}
    if not asked & extract(read_cells(data, ".ipynb")).found.keys():
        raise GraderError(f"{path}: it holds none of the functions that are asked for: {', '.join(sorted(asked))}")
    return data


def _for_students(cells: list[dict[str, Any]], read: list[MasterCell]) -> Iterator[dict[str, Any]]:
    for cell, about in zip(cells, read, strict=True):
        if about.part in (Part.TESTS, Part.CASES, Part.ASSIGNMENT, Part.TOOL):
            continue
        yield _clean(cell, about) | _about(cell)


def _clean(cell: dict[str, Any], about: MasterCell) -> dict[str, Any]:
    """The cell without outputs; its pictures only where its own text shows them."""
    if about.part is Part.BY_HAND:
        return template.code(template.TODO) if about.is_code else template.text("*Your answer here.*")
    if about.is_code:
        return template.code(template.for_students(about.source))
    shown = template.text(about.source)
    pictures = {
        name: data for name, data in cell.get("attachments", {}).items() if f"attachment:{name}" in about.source
    }
    return shown | ({"attachments": pictures} if pictures else {})


def _about(cell: dict[str, Any]) -> dict[str, Any]:
    kept = {key: cell["metadata"][key] for key in KEPT_METADATA if key in cell.get("metadata", {})}
    return {"metadata": kept} if kept else {}


def _refuse_leaks(read: list[MasterCell], data: bytes) -> None:
    """No line that is marked as a solution may be anywhere in what students get, not even in another cell."""
    lines = {" ".join(line.split()) for line in re.findall(r'"((?:[^"\\]|\\.)*)"', data.decode())}
    plain = {line.removesuffix("\\n").replace('\\"', '"').strip() for line in lines}
    for number, cell in enumerate(read, start=1):
        for secret in template.secrets(cell.source):
            if " ".join(secret.split()) in plain:
                raise Leak(f"cell {number}: its solution {secret!r} stands in another cell, too, outside of any mark")


def _readme(assignment: Assignment) -> str:
    deadline = assignment.deadline
    asked = [f"| `{exercise.name}` | {exercise.points:g} | {exercise.asks} |" for exercise in assignment.exercises]
    return README.format(
        title=assignment.title,
        lecture=f"{assignment.lecture}.\n\n" if assignment.lecture else "",
        name=assignment.name,
        install=install_line(),
        first=assignment.exercises[0].name,
        due=f"\nDue {deadline.at}, {deadline.zone}.\n" if deadline else "",
        exercises="\n".join(asked),
    )
