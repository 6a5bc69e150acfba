"""A reference with one slip in its own source: which functions an exercise's reference reaches, and their mutants.

A mutant is compiled from the changed syntax and takes the place of the function's code while it is tried, so it is
met however the function is called: by name, from a table, as a method. Afterwards the code is as it was.
"""

from __future__ import annotations

import ast
import gc
import linecache
import re
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

from .mutators import alternatives

Key = tuple[str, int, int]
WAIVER = re.compile(r"#\s*survives:(?P<reason>.*)")
NOT_MUTATED = {"annotation", "returns", "decorator_list", "args", "type_params", "defaults"}


@dataclass(frozen=True)
class Mutant:
    """One slip: where it is, what stood there, what stands there now, and the code that goes with it."""

    path: Path
    line: int
    was: str
    became: str
    codes: tuple[tuple[FunctionType, CodeType], ...]

    def __str__(self) -> str:
        """The change as a person reads it."""
        return f"{self.path.parent.name}/{self.path.name}, line {self.line}: `{self.was}` became `{self.became}`"

    @property
    def waiver(self) -> str | None:
        """Why the author lets slips on this line pass: what stands behind `# survives:` on it, None if nothing does."""
        found = WAIVER.search(linecache.getline(str(self.path), self.line))
        return found["reason"].strip() if found else None

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """While it lasts, the functions are the mutated ones, for whoever calls them."""
        true = [(function, function.__code__) for function, _ in self.codes]
        try:
            for function, code in self.codes:
                function.__code__ = code
            yield
        finally:
            for function, code in true:
                function.__code__ = code


def reached(calls: Iterable[Callable[[], object]], folders: tuple[Path, ...]) -> tuple[FunctionType, ...]:
    """The functions of source files in these folders that run during the calls."""
    ran: set[CodeType] = set()

    def note(frame: object, event: str, arg: object) -> None:
        if event == "call":
            ran.add(frame.f_code)  # type: ignore[attr-defined]

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for call in calls:
            call()
    finally:
        sys.setprofile(before)
    ours = [code for code in ran if any(Path(code.co_filename).is_relative_to(folder) for folder in folders)]
    functions = (holder for code in ours for holder in gc.get_referrers(code) if isinstance(holder, FunctionType))
    return tuple(sorted(functions, key=lambda function: (function.__code__.co_filename, *_key(function.__code__, 0))))


def mutants(functions: Iterable[FunctionType]) -> Iterator[Mutant]:
    """Every mutant of the functions, in the order of their source."""
    by_file: dict[str, list[FunctionType]] = defaultdict(list)
    for function in functions:
        by_file[function.__code__.co_filename].append(function)
    for name, together in by_file.items():
        for statement in _parsed(name).body:
            inside = [f for f in together if _spans(statement, f.__code__.co_firstlineno)]
            if inside:
                yield from _mutants_of(Path(name), statement, inside)


@cache
def _parsed(name: str) -> ast.Module:
    return ast.parse(Path(name).read_text(encoding="utf-8"))


def _spans(statement: ast.stmt, line: int) -> bool:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return first <= line <= (statement.end_lineno or first)


def _mutants_of(path: Path, statement: ast.stmt, functions: list[FunctionType]) -> Iterator[Mutant]:
    """Those of one statement of a module: a function, a class, or an assignment that holds lambdas."""
    keys = dict(_keyed(_compiled(statement, path)))
    names = {_position(code): key for key, code in keys.items()}
    wanted = [(keys[key], key, function) for function in functions if (key := names.get(_position(function.__code__)))]
    lines = _lines_of(function for *_, function in wanted)
    for holder, field, index, node in list(_places(statement)):
        if node.lineno not in lines:
            continue
        for other in alternatives(node):
            changed = ast.fix_missing_locations(ast.copy_location(other, node))
            with _replaced(holder, field, index, changed):
                codes = _swaps(wanted, statement, path)
            if codes:
                yield Mutant(path, node.lineno, _shown(node), _shown(other), codes)


def _lines_of(functions: Iterable[FunctionType]) -> set[int]:
    return {line for function in functions for line in _lines_within(function.__code__)}


def _lines_within(code: CodeType) -> Iterator[int]:
    """The lines of a function's code and of what is nested in it, from its first to its last."""
    lines = [line for _, _, line in code.co_lines() if line]
    yield from range(code.co_firstlineno, max(lines, default=code.co_firstlineno) + 1)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _lines_within(constant)


def _compiled(statement: ast.stmt, path: Path) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        return compile(ast.Module([statement], []), str(path), "exec", dont_inherit=True)


def _swaps(
    wanted: Sequence[tuple[CodeType, Key, FunctionType]], statement: ast.stmt, path: Path
) -> tuple[tuple[FunctionType, CodeType], ...]:
    """The functions whose code changes; none if the slip is not valid Python, or changes what a closure holds."""
    try:
        codes = dict(_keyed(_compiled(statement, path)))
    except (SyntaxError, ValueError, TypeError):
        return ()
    pairs = [(function, codes[key]) for true, key, function in wanted if codes.get(key, true) != true]
    if any(function.__code__.co_freevars != code.co_freevars for function, code in pairs):
        return ()
    return tuple(pairs)


def _keyed(code: CodeType) -> Iterator[tuple[Key, CodeType]]:
    """Every code object within, by name, line, and number among those that share both."""
    counts: dict[tuple[str, int], int] = defaultdict(int)
    waiting = [code]
    while waiting:
        inner = [constant for constant in waiting.pop(0).co_consts if isinstance(constant, CodeType)]
        for one in inner:
            name = (one.co_qualname, one.co_firstlineno)
            yield _key(one, counts[name]), one
            counts[name] += 1
        waiting += inner


def _key(code: CodeType, number: int) -> Key:
    return code.co_qualname, code.co_firstlineno, number


def _position(code: CodeType) -> tuple[str, int, int]:
    """Tells code objects of one file apart, two lambdas of one line included."""
    columns = [column for _, _, column, _ in code.co_positions() if column]
    return code.co_qualname, code.co_firstlineno, min(columns, default=0)


def _places(root: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.expr | ast.stmt]]:
    """Everything that may be mutated: (its holder, the field, its index there, itself), but no types and no errors."""
    for field, value in ast.iter_fields(root):
        if field in NOT_MUTATED and isinstance(root, ast.FunctionDef | ast.AnnAssign | ast.ClassDef):
            continue
        several = isinstance(value, list)
        for index, node in enumerate(value if several else [value]):
            if isinstance(node, ast.Raise | ast.JoinedStr | ast.Assert) or not isinstance(node, ast.AST):
                continue
            if isinstance(node, ast.expr | ast.stmt):
                yield root, field, index if several else None, node
            yield from _places(node)


@contextmanager
def _replaced(holder: ast.AST, field: str, index: int | None, node: ast.AST) -> Iterator[None]:
    value = getattr(holder, field)
    before = value if index is None else value[index]
    _put(holder, field, index, node)
    try:
        yield
    finally:
        _put(holder, field, index, before)


def _put(holder: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(holder, field, node)
    else:
        getattr(holder, field)[index] = node


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 80 else text[:77] + "…"
