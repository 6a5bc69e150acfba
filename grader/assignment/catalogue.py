"""Where assignments are found, and how a declaration is read from its folder.

Shipped assignments are found beside this package, and so is the `reference` that declarations import: never by a
bare import, which could pick up a folder of the user's own that happens to be called the same.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
import traceback
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from ..model.errors import GraderError
from .declaration import Assignment
from .vocabulary import DeclarationError

DISTRIBUTION = Path(__file__).resolve().parent.parent.parent
SHIPPED = DISTRIBUTION / "assignments"
DECLARATION = "declaration.py"


class UnknownAssignment(GraderError):
    """No shipped assignment and no folder with a declaration has this name."""


def shipped() -> list[str]:
    """Names of the assignments that come with the grader, in alphabetical order."""
    return sorted(path.parent.name for path in SHIPPED.glob(f"*/{DECLARATION}"))


def find(name: str) -> Path:
    """The folder of an assignment, by its shipped name or by its path (the declaration itself will do, too).

    Raises UnknownAssignment with the names that there are.
    """
    if name in shipped():
        return SHIPPED / name
    folder = Path(name)
    folder = folder.parent if folder.name == DECLARATION else folder
    if (folder / DECLARATION).is_file():
        return folder.resolve()
    if folder.is_dir():
        raise UnknownAssignment(f"{name}: this folder holds no {DECLARATION}, so it is not an assignment")
    raise UnknownAssignment(f"no assignment is called {name!r}. Shipped: {', '.join(shipped())}; or name a folder")


def load(name: str) -> Assignment:
    """The assignment of this name or folder.

    Raises UnknownAssignment if there is none, DeclarationError (naming file and line) if it is broken.
    """
    folder = find(name)
    assignment = getattr(_declaration(folder), "assignment", None)
    where = folder / DECLARATION
    if not isinstance(assignment, Assignment):
        raise DeclarationError(f"{where}: it must make an Assignment and call it `assignment`")
    if not assignment.exercises:
        raise DeclarationError(f"{where}: the assignment has no exercise; add one with @assignment.exercise(...)")
    for file in assignment.support:
        if not (folder / file).is_file():
            raise DeclarationError(f"{where}: the support file {file!r} is not in {folder}")
    assignment.folder = folder
    assignment.name = folder.name
    return assignment


def _declaration(folder: Path) -> ModuleType:
    """Run the declaration afresh, in a package of its own so that it can import what lies beside it."""
    package = _package_name(folder)
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]
    sys.modules[package] = parent = ModuleType(package)
    parent.__path__ = [str(folder)]
    importlib.invalidate_caches()
    try:
        with _own_reference(), _no_bytecode():
            return importlib.import_module(f"{package}.declaration")
    except Exception as error:
        raise DeclarationError(f"{_guilty_line(error, folder)}: {_said(error)}") from error


def _package_name(folder: Path) -> str:
    slug = re.sub(r"\W", "_", folder.name)
    return f"assignment_{slug}_{zlib.crc32(str(folder).encode()):08x}"


@contextmanager
def _own_reference() -> Iterator[None]:
    """While a declaration is read, `from reference import …` means the one beside this package."""
    theirs = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "reference"}
    for name in theirs:
        del sys.modules[name]
    sys.modules.update(_loaded_reference())
    try:
        yield
    finally:
        _OURS.update({n: m for n, m in sys.modules.items() if n.partition(".")[0] == "reference"})
        for name in _OURS:
            sys.modules.pop(name, None)
        sys.modules.update(theirs)


_OURS: dict[str, ModuleType] = {}


def _loaded_reference() -> dict[str, ModuleType]:
    if not _OURS:
        init = DISTRIBUTION / "reference" / "__init__.py"
        spec = importlib.util.spec_from_file_location("reference", init, submodule_search_locations=[str(init.parent)])
        assert spec is not None and spec.loader is not None
        _OURS["reference"] = sys.modules["reference"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(_OURS["reference"])
    return _OURS


@contextmanager
def _no_bytecode() -> Iterator[None]:
    """A declaration that is edited twice within a second must not be read from a cache."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _guilty_line(error: Exception, folder: Path) -> str:
    """File and line, within the assignment's folder, that the error comes from."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}"
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(folder)
    ]
    return f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else str(folder / DECLARATION)


def _said(error: Exception) -> str:
    if isinstance(error, DeclarationError):
        return str(error)
    return f"{type(error).__name__}: {error}"
