"""`%%check name`: runs the cell, then checks the function; `%load_ext grader` makes it known."""

from __future__ import annotations

from typing import Any

from .checking import check
from .display import Checked


def register(shell: Any) -> None:
    """Make the magic known to an IPython shell."""

    def check_cell(line: str, cell: str) -> None:
        """Run the cell, then check the functions named after %%check, or all exercises where none is."""
        if not shell.run_cell(cell).success:
            return  # the error is shown already
        for checked in results(line.split()):
            _display(checked)

    shell.register_magic_function(check_cell, magic_kind="cell", magic_name="check")


def results(names: list[str]) -> list[Checked]:
    """A check of each name, or one of all exercises."""
    return [check(name) for name in names] or [check()]


def _display(checked: Checked) -> None:
    from IPython.display import display  # noqa: PLC0415 - only where there is a shell to show it

    display(checked)  # type: ignore[no-untyped-call]
