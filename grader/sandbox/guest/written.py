"""Modules that a notebook writes itself with %%writefile, imported from memory where no file can be made.

Loaded by file path into the student's process, so it imports nothing of grader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType


def lay_out(sources: Mapping[str, str]) -> dict[str, str]:
    """Write the files, but over none that is there; the rest, for which no file can be made, is returned."""
    unwritten = {}
    for name, source in sources.items():
        if not Path(name).exists():
            try:
                Path(name).write_text(source, encoding="utf-8", errors="replace")
            except OSError:
                unwritten[name] = source
    return unwritten


class WrittenModules(MetaPathFinder, Loader):
    """An import hook for sources by file name, which could not be written."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Take the sources: {"helpers.py": "…"}."""
        self.sources = sources

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's spec where a source has its name."""
        file = f"{fullname}.py"
        return ModuleSpec(fullname, self, origin=file) if file in self.sources else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Let Python make an ordinary one."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the source in it."""
        file = f"{module.__name__}.py"
        exec(compile(self.sources[file], file, "exec"), module.__dict__)
