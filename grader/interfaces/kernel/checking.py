"""`check(f)` in a notebook: the function that was just written, on the public cases, in the kernel that has it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...assignment.sheet import Sheet
from ...assignment.vocabulary import python_name
from ...grading import Grader
from ...model import Grade, GraderError, Submission
from ...selfcheck.checking import named_in
from ...selfcheck.choosing import choose, sheet
from ...submissions.files import Held
from .display import Checked
from .saved import advice, unsaved
from .serving import LiveRunner
from .state_guard import Namespace, as_it_was, rebound

# The notebook as it is in its kernel, whatever its file says: the kernel knows its functions.
UNSAVED = Submission("the notebook", "", Path("notebook.ipynb"), Held(b""))


@dataclass(frozen=True, slots=True)
class Kernel:
    """What a running kernel says: the names that are bound, the source of each executed cell, the notebook's path."""

    namespace: Namespace
    history: Sequence[str] = ()
    notebook: Path | None = None


def kernel() -> Kernel:
    """The one that this code runs in; in plain Python it is the main program."""
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = get_ipython() if get_ipython else None
    if shell is None:
        return Kernel(vars(sys.modules["__main__"]))
    history = getattr(getattr(shell, "history_manager", None), "input_hist_parsed", ())
    return Kernel(shell.user_ns, list(history), _notebook(shell.user_ns))


def check(function: object = None, assignment: str = "", within: Kernel | None = None) -> Checked:
    """Check one function, or all exercises where none is given; never raises for what a student wrote.

    function: the function, or its name. assignment: a shipped name, a folder or a data file, where the notebook does
    not tell which it is.
    """
    here = within or kernel()
    try:
        name = "" if function is None else _name(function, here.namespace)
        on = sheet(assignment or _assignment(here, name), name)
        given = {} if function is None or isinstance(function, str) else {name: function}
        with rebound(here.namespace, given):
            return Checked(_graded(here, on, name), on, is_single=bool(name), note=_note(here, on))
    except GraderError as error:
        return Checked(problem=str(error))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        return Checked(problem=f"The check itself failed; your function may still be right ({said}).")


def _graded(here: Kernel, on: Sheet, name: str) -> Grade:
    """The grade; what the functions can reach is left as it was before."""
    functions = [here.namespace[asked] for asked in on.cases if asked in here.namespace]
    grader = Grader(on, LiveRunner(here.namespace, here.history))
    with as_it_was(here.namespace, functions):
        return grader.grade(UNSAVED, name)


def _note(here: Kernel, on: Sheet) -> str:
    """What to know before handing in."""
    if here.notebook is None:
        return ""
    return advice(unsaved(here.notebook, here.namespace, [name for name in on.cases if name in here.namespace]))


def _name(function: object, namespace: Namespace) -> str:
    """The name under which a function is asked about: its own, where that is still bound to it, else one that is."""
    if isinstance(function, str):
        return python_name(function)
    own = str(getattr(function, "__name__", ""))
    bound = [name for name, value in list(namespace.items()) if value is function and not name.startswith("_")]
    return own if own in bound or not bound else bound[0]


def _assignment(here: Kernel, asked: str) -> str:
    folder = here.notebook.parent if here.notebook else Path.cwd()
    named = named_in(here.notebook) if here.notebook else ""
    try:
        return choose(folder, named, lambda: list(here.namespace), asked)
    except GraderError as error:
        raise GraderError(f"{error}. You can say so: check(…, assignment='…')") from error


def _notebook(namespace: Namespace) -> Path | None:
    """The notebook's file, where Jupyter or VS Code tells the kernel."""
    told = [os.environ.get("JPY_SESSION_NAME"), namespace.get("__vsc_ipynb_file__")]
    paths = [Path(name) for name in told if isinstance(name, str) and name]
    return next((path for path in paths if path.is_file()), None)
