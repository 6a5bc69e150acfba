"""A master notebook → what an assignment is made of: exercises with their points and cases, and what was left."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from ..model import GraderError
from ..notebooks import extract, read_cells
from . import template
from .cells import MasterCell, Part, parts, tool_of
from .recording import Calls, evaluated, recorded, source_of

ALLOWED_NAMES = {"np", "numpy", "math"}
_KEYWORDS = re.compile(r"\A\s*#\s*(CASES|ASSIGNMENT):(?P<keywords>[^\n]*)\n?")
_AUTOTEST = re.compile(r"^\s*#+\s*(HASHED )?AUTOTEST\s+", re.MULTILINE)
_IGNORED = re.compile(r"^.*#\s*IGNORE\s*$\n?|^.*#\s*BEGIN IGNORE[\s\S]*?#\s*END IGNORE.*$\n?", re.MULTILINE)


class MasterError(GraderError):
    """A notebook that no assignment can be made of; the message says why."""


@dataclass(slots=True)
class Draft:
    """One exercise as the master gives it: a generator in source, or the arguments of calls in its tests."""

    name: str
    asks: str
    points: float = 0.0
    keywords: str = ""
    generator: str = ""
    calls: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Master:
    """A master, read: exercises in order, the reference's source, the cells, and what could not be taken."""

    tool: str
    cells: list[MasterCell]
    drafts: list[Draft]
    reference: str
    keywords: str = ""
    prelude: str = ""
    title: str = ""
    notes: list[str] = field(default_factory=list)


def read_master(path: Path) -> Master:
    """What a master holds.

    Raises MasterError if it is not a notebook, or holds no function with a marked solution.
    """
    cells = _notebook_cells(path)
    read = parts(cells)
    for cell in read:
        cell.source = _IGNORED.sub("", cell.source).strip("\n") if cell.is_code else cell.source
    master = Master(tool_of(cells) or "marked cells", read, [], _reference(read))
    master.title = _title(read) or path.stem
    _take_own_cells(master)
    _take_functions(master)
    if not master.drafts:
        left = "; ".join(master.notes)
        raise MasterError(f"{path}: no exercise could be made of it{': ' + left if left else ''}")
    return master


def _notebook_cells(path: Path) -> list[dict[str, Any]]:
    try:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise MasterError(f"{path}: it cannot be opened: {error.strerror or error}") from error
    except Exception as error:
        raise MasterError(f"{path}: this is not a notebook: {type(error).__name__}") from error
    return [dict(cell) for cell in notebook.cells]


def _title(cells: list[MasterCell]) -> str:
    text = "\n".join(cell.source for cell in cells if cell.part is Part.TEXT)
    found = re.search(r"^#\s+(.+?)\s*$", text, re.MULTILINE)
    return found[1] if found else ""


def _kept(cells: list[MasterCell]) -> list[str]:
    """The cells that students see or write, solved."""
    return [template.solved(cell.source) for cell in cells if cell.part in (Part.CODE, Part.SOLUTION)]


def _reference(cells: list[MasterCell]) -> str:
    """The definitions of these cells, with what they need."""
    code = [{"cell_type": "code", "source": source} for source in _kept(cells)]
    return extract(read_cells(json.dumps({"cells": code, "metadata": {}}).encode(), ".ipynb")).source()


def _take_own_cells(master: Master) -> None:
    """The cells of this project's own format: keywords behind the mark, then Python."""
    for cell in master.cells:
        if cell.part is Part.ASSIGNMENT:
            master.keywords, body = _split(cell.source)
            master.prelude += body + "\n"


def _split(source: str) -> tuple[str, str]:
    found = _KEYWORDS.match(source)
    assert found is not None
    return found["keywords"].strip(), source[found.end() :].strip("\n")


def _take_functions(master: Master) -> None:
    drafts = {draft.name: draft for cell in master.cells for draft in _drafts(cell, master.notes)}
    current: Draft | None = None
    for cell in master.cells:
        if cell.part is Part.SOLUTION:
            current = next((drafts[name] for name in _functions(cell) if name in drafts), current)
            if current and cell.label:
                current.labels.append(cell.label)
        elif cell.part is Part.CASES:
            _take_cases(cell, drafts, master.notes)
        elif cell.part is Part.TESTS:
            _take_tests(cell, drafts, current, master)
        elif cell.part is Part.BY_HAND:
            points = f" ({cell.points:g} points)" if cell.points else ""
            master.notes.append(f"{cell.label or 'a cell'}: graded by hand{points}, and stays so")
    for draft in drafts.values():
        if draft.generator or draft.calls:
            master.drafts.append(draft)
        else:
            master.notes.append(f"{draft.name}: no cases; its tests call it with nothing that could be taken over")


