"""What the kernel still has and the saved notebook has not: a name whose cell was deleted, or never saved.

A check passes with it, and grading fails without it, so it is worth a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...notebooks import Unreadable, extract, read_cells
from .state_guard import Namespace, Reached

OF_THE_SHELL = frozenset({"In", "Out", "get_ipython", "exit", "quit", "open", "display"})


def unsaved(notebook: Path, namespace: Namespace, functions: Sequence[str]) -> list[str]:
    """The names that these functions rely on and that no cell of the saved notebook binds, in alphabetical order.

    None where the file cannot tell: it holds one of the functions not yet, or imports names that it does not list.
    """
    try:
        saved = extract(read_cells(notebook.read_bytes(), notebook.suffix))
    except (OSError, Unreadable):
        return []
    if not saved.found.keys() >= set(functions) or any(module.star for module in saved.modules):
        return []
    reached = Reached(namespace, [namespace[name] for name in functions]).names
    return sorted(name for name in reached & namespace.keys() - saved.found.keys() - OF_THE_SHELL if name[0] != "_")


def advice(names: Sequence[str]) -> str:
    """What to do about such names, empty where there are none."""
    if not names:
        return ""
    listed = ", ".join(f"`{name}`" for name in names)
    are = "is" if len(names) == 1 else "are"
    return (
        f"{listed} {are} still in the kernel, but in no cell of the notebook as it was last saved; "
        "your work is graded without. Before you hand in: save, restart the kernel and run all cells."
    )
