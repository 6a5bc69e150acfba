"""Stand-ins for a student's own helpers: whoever calls one is answered by the parent, not by this process.

Loaded by file path into the student's process, so it imports nothing of grader.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any

MOST_PARAMETERS = 20

Function = Callable[..., Any]
Ask = Callable[[str, tuple[Any, ...]], Any]


class StandIns:
    """Keeps some names of a namespace bound to stand-ins, whatever is assigned to them.

    The student's own function is kept for its signature alone: keyword arguments are put in their places by it.
    """

    def __init__(self, names: tuple[str, ...], ask: Ask) -> None:
        """Make a stand-in for each name."""
        self.own: dict[str, Any] = {}
        self.stand_ins = {name: self._stand_in(name, ask) for name in names}

    def install(self, namespace: dict[str, Any]) -> None:
        """Put the stand-ins where they are not, or where a statement has bound one of their names."""
        for name, stand_in in self.stand_ins.items():
            if namespace.get(name) is not stand_in:
                self.own[name] = namespace.get(name)
                namespace[name] = stand_in

    def _stand_in(self, name: str, ask: Ask) -> Function:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            return ask(name, in_places(self.own.get(name), args, kwargs) if kwargs else args)

        return stand_in


def in_places(function: Function | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Arguments by position alone. Raises TypeError where the function does not take them."""
    if function is None:
        raise TypeError("keyword arguments need a function that names them")
    return inspect.signature(function).bind(*args, **kwargs).args


def parameters(function: Any) -> list[str]:
    """The names of a function's parameters that may be given by position; none where it does not say."""
    if type(function) is FunctionType and not function.__dict__:
        code = function.__code__
        return [name[:100] for name in code.co_varnames[: code.co_argcount]][:MOST_PARAMETERS]
    try:
        named = inspect.signature(function).parameters.values()
        return [str(p.name)[:100] for p in named if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)][
            :MOST_PARAMETERS
        ]
    except BaseException:
        return []