def _drafts(cell: MasterCell, notes: list[str]) -> Iterator[Draft]:
    if cell.part is not Part.SOLUTION:
        return
    functions = _function_nodes(cell)
    if not functions:
        notes.append(f"{cell.label or _first_line(cell)}: defines no function, so it cannot be an exercise")
    for node in functions:
        said = " ".join((ast.get_docstring(node) or f"The function {node.name}.").split("\n\n")[0].split())
        yield Draft(node.name, said)


def _function_nodes(cell: MasterCell) -> list[ast.FunctionDef]:
    try:
        tree = ast.parse(template.solved(cell.source))
    except SyntaxError:
        return []
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def _functions(cell: MasterCell) -> list[str]:
    return [node.name for node in _function_nodes(cell)]


def _first_line(cell: MasterCell) -> str:
    return next(iter(template.for_students(cell.source).splitlines()), "a cell")[:60]


def _take_cases(cell: MasterCell, drafts: dict[str, Draft], notes: list[str]) -> None:
    """`# CASES: points=2` and a generator `<function>_cases(rng)`, with helpers if it needs some."""
    keywords, body = _split(cell.source)
    try:
        nodes = [node for node in ast.parse(body).body if isinstance(node, ast.FunctionDef)]
    except SyntaxError as error:
        raise MasterError(
            f"a cell of cases is not valid Python (line {(error.lineno or 0) + 1}): {error.msg}"
        ) from error
    named = [node for node in nodes if node.name.removesuffix("_cases") in drafts and node.name.endswith("_cases")]
    if not named:
        notes.append(f"a cell of cases names no solution: {', '.join(node.name for node in nodes) or 'no function'}")
    for node in named:
        draft = drafts[node.name.removesuffix("_cases")]
        draft.keywords = keywords
        draft.asks = " ".join((ast.get_docstring(node) or draft.asks).split())
        draft.generator = re.sub(rf"^def {node.name}\(", f"def {draft.name}(", body, flags=re.MULTILINE)


def _take_tests(cell: MasterCell, drafts: dict[str, Draft], current: Draft | None, master: Master) -> None:
    """The calls that a test makes become cases; its points go to the function that it calls, else to the last one."""
    label, notes = cell.label or "a test", master.notes
    source = _AUTOTEST.sub("", cell.source)
    try:
        called = list(_calls(ast.parse(source), drafts))
    except SyntaxError:
        notes.append(f"{label}: it is not valid Python, so nothing of it was taken")
        return
    about = drafts[called[-1][0]] if called else current
    if about is None:
        notes.append(f"{label}: calls no function of the notebook")
        return
    about.points += cell.points or 0.0
    about.labels += [cell.label] if cell.label and cell.label not in about.labels else []
    if called and not _take_calls(called, recorded(_kept(master.cells), source, drafts), drafts):
        called = []
    if not called:
        notes.append(f"{label}: checks something else than what {about.name} returns for given values")


def _take_calls(called: list[tuple[str, str | None]], ran: Calls, drafts: dict[str, Draft]) -> bool:
    """Calls that stand in the test, and those that were met when it ran; whether there are any."""
    written = [(name, arguments) for name, arguments in called if arguments is not None]
    met = [(name, arguments) for name in ran for arguments in ran[name]]
    for name, arguments in (*written, *met):
        known = {source_of(evaluated(call)) for call in drafts[name].calls}
        if source_of(evaluated(arguments)) not in known:
            drafts[name].calls.append(arguments)
    return bool(written or met)


def _calls(tree: ast.Module, drafts: dict[str, Draft]) -> Iterator[tuple[str, str | None]]:
    """Calls of the drafts' functions: name, and arguments in source, or None if they are not plain values."""
    assigned = _assigned(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in drafts:
            inlined = [_Inlined(assigned).visit(argument) for argument in node.args]
            plain = not node.keywords and bool(inlined) and all(map(_is_plain, inlined))
            yield node.func.id, ", ".join(map(ast.unparse, inlined)) if plain else None


def _assigned(tree: ast.Module) -> dict[str, ast.expr]:
    """Names that a test binds once, at its top level, to plain values."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            value = _Inlined(dict(found)).visit(node.value)
            if _is_plain(value):
                found[node.targets[0].id] = value
    return found


class _Inlined(ast.NodeTransformer):
    """Puts values in the place of names."""

    def __init__(self, values: dict[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.values.get(node.id, node)


def _is_plain(node: ast.expr) -> bool:
    """Numbers, texts, and lists and arrays of them: nothing but NumPy is called, and nothing random."""
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    attributes = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    banned = any(isinstance(inner, ast.Lambda | ast.Starred | ast.comprehension) for inner in ast.walk(node))
    return names <= ALLOWED_NAMES and "random" not in attributes and not banned
