"""Tries small edits of a student's own code, and says what the function returns with each of them.

Nothing is judged here: the values go to the parent, which has the answers. All edits are compiled once, each as a
branch that is taken if its number is the one that is tried, so that trying one costs no more than a call.
"""

from __future__ import annotations

import ast
import copy
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import CodeType, FrameType
from typing import Any

import numpy as np

from ...notebooks import Program, Unit
from .edits import Edit, Surroundings, edits_of
from .functions import Ask, Given, Loaded, reset
from .influence import influential

UNEDITED = -1
NUMBER, TICK = "__edit__", "__tick__"
MOST_ROUNDS = 20_000  # of all loops together, in one call
LONGEST_SHOWN = 200
LOCATION = ("lineno", "col_offset", "end_lineno", "end_col_offset")


class TooManyRounds(BaseException):
    """An edit has made a loop endless; no `except Exception` of the student's holds it up."""


class Workbench:
    """A student's function with every edit of the code that it runs, except in the functions named as fixed."""

    def __init__(self, program: Program, given: Given, fixed: frozenset[str], ask: Ask) -> None:
        """Look at one call of the function as it is: what its local names hold says which may be mistaken."""
        self._program, self._ask = program, ask
        self._units = [unit for unit in program.units if _is_editable(unit) and not fixed.intersection(unit.binds)]
        self._trees = {unit: ast.increment_lineno(unit.node, unit.line - 1) for unit in self._units}
        self._edits = list(self._catalogue(given))
        self._rounds = 0
        self._loaded = self._with({unit: self._branching(unit) for unit in self._units})

    def __len__(self) -> int:
        """How many edits there are."""
        return len(self._edits)

    def described(self, number: int) -> list[Any]:
        """An edit in words: kind, cell, line, what stands there, and what would stand there instead."""
        unit, edit = self._edits[number]
        was, became = zip(*((_shown(node), _shown(instead)) for node, instead in edit.instead), strict=True)
        return [str(edit.kind), unit.cell, edit.line, "\n".join(was), "\n".join(became), edit.adds]

    def tried(self, numbers: Sequence[int], given: Given, seed: int) -> list[tuple[Any, list[int]]]:
        """What comes back with each of some edits, if it is another value than without: the value, and which edits."""
        found: dict[object, tuple[Any, list[int]]] = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            unedited = _key(self._value(UNEDITED, given, seed))
            for number in numbers:
                value = self._value(number, given, seed)
                key = _key(value)
                if key is not None and key != unedited:
                    found.setdefault(key, (value, []))[1].append(number)
        return list(found.values())

    def _value(self, number: int, given: Given, seed: int) -> Any:
        """None if the call raises, as if it returned nothing."""
        self._loaded.namespace[NUMBER] = number
        self._rounds = 0
        reset(seed)
        try:
            return Given(_copied(given.args), given.keywords).to(self._loaded.function)
        except BaseException:
            return None

    def edited(self, numbers: Sequence[int]) -> Loaded:
        """The function with some edits made, and nothing else of this workbench in it."""
        instead = {id(node): other for number in numbers for node, other in self._edits[number][1].instead}
        return self._with({unit: _rebuilt(self._trees[unit], instead) for unit in self._units})

    def lines(self, numbers: Sequence[int], given: Given, seed: int) -> list[list[int]]:
        """Cell and line of each statement that runs in a call with some edits, and that the result depends on."""
        instead = {id(node): other for number in numbers for node, other in self._edits[number][1].instead}
        trees = {unit: _rebuilt(self._trees[unit], instead) for unit in self._units}
        seen = _Watched(given, seed, self._with(trees)).lines
        return [
            [unit.cell, statement.lineno]
            for unit, tree in trees.items()
            for statement in influential(tree)
            if any((unit.cell, line) in seen for line in _lines_of(statement))
        ]

    def _catalogue(self, given: Given) -> Iterator[tuple[Unit, Edit]]:
        watched = _Watched(given, 0, Loaded(self._program, (), self._ask))
        functions = {
            unit.binds[0]: len(tree.args.args)
            for unit, tree in self._trees.items()
            if isinstance(tree, ast.FunctionDef)
        }
        found = [
            (unit, edit)
            for unit in self._units
            for kinds in [watched.kinds.get(unit.binds[0], {})]
            for edit in edits_of(self._trees[unit], Surroundings(functions, kinds, watched.keys))
        ]
        yield from sorted(found, key=lambda each: each[1].adds)

    def _with(self, trees: Mapping[Unit, ast.stmt]) -> Loaded:
        """The function, loaded from changed trees."""
        units = tuple(
            replace(unit, code=_code(unit, trees[unit])) if unit in trees else unit for unit in self._program.units
        )
        names = {NUMBER: UNEDITED, TICK: self._tick}
        return Loaded(replace(self._program, units=tuple(units)), (), self._ask, names)

    def _tick(self) -> None:
        self._rounds += 1
        if self._rounds > MOST_ROUNDS:
            raise TooManyRounds

    def _branching(self, unit: Unit) -> ast.stmt:
        """The unit with all of its edits, as branches."""
        choices: dict[int, list[tuple[int, Any]]] = {}
        for number, (owner, edit) in enumerate(self._edits):
            for node, instead in edit.instead if owner is unit else ():
                choices.setdefault(id(node), []).append((number, _located(instead, node)))
        tree: ast.stmt = _Branching(choices).of(self._trees[unit])
        return tree


