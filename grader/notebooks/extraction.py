"""The cells of a notebook → what it binds at top level, what was left out and why, and the slice for each name."""

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .clues import Clue, clues
from .names_bound import BLOCKS, CHANGED, RANDOM_STATE, STAR, UNBINDING, Bound, bindings, root
from .notebook import Cell, LeftOutKind, Note, Notebook, Skipped, Text
from .parsing import Python, WrittenFile, python_of
from .slicing import Slicer
from .statements import Statement, future_flag
from .units import Program, Unit, adds_submodule, kind_of, module_names, origin_of, render, text_of

_WRAPPERS = frozenset(
    ("vectorize", "frompyfunc", "partial", "lru_cache", "cache", "jit", "njit", "grad", "elementwise_grad")
)


@dataclass(frozen=True, slots=True)
class Binding:
    """What a top-level name ends up bound to; kind: "function", "class", "import" or "value"; `cell` is its number."""

    name: str
    kind: str
    cell: int
    index: int
    line: int
    end_line: int
    stub: bool


@dataclass(frozen=True, slots=True)
class ImportedModule:
    """A module as an import statement names it; star: `from name import *`."""

    name: str
    cell: int
    line: int
    star: bool


@dataclass(frozen=True)
class Extraction:
    """What a notebook defines.

    found: each name that it binds at top level, with its last binding; names from star imports are not known here.
    written: the files that %%writefile cells write, by their plain names. texts: the cells that are not code.
    """

    found: Mapping[str, Binding]
    skipped: tuple[Skipped, ...]
    modules: tuple[ImportedModule, ...]
    written: Mapping[str, str]
    units: tuple[Unit, ...]
    texts: tuple[Text, ...] = ()

    @cached_property
    def _slicer(self) -> Slicer:
        return Slicer(self.units)

    @cached_property
    def _last(self) -> dict[str, Unit]:
        """The last unit that binds each name."""
        return {name: unit for unit in self.units for name in unit.binds}

    def program(self, name: str) -> Program:
        """What must be executed so that `name` can be called; only star imports if no cell binds it."""
        # `cost = cost(A, Y)` at the end leaves a number under the name; it is the function that is graded.
        last = self._last.get(name)
        is_result = last is not None and last.kind in ("value", "block") and _calls(last.node, name)
        definition = self.definition(name) if is_result else None
        return definition or self._slicer.program(name)

    def definition(self, name: str) -> Program | None:
        """What the last function or class of this name needs, as if the name were bound to nothing else after it.

        None if the notebook defines no function or class of this name.
        """
        defined = [i for i, unit in enumerate(self.units) if name in unit.binds and unit.kind in ("function", "class")]
        if not defined:
            return None
        kept = [unit for i, unit in enumerate(self.units) if i <= defined[-1] or name not in unit.binds]
        return Slicer(kept).program(name)

    def clue(self, name: str) -> Clue | None:
        """Where a name may stand that the notebook does not bind; None if there is no sign of it."""
        return next(clues(name, self.skipped, self.units, self.texts), None)

    def source(self) -> str:
        """The definitions and what they need as one Python source; nothing that trains, plots, prints or downloads."""
        units = self._slicer.slice(self._defined()).units
        future = [unit for unit in self.units if unit.is_future]
        return render([*future, *(unit for unit in units if not unit.is_future)]) if units else ""

    def _defined(self) -> Iterator[str]:
        """The names bound to what the notebook itself makes callable."""
        for name, binding in self.found.items():
            if binding.kind in ("function", "class") or self._renames(self._last.get(name)):
                yield name

    def _renames(self, unit: Unit | None) -> bool:
        """Whether the statement is like `f = g` or `f = np.vectorize(g)`."""
        value = unit.node.value if unit and unit.kind == "value" and isinstance(unit.node, ast.Assign) else None
        if isinstance(value, ast.Call):
            return (getattr(value.func, "attr", None) or root(value.func)) in _WRAPPERS
        named = self.found.get(value.id) if isinstance(value, ast.Name) else None
        return named is not None and named.kind in ("function", "class")


