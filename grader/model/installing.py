"""How the grader is installed. A course that has it elsewhere sets the address here, and nowhere else.

`python docs/generate.py` then writes it into the pages.
"""

from __future__ import annotations

import importlib.util

from .errors import GraderError

NAME = "backprop-grader"
ADDRESS = ""  # empty for the name on PyPI, else what pip is to fetch, such as git+https://example.edu/course/grader
EXTRAS = {
    "grade": ("pandas", "jinja2", "openpyxl", "nbconvert"),
    "plots": ("matplotlib",),
    "dask": ("dask", "distributed"),
}  # what each brings, by the names that are imported


def install_line(extra: str = "") -> str:
    """The command that installs the grader, with an extra or without, as a shell takes it."""
    what = f"{NAME}[{extra}]" if extra else NAME
    what = f"{what} @ {ADDRESS}" if ADDRESS else what
    return f"pip install '{what}'" if {*what} & {*"[ @"} else f"pip install {what}"


def require(extra: str, what: str) -> None:
    """Raises GraderError if an extra is not installed that `what` needs."""
    if any(importlib.util.find_spec(name) is None for name in EXTRAS[extra]):
        raise GraderError(f"{what} needs more than a check does: {install_line(extra)}")
