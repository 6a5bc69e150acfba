"""What student code finds when it imports: what lies beside it, stand-ins for plots, and modules of its own."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Collection, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from ..packages import DISPLAYS, USUAL
from . import plotting_stubs


def be_the_main_program() -> None:
    """Let student code be it: its working directory comes first, and what only shows things is stood in for."""
    sys.path.insert(0, str(Path.cwd()))
    plotting_stubs.install()
    sys.modules["__main__"] = ModuleType("__main__")


def objection(module: str, allowed: Collection[str], own: Collection[str] = ()) -> ImportError | None:
    """The error that importing a module amounts to where work is graded; own modules of the student's may be.

    allowed: the packages that the assignment names; if it names none, those that are usual are there, and what comes
    with Python.
    """
    top = module.partition(".")[0]
    if top in allowed or top in own or top == "__future__" or lies_beside(top):
        return None
    if allowed:
        return ImportError(f"it imports {top}; this assignment allows {', '.join(sorted(allowed))}")
    if top in sys.stdlib_module_names or top in DISPLAYS or top in USUAL:
        return None
    return ModuleNotFoundError(f"No module named {top!r}", name=top)


def lies_beside(module: str) -> bool:
    """Whether the working directory has a module of this name."""
    return Path(f"{module}.py").exists() or Path(module).is_dir()


def is_there(module: str) -> bool:
    """Whether a module could be imported, as far as its top package tells."""
    top = module.partition(".")[0]
    if top in sys.modules:
        return True
    try:
        return importlib.util.find_spec(top) is not None
    except (ImportError, ValueError):
        return False


def provide(sources: Mapping[str, str]) -> None:
    """Let the modules that a notebook writes itself be imported, by file name: {"helpers.py": "…"}."""
    sys.meta_path.append(_InMemory(_lay_out(sources)))


def _lay_out(sources: Mapping[str, str]) -> dict[str, str]:
    """Write the files, but over none that is there; the rest, for which no file can be made, is returned."""
    unwritten = {}
    for name, source in sources.items():
        if not Path(name).exists():
            try:
                Path(name).write_text(source, encoding="utf-8", errors="replace")
            except OSError:
                unwritten[name] = source
    return unwritten


class _InMemory(MetaPathFinder, Loader):
    """Finds modules by sources for which no file could be made."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        file = f"{fullname}.py"
        return ModuleSpec(fullname, self, origin=file) if file in self.sources else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        file = f"{module.__name__}.py"
        exec(compile(self.sources[file], file, "exec"), module.__dict__)