class _Branching:
    """Rebuilds a tree: where there are choices, the number of the edit that is tried chooses."""

    # A branch holds the nodes as they were: one edit is made at a time, so there is none within another. The tree that
    # is read is left as it is, and shared.

    def __init__(self, choices: Mapping[int, Sequence[tuple[int, Any]]]) -> None:
        self._choices = choices

    def of(self, node: Any) -> Any:
        """The node with its choices, and with those of everything in it."""
        made = _mapped(node, self.of)
        if isinstance(node, ast.For | ast.While):
            made.body = [_located(ast.Expr(ast.Call(_name(TICK), [], [])), node), *made.body]
        choices = self._choices.get(id(node), ())
        if isinstance(node, ast.stmt):
            for number, instead in choices:
                made = _located(ast.If(_is(number), list(instead), [made]), node)
            return made
        for run in _runs(choices):
            (_, chosen), *others = run
            for number, instead in others:
                chosen = ast.IfExp(_is(number), instead, chosen)
            between: list[ast.cmpop] = [ast.LtE(), ast.LtE()]
            among = ast.Compare(ast.Constant(run[0][0]), between, [_name(NUMBER), ast.Constant(run[-1][0])])
            made = _located(ast.IfExp(among, chosen, made), node)
        return made


def _runs(choices: Sequence[tuple[int, Any]]) -> Iterator[list[tuple[int, Any]]]:
    """Choices whose numbers follow each other: whether one of them is meant is asked once, since mostly none is."""
    run: list[tuple[int, Any]] = []
    for choice in choices:
        if run and choice[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(choice)
    if run:
        yield run


def _rebuilt(node: Any, instead: Mapping[int, Any]) -> Any:
    """The tree with nodes exchanged; several statements stand in an `if True`."""
    other = instead.get(id(node))
    if other is None:
        return _mapped(node, lambda child: _rebuilt(child, instead))
    if isinstance(other, list):
        return _located(ast.If(ast.Constant(True), other, []), node)
    return _located(copy.copy(other), node)


def _mapped(node: Any, change: Callable[[Any], Any]) -> Any:
    """A node of the same type and place, its children changed."""
    fields = {name: _changed(value, change) for name, value in ast.iter_fields(node)}
    made = type(node)(**fields)
    for name in LOCATION:
        if hasattr(node, name):
            setattr(made, name, getattr(node, name))
    return made


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        return [change(each) if isinstance(each, ast.AST) else each for each in value]
    return change(value) if isinstance(value, ast.AST) else value


def _located(node: Any, place: ast.AST) -> Any:
    """The same node; it, and what is new within it, stands at a place. What has one of its own keeps it."""
    for each in node if isinstance(node, list) else [node]:
        if isinstance(each, ast.expr | ast.stmt | ast.keyword) and not hasattr(each, "lineno"):
            ast.copy_location(each, place)
        elif hasattr(each, "lineno"):
            continue
        for child in ast.iter_child_nodes(each):
            _located(child, place)
    return node


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _is(number: int) -> ast.Compare:
    return ast.Compare(_name(NUMBER), [ast.Eq()], [ast.Constant(number)])


def _code(unit: Unit, tree: ast.stmt) -> CodeType:
    code: CodeType = compile(ast.Module([tree], []), f"cell {unit.cell}", "exec", unit.flags, dont_inherit=True)
    return code


def _is_editable(unit: Unit) -> bool:
    """Functions, classes, and lambdas with a name."""
    return unit.kind in ("function", "class") or (unit.kind == "value" and "lambda" in unit.text)


def _shown(node: Any) -> str:
    statements = node if isinstance(node, list) else [node]
    return "\n".join(ast.unparse(each) for each in statements)[:LONGEST_SHOWN]


class _Watched:
    """One call, watched: which lines run, and what the local names of functions hold in the end."""

    def __init__(self, given: Given, seed: int, loaded: Loaded) -> None:
        self.lines: set[tuple[int, int]] = set()
        self.kinds: dict[str, dict[str, str]] = {}
        self.keys: dict[str, list[str]] = {}
        reset(seed)
        before = sys.gettrace()
        sys.settrace(self._frame)
        try:
            Given(_copied(given.args), given.keywords).to(loaded.function)
        except BaseException:
            pass
        finally:
            sys.settrace(before)

    def _frame(self, frame: FrameType, event: str, arg: object) -> Any:
        return self._event if frame.f_code.co_filename.startswith("cell ") else None

    def _event(self, frame: FrameType, event: str, arg: object) -> Any:
        cell = int(frame.f_code.co_filename.removeprefix("cell "))
        if event == "line":
            self.lines.add((cell, frame.f_lineno))
        if event in ("return", "exception"):
            kinds = self.kinds.setdefault(frame.f_code.co_name, {})
            for name, value in frame.f_locals.items():
                kinds[name] = _kind(value)
                if isinstance(value, dict):
                    self.keys[name] = [key for key in value if isinstance(key, str)]
        return self._event


def _kind(value: object) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return f"array {value.ndim}"
    if isinstance(value, bool | int | float | complex | np.number | np.ndarray):
        return "number"
    return type(value).__name__


def _copied(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list | tuple):
        return type(value)(map(_copied, value))
    return {key: _copied(part) for key, part in value.items()} if isinstance(value, dict) else value


def _key(value: Any) -> object:
    """Equal for values that are the same to the bit; None for nothing."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, list | tuple):
        return tuple(map(_key, value))
    if isinstance(value, dict):
        return tuple((key, _key(part)) for key, part in value.items())
    return None if value is None else (type(value).__name__, repr(value))


def _lines_of(statement: ast.stmt) -> range:
    """Its own lines; of one with a body those before it."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(last, statement.lineno) + 1)
