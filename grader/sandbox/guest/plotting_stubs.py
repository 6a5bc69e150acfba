"""Stand-ins for modules that only show things: plots, progress bars, rich output.

Functions of students draw and announce while they compute. None of it is graded, so in the student's process these
modules take every call and do nothing: nothing has to be installed, no time is spent, and the same function has the
same fate wherever it is checked.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

import numpy as np

from ..packages import DISPLAYS

STARRED = (
    *("axis", "bar", "clf", "close", "contour", "contourf", "figure", "gca", "gcf", "grid", "hist", "imshow", "legend"),
    *("plot", "savefig", "scatter", "show", "subplot", "subplots", "tight_layout", "title", "xlabel", "xlim", "ylabel"),
    *("ylim", "display", "clear_output", "tqdm", "trange"),
)


class Nothing:
    """Takes whatever is done with a figure, an axis or a display, and is nothing again."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Draw nothing; a decorator hands its function back."""
        only = args[0] if len(args) == 1 and not kwargs else None
        return only if isinstance(only, types.FunctionType) else self

    def __getattr__(self, name: str) -> Any:
        """Any attribute, but those by which Python asks what a thing is."""
        if name.startswith("__"):
            raise AttributeError(name)
        return SPECIAL.get(name, self)

    def __getitem__(self, key: Any) -> Nothing:
        """Any part."""
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        """Keep nothing."""

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep nothing."""

    def __iter__(self) -> Iterator[Nothing]:
        """One thing: `line, = plt.plot(x)`."""
        return iter((self,))

    def __enter__(self) -> Nothing:
        """A context in which nothing is drawn."""
        return self

    def __exit__(self, *_: object) -> None:
        """Errors pass through."""


NOTHING = Nothing()


def subplots(nrows: int = 1, ncols: int = 1, **kwargs: Any) -> tuple[Nothing, Any]:
    """A figure and as many axes as were asked for, in the shape that matplotlib gives them."""
    if (nrows, ncols) == (1, 1) and kwargs.get("squeeze", True):
        return NOTHING, NOTHING
    axes = np.full((nrows, ncols), NOTHING, dtype=object)
    return NOTHING, axes.squeeze() if kwargs.get("squeeze", True) else axes


class Progress(Nothing):
    """A progress bar that shows nothing and passes on what it is given."""

    def __init__(self, iterable: Iterable[Any] | None = None, *_: Any, **__: Any) -> None:
        """Take what is gone through."""
        object.__setattr__(self, "_iterable", () if iterable is None else iterable)

    def __iter__(self) -> Iterator[Any]:
        """The same things."""
        return iter(object.__getattribute__(self, "_iterable"))

    def __len__(self) -> int:
        """As many as there are."""
        return len(object.__getattribute__(self, "_iterable"))


def trange(*args: int, **_: Any) -> Progress:
    """`tqdm(range(...))`."""
    return Progress(range(*args))


SPECIAL: dict[str, Any] = {"subplots": subplots, "tqdm": Progress, "trange": trange, "tqdm_notebook": Progress}


class Shown(types.ModuleType):
    """A module of which every name is there, and does nothing."""

    __all__ = STARRED

    def __getattr__(self, name: str) -> Any:
        """What shows nothing, or one of the few whose value is used."""
        if name.startswith("__"):
            raise AttributeError(name)
        return SPECIAL.get(name, NOTHING)


class Finder(MetaPathFinder, Loader):
    """Finds the stand-ins before anything that may be installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """A stand-in for the modules that only show, and for whatever is within them."""
        if fullname.partition(".")[0] not in DISPLAYS:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """A module that shows nothing."""
        return Shown(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def install() -> None:
    """Let every import from here on find the stand-ins."""
    sys.meta_path.insert(0, Finder())