def _calls(node: ast.AST, name: str) -> bool:
    """Whether running the statement calls the name that it binds, as in `cost = cost(A, Y)`: to a result, then."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return False
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
        return True
    return any(_calls(part, name) for part in ast.iter_child_nodes(node))


def extract(notebook: Notebook) -> Extraction:
    """What the notebook's cells define; never raises, whatever they hold."""
    reader = _Reader(notebook.language)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for cell in notebook.cells:
            reader.read(cell)
    return Extraction(
        found=reader.found,
        skipped=tuple(reader.skipped),
        modules=tuple(reader.modules),
        written=reader.written,
        units=tuple(reader.units),
        texts=notebook.texts,
    )


@dataclass(slots=True)
class _Reader:
    """Takes the cells in order."""

    language: str
    flags: int = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    found: dict[str, Binding] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    modules: dict[ImportedModule, None] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)

    def read(self, cell: Cell) -> None:
        python = python_of(cell.source, self.flags, self.language, f"cell {cell.number}")
        for note in python.notes:
            self.skip(cell, note)
        if python.written:
            self.write(python.written)
        lines = python.source.split("\n")
        for statement in python.statements:
            self.take(statement, cell, python, lines)
        idle = next((node.lineno for node, _, _ in python.statements if _only_runs(node)), None)
        if idle:
            self.skip(cell, Note(idle, LeftOutKind.RUNS_CODE, "runs code: not needed for grading"))

    def skip(self, cell: Cell, note: Note) -> None:
        self.skipped.append(Skipped(cell.number, cell.index, note.line, note.kind, note.reason, note.names))

    def write(self, file: WrittenFile) -> None:
        self.written[file.name] = (self.written.get(file.name, "") if file.appended else "") + file.text

    def take(self, statement: Statement, cell: Cell, python: Python, lines: list[str]) -> None:
        """Keep what the statement binds."""
        if _is_idle(statement.node):
            return
        bound = [one for one in bindings(statement.node, python.has_walrus) if one.name]
        self.units.append(_unit(statement, cell, lines, bound))
        for one in bound:
            if one.kind == "import":
                self.note_import(one, cell)
            if one.kind == "deleted":
                self.forget(one.name, cell, statement.node)
            elif one.kind != CHANGED and one.name not in (STAR, RANDOM_STATE):
                self.bind(one, cell)

    def bind(self, bound: Bound, cell: Cell) -> None:
        self.found.pop(bound.name, None)  # the order of found is that of the last bindings
        first, last = bound.node.lineno, bound.node.end_lineno or bound.node.lineno
        self.found[bound.name] = Binding(bound.name, bound.kind, cell.number, cell.index, first, last, bound.stub)

    def forget(self, name: str, cell: Cell, statement: ast.stmt) -> None:
        """Take out a deleted name; but a block may not come to the deletion of what was there before it."""
        place = (found.cell, found.line) if (found := self.found.get(name)) else (0, 0)
        if isinstance(statement, ast.Delete) or place >= (cell.number, statement.lineno):
            self.found.pop(name, None)

    def note_import(self, bound: Bound, cell: Cell) -> None:
        for module in module_names(bound.node):
            self.modules[ImportedModule(module, cell.number, bound.node.lineno, bound.name == STAR)] = None
        self.flags |= future_flag(bound.node)


def _unit(statement: Statement, cell: Cell, lines: list[str], bound: list[Bound]) -> Unit:
    node, code, flags = statement
    kind = kind_of(node, bound)
    return Unit(
        cell=cell.number,
        index=cell.index,
        line=node.lineno,
        kind=kind,
        text=text_of(node, lines),
        code=code,
        flags=flags,
        touched=frozenset(one.name for one in bound),
        binds=tuple(one.name for one in bound if one.kind not in UNBINDING and one.name.isidentifier()),
        is_certain=kind not in ("block", "star") and not adds_submodule(node),
        origin=origin_of(node),
    )


def _is_idle(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _only_runs(statement: ast.stmt) -> bool:
    """Whether a top-level statement is there for what it does: a call, a loop, a block without definitions."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant)
    return isinstance(statement, BLOCKS) and all(
        one.kind in ("value", CHANGED) for one in bindings(statement, walrus=False)
    )
