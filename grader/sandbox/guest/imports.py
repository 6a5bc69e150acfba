"""What student code may import beyond what Python finds by itself, and what it may not."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Collection, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

OURS = ("reference", "assignments", "grader", "_grader")


class KeptOut(MetaPathFinder):
    """Keeps packages out, the grader's own above all, where no stronger layer does."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse one of the names unless the working directory has its own of that name."""
        top = fullname.partition(".")[0]
        if top in self.names and not lies_beside(top):
            raise ModuleNotFoundError(f"No module named {top!r}", name=top)
        return None


def lies_beside(module: str) -> bool:
    """Whether the working directory has a module of this name."""
    return Path(f"{module}.py").exists() or Path(module).is_dir()


def is_there(module: str) -> bool:
    """Whether a module could be imported, as far as its top package tells."""
    top = module.partition(".")[0]
    if top in sys.modules and top not in OURS:
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
