"""What a student's process asks a helper for, taken only where it is built like the arguments of the helper's cases.

A reference may compute for ever on what it was never meant for: whole numbers grow without end where floats overflow,
and lists and texts double where numbers are added.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from ..judging.comparison import as_array
from ..model import Arguments

DICT, LIST, NUMBER, WHOLE, TEXT, NONE = "{", "[", "n", "w", "t", "0"
KEY = "k"

Args = tuple[object, ...]


class ArgumentSchema:
    """How the arguments of some cases are built: which kinds of things stand where in them."""

    def __init__(self, function: Callable[..., object], cases: Sequence[Args]) -> None:
        """Take the function and the arguments of each case, by position.

        What the function takes beyond these, it takes as its defaults are built.
        """
        most = max(map(len, cases), default=0)
        self._known = [
            {kind for args in cases for part in args[i : i + 1] for kind in kinds(part)} for i in range(most)
        ]
        self._known += [set(kinds(default)) for default in _defaults(function, most)]

    def taken(self, args: Args) -> Args:
        """The arguments with floats wherever those of the cases are. Raises ValueError if they are built otherwise.

        A list of numbers is taken for an array.
        """
        if len(args) > len(self._known):
            raise ValueError("it is called with more arguments than in any of its cases")
        return tuple(_taken(arg, known, "") for arg, known in zip(args, self._known, strict=False))


def by_position(function: Callable[..., object], args: Arguments) -> Args:
    """A case's arguments in the order of the function's parameters, as far as it has such an order."""
    if not args.keywords:
        return tuple(args)
    by_name = dict(zip(args.keywords, args[args.positional :], strict=True))
    try:
        bound = inspect.signature(function).bind(*args[: args.positional], **by_name)
    except (TypeError, ValueError):
        return tuple(args)
    return (*bound.args, *bound.kwargs.values())


def _defaults(function: Callable[..., object], position: int) -> Iterator[object]:
    """The defaults of the parameters from a position on, as far as there are any."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return
    for parameter in parameters[position:]:
        if parameter.kind is not parameter.POSITIONAL_OR_KEYWORD or parameter.default is parameter.empty:
            return
        yield parameter.default


def kinds(value: object, place: str = "") -> Iterator[str]:
    """The kind of everything within a value, each after the kinds of what it stands in."""
    if isinstance(value, Mapping):
        yield place + DICT
        for key, part in value.items():
            yield from kinds(key, place + KEY)
            yield from kinds(part, place + DICT)
    elif isinstance(value, list | tuple):
        yield place + LIST
        for part in value:
            yield from kinds(part, place + LIST)
    elif isinstance(value, str) or value is None:
        yield place + (NONE if value is None else TEXT)
    elif (array := as_array(value)) is not None:
        yield place + (NUMBER if array.dtype.kind == "f" else WHOLE)


def _taken(value: object, known: set[str], place: str) -> object:
    if isinstance(value, Mapping) and place + DICT in known:
        return {_taken(key, known, place + KEY): _taken(part, known, place + DICT) for key, part in value.items()}
    if isinstance(value, list | tuple) and place + LIST in known:
        return type(value)(_taken(part, known, place + LIST) for part in value)
    if (isinstance(value, str) and place + TEXT in known) or (value is None and place + NONE in known):
        return value
    array = as_array(value)
    if array is None or not {place + NUMBER, place + WHOLE} & known:
        raise ValueError("it is called with something that is built like none of its cases")
    if place + NUMBER in known:
        array = array.astype(float)
    return array if isinstance(value, np.ndarray | list | tuple) else array.item()
