"""Autograder for the mathematics of neural networks.

In a notebook, `from grader import check` and then `check(f)` checks a function where it was written. Everything is
imported on its first use, so that `import grader` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .interfaces.kernel.display import Checked

__all__ = ["check"]


def check(function: Any = None, *, assignment: str = "") -> Checked:
    """Check a function on the public cases, or without an argument all exercises of the assignment.

    Call it as the last line of a cell: `check(relu)`. It never changes your variables or your random numbers, and needs
    no network. assignment: a shipped name, a folder or a data file, where the notebook does not tell which it is.
    """
    from .interfaces.kernel.checking import check as check_in_kernel  # noqa: PLC0415 - see above

    return check_in_kernel(function, assignment)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext grader` makes the cell magic `%%check name` known."""
    from .interfaces.kernel.magic import register  # noqa: PLC0415 - see above

    register(shell)


def __getattr__(name: str) -> str:
    """`grader.__version__`, which is nowhere needed before somebody asks."""
    if name == "__version__":
        from .model.provenance import VERSION  # noqa: PLC0415 - see above

        return VERSION
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
