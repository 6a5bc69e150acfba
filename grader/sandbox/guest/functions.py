"""A student's function: loaded with what it needs, and called as if nothing had been called before."""

from __future__ import annotations

import builtins
import inspect
import random
import traceback
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np

from ...notebooks import Program, Unit
from .answers import MAX_NAME, MOST_PARAMETERS, Answer, Failure, Lack, missing, raised
from .trials import Trials

NUMPY_ERRORS = np.geterr()  # as NumPy starts with

Ask = Callable[[str, tuple[Any, ...], int], Any]


class StandIns:
    """Keeps some names of a namespace bound to stand-ins for a student's helpers, whatever is assigned to them.

    Whoever calls one is answered by the parent, not by this process. The student's own function is kept for its
    signature alone: keyword arguments are put in their places by it.
    """

    def __init__(self, names: tuple[str, ...], ask: Ask) -> None:
        self.own: dict[str, Any] = {}
        self.by_name = {name: self._stand_in(name, ask) for name in names}

    def install(self, namespace: dict[str, Any]) -> None:
        """Put the stand-ins where they are not, or where a statement has bound one of their names."""
        for name, stand_in in self.by_name.items():
            if namespace.get(name) is not stand_in:
                self.own[name] = namespace.get(name)
                namespace[name] = stand_in

    def _stand_in(self, name: str, ask: Ask) -> Callable[..., Any]:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            own = self.own.get(name)
            places = _in_places(own, args, kwargs) if kwargs else args
            return ask(name, places, _defaults_spelled_out(own, places))

        return stand_in


def _in_places(function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Arguments by position alone. Raises TypeError if the function does not take them."""
    if function is None:
        raise TypeError("keyword arguments need a function that names them")
    bound = inspect.signature(function).bind(*args, **kwargs)
    bound.apply_defaults()  # or what stands behind a gap would be lost
    return bound.args


def _defaults_spelled_out(function: Any, args: tuple[Any, ...]) -> int:
    """How many of the last arguments are no more than the defaults of the function's own parameters."""
    try:
        defaults = [parameter.default for parameter in inspect.signature(function).parameters.values()]
        pairs = list(zip(args, defaults[: len(args)], strict=True))
        given = [type(arg) is type(default) and _snapshot(arg) == _snapshot(default) for arg, default in pairs]
    except BaseException:
        return 0
    return next((i for i, is_default in enumerate(reversed(given)) if not is_default), len(given))


class Loaded:
    """One exercise's function in a namespace of its own, with what could not be run on the way to it."""

    def __init__(self, program: Program, helpers: tuple[str, ...], ask: Ask) -> None:
        """Run the units in notebook order; one that fails costs only the names that it binds."""
        self.failures: dict[str, Failure] = {}
        self.binds = {name for unit in program.units if unit not in program.trials for name in unit.binds}
        self.namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        stand_ins = StandIns(helpers, ask)
        stand_ins.install(self.namespace)
        trials = Trials()
        for unit in program.units:
            try:
                if unit in program.trials:
                    trials.run(unit.code, self.namespace)
                else:
                    self._execute(unit)
            except BaseException as error:
                failure = self.failure_behind(error) or (error, (unit.cell, unit.line))
                self.failures.update(dict.fromkeys(unit.binds or ("*",), failure))
            # A helper that this unit has defined gives way to its stand-in before anything can take hold of it.
            stand_ins.install(self.namespace)
        self.function: Any = self.namespace.get(program.name)

    def _execute(self, unit: Unit) -> None:
        """Run a statement; what only its annotations name need not be there."""
        try:
            exec(unit.code, self.namespace)
        except NameError as error:
            if unit.kind not in ("function", "class") or self.failure_behind(error) is None:
                raise
            exec(unit.with_hints_as_texts, self.namespace)

    def failure_behind(self, error: BaseException) -> Failure | None:
        """The earlier failure that explains a NameError, if one does."""
        if isinstance(error, NameError) and error.name is not None:
            return self.failures.get(error.name) or self.failures.get("*")
        return None


class Given(NamedTuple):
    """What a function is called with; keywords: the names of the last arguments, which go by name."""

    args: tuple[Any, ...]
    keywords: tuple[str, ...] = ()

    def to(self, function: Callable[..., Any]) -> Any:
        """What the function returns."""
        by_position = len(self.args) - len(self.keywords)
        by_name = dict(zip(self.keywords, self.args[by_position:], strict=True))
        return function(*self.args[:by_position], **by_name)


def called(
    name: str,
    function: Callable[..., Any],
    given: Given,
    seed: int,
    failure_behind: Callable[[BaseException], Failure | None] = lambda _: None,
) -> Answer:
    """Call a function once, and say what came of it and which of its arguments it changed."""
    before = [_snapshot(arg) for arg in given.args]
    reset(seed)
    try:
        answer: Answer = {"is": "returned", "value": given.to(function)}
    except NotImplementedError as error:
        # Whoever raises it in the function itself has not written it yet; a library may raise it as any other error.
        answer = missing(Lack.NOT_IMPLEMENTED) if _raised_in(error) == name else raised(error)
    except BaseException as error:
        answer = raised(error, behind=failure_behind(error))
    changed = [i for i, arg in enumerate(given.args) if _is_changed(arg, before[i])]
    return answer | {"changed": changed}


def reset(seed: int = 0) -> None:
    """Random numbers, and what NumPy does about a division by zero, as if nothing had been called before."""
    random.seed(seed)
    np.random.seed(seed)
    np.seterr(**NUMPY_ERRORS)


def _raised_in(error: BaseException) -> str:
    """The name of the function in which it was raised."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return frames[-1][0].f_code.co_name if frames else ""


def _snapshot(value: Any) -> Any:
    """What an argument holds, to the bit."""
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, _snapshot(value.tolist()) if value.dtype == object else value.tobytes()
    if isinstance(value, list | tuple):
        return [_snapshot(part) for part in value]
    if isinstance(value, dict):
        return [(key, _snapshot(part)) for key, part in value.items()]
    if isinstance(value, set):
        return frozenset(value)
    return value.hex() if isinstance(value, float) else value


def _is_changed(arg: Any, before: Any) -> bool:
    """Whether the argument no longer holds what it did; so it does where it can no longer be looked at."""
    try:
        return bool(_snapshot(arg) != before)
    except BaseException:
        return True


def parameters(function: Any) -> list[str]:
    """The names of a function's parameters that may be given by position; none where it does not say."""
    if type(function) is FunctionType and not function.__dict__:
        code = function.__code__
        return [name[:MAX_NAME] for name in code.co_varnames[: code.co_argcount]][:MOST_PARAMETERS]
    try:
        named = inspect.signature(function).parameters.values()
        by_position = [p for p in named if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        return [str(parameter.name)[:MAX_NAME] for parameter in by_position[:MOST_PARAMETERS]]
    except BaseException:
        return []
