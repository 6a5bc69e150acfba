"""What is said of functions and methods is what they do: the libraries themselves are asked."""

import builtins
import contextlib
import copy
import inspect
import io
import warnings
from collections import Counter, OrderedDict, deque
from itertools import product
from typing import Any

import numpy as np
import pytest

from grader.notebooks import libraries

OBJECTS = [
    [3, 1, 2],
    {"a": [1], "b": [2]},
    {1, 2},
    deque([3, 1]),
    Counter("aab"),
    OrderedDict(a=1),
    bytearray(b"ab"),
    "a b",
    b"ab",
    (1, 2),
    2.5,
    7,
    frozenset({1}),
    np.array([[3.0, 1.0], [2.0, 0.0]]),
    np.array([3, 1, 2]),
]
ARGUMENTS = [
    (),
    (0,),
    (1,),
    ("a",),
    ([0],),
    (np.array([0, 1]),),
    ((2, 2),),
    (0, 0),
    ("a", "b"),
    ({1},),
    (float,),
    (3, 4),
]


def outcome(call: Any, *args: Any) -> Any:
    """What a call returns, None if it does not take these arguments."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return call(*args)
        except Exception:
            return None


@pytest.mark.parametrize("name", sorted(libraries.COPIES | libraries.READS))
def test_methods_that_change_nothing(name):
    """Called with whatever they take, they leave the object as it was; nor is the copy a part of it."""
    having = [each for each in OBJECTS if hasattr(each, name)]
    assert having or name in ("tostring", "ptp")
    for each, args in product(having, ARGUMENTS):
        used, before = copy.deepcopy(each), repr(each)
        result = outcome(getattr(used, name), *args)
        assert repr(used) == before
        if name in libraries.COPIES and isinstance(result, np.ndarray):
            assert not np.shares_memory(result, used)
        if name in libraries.COPIES and isinstance(result, list | dict | set | deque):
            assert result is not used


@pytest.mark.parametrize("name", sorted(libraries.CHANGES_CONTAINER))
def test_methods_that_change_the_object(name):
    """Each is a method of something that can be changed, and leaves what lies inside as it is."""
    having = [each for each in OBJECTS if hasattr(each, name)]
    assert having or name == "itemset"
    for args in ARGUMENTS:
        inside = [[1], [2]]
        for container in (list(inside), dict(enumerate(inside)), deque(inside)):
            outcome(getattr(container, name, None), *args)
        assert inside == [[1], [2]]


NUMPY = {
    f"{prefix}{name}": getattr(module, name)
    for prefix, module in (("", np), ("random.", np.random), ("linalg.", np.linalg), ("fft.", np.fft))
    for name in dir(module)
    if not name.startswith("_") and callable(getattr(module, name)) and not isinstance(getattr(module, name), type)
}
OTHERWISE = {
    *("save", "savez", "savez_compressed", "savetxt", "load", "loadtxt", "fromfile", "genfromtxt", "memmap", "test"),
    *("random.set_bit_generator", "random.set_state", "random.seed", "seterr", "seterrcall", "set_printoptions"),
    *("array_repr", "array_str", "array2string", "mintypecode", "rot90"),  # an array takes the place of a number
}
INPUTS = [np.arange(6.0).reshape(2, 3), np.arange(4.0).reshape(2, 2), np.array([1, 0]), np.array([True, False])]


@pytest.mark.parametrize("name", sorted(NUMPY.keys() - OTHERWISE))
def test_functions_of_numpy(name):
    """One that changes an argument, or returns one or a view of it, is listed; so is the place of an argument "out"."""
    last = name.rpartition(".")[2]
    for count, first, second in product(range(1, 4), INPUTS, [*INPUTS, 1]):
        arguments = [copy.copy(first), *(copy.copy(second) for _ in range(count - 1))]
        result = outcome(NUMPY[name], *arguments)
        for position, (used, given) in enumerate(zip(arguments, [first, *[second] * (count - 1)], strict=True)):
            is_result = position >= libraries.result_position(last) > 0
            if not np.array_equal(used, given):
                assert is_result or (last in libraries.CHANGES_FIRST and position == 0)
            for part in result if isinstance(result, tuple | list) else [result]:
                shares = isinstance(part, np.ndarray) and isinstance(used, np.ndarray) and np.shares_memory(part, used)
                assert not shares or last in libraries.VIEWS or is_result


@pytest.mark.parametrize("name", [name for name, each in NUMPY.items() if isinstance(each, np.ufunc)])
def test_the_place_of_the_result(name):
    """Every function that works entry by entry takes an array for its result behind its inputs."""
    if "." not in name:
        assert libraries.result_position(name) == NUMPY[name].nin


def test_builtins_that_return_what_they_are_given():
    """A builtin whose result is, or holds, its argument is listed."""
    for name, function in vars(builtins).items():
        item = [1]
        result = (
            outcome(function, [item, item])
            if callable(function) and name not in ("print", "input", "exit", "quit", "breakpoint", "help")
            else None
        )
        if inspect.isclass(result) or isinstance(result, type(inspect)):
            continue
        parts = list(result) if isinstance(result, list | tuple | map | filter | zip | enumerate) else [result]
        if any(part is item for part in parts):
            assert name in libraries.HOLDING_BUILTINS | libraries.PART_BUILTINS
