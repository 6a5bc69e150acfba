"""The fixed catalogue of small edits: for each place in a function, what could have been meant there.

Pure syntax. Nothing is compiled or run here, the tree that is looked at stays as it is, and edits share its nodes. An
edit is made of the operations of this catalogue and of names that are bound where it is made, never of anything else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .edit_rules import LITERAL, RULES, Changes, EditKind, call, changed, name_of


@dataclass(frozen=True, slots=True)
class Edit:
    """One change at one place. instead: nodes, and what stands in the stead of each; a list stands for a statement.

    line: in the cell. adds: it puts something there that was missing, instead of exchanging or removing.
    """

    kind: EditKind
    line: int
    instead: tuple[tuple[ast.AST, Any], ...]
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is bound around a function.

    functions: the notebook's own, by how many arguments they take. kinds: of the values that local names held when the
    function last ran, as far as that is known; names of one kind may be mistaken for each other. keys: of the dicts
    among them.
    """

    functions: Mapping[str, int]
    kinds: Mapping[str, str]
    keys: Mapping[str, Sequence[str]]


MOST_CHOICES = 12  # names or keys that are tried in one place
MOST_VALUES = 10  # that may be missing in a function


def edits_of(function: ast.stmt, around: Surroundings) -> list[Edit]:
    """Every edit of a function, or of another statement that binds one; those that add something come last."""
    catalogue = _Catalogue(function, around)
    found = [*catalogue.exchanges(), *catalogue.additions()]
    return sorted(found, key=lambda edit: edit.adds)


class _Catalogue:
    """The edits of one statement of a notebook."""

    def __init__(self, root: ast.stmt, around: Surroundings) -> None:
        self._root, self._around = root, around
        self._nodes = list(_editable(root))
        self._locals = list(dict.fromkeys(_bound(root)))
        self._values = _distinct(node for node in self._nodes if self._is_value(node))[:MOST_VALUES]
        self._lengths = _distinct(_lengths(root))
        texts = (node.slice for node in self._nodes if isinstance(node, ast.Subscript))
        self._keys = [each.value for each in texts if isinstance(each, ast.Constant) and isinstance(each.value, str)]

    def _is_value(self, node: ast.AST) -> bool:
        """A number or an array, by its name or by its place in what has a name: something that a formula is made of."""
        if not isinstance(node, ast.Name | ast.Subscript) or not isinstance(node.ctx, ast.Load):
            return False
        if isinstance(node, ast.Subscript):
            return isinstance(node.value, ast.Name) and not any(isinstance(each, ast.Slice) for each in ast.walk(node))
        return node.id in self._locals and self._kind_of(node) in ("", "number", "array 1", "array 2", "array 3")

    def _kind_of(self, value: ast.expr) -> str:
        return self._around.kinds.get(value.id, "") if isinstance(value, ast.Name) else ""

    def exchanges(self) -> Iterator[Edit]:
        """What stands there exchanged for something else, or left out."""
        for node in self._nodes:
            changes = (change for rule in RULES.get(type(node), ()) for change in rule(node))
            for kind, instead in (*changes, *self._other_names(node)):
                yield Edit(kind, node.lineno, ((node, instead),))  # type: ignore[attr-defined]
        for holder in ast.walk(self._root):
            if isinstance(holder, ast.FunctionDef | ast.For | ast.While | ast.If | ast.With):
                yield from self._of_statements(holder, holder.body)
                yield from self._of_statements(holder, getattr(holder, "orelse", []))

    def _other_names(self, node: ast.AST) -> Changes:
        """Another name that is bound here, of the same kind as far as that is known, or another key."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in self._locals:
                kinds = self._around.kinds
                alike = (other for other in self._locals if kinds.get(other) == kinds.get(name))
                yield from ((EditKind.NAME, ast.Name(other, node.ctx)) for other in _others(alike, name))
            case ast.Call(func=ast.Name(id=name)) if name in self._around.functions:
                functions = self._around.functions
                alike = (other for other in functions if functions[other] == functions[name])
                for other in _others(alike, name):
                    yield EditKind.FUNCTION, changed(node, func=ast.Name(other, ast.Load()))
            case ast.Subscript(value=held, slice=ast.Constant(value=str(key))):
                known = self._around.keys.get(held.id, ()) if isinstance(held, ast.Name) else ()
                for other in _others((*known, *self._keys), key):
                    yield EditKind.KEY, changed(node, slice=ast.Constant(other))

    def _of_statements(self, holder: ast.stmt, body: list[ast.stmt]) -> Iterator[Edit]:
        """One too many, two in the other order, and returns that are missing or stand too deep."""
        for statement in body:
            if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr) and not _is_text(statement):
                yield Edit(EditKind.STATEMENT, statement.lineno, ((statement, [ast.Pass()]),))
        for one, other in pairwise(body):
            if not isinstance(other, ast.Return) and not _is_text(one):
                both = ((one, [other, one]), (other, [ast.Pass()]))
                yield Edit(EditKind.STATEMENT, one.lineno, both)
        last = body[-1] if body else None
        if isinstance(holder, ast.For | ast.While) and isinstance(last, ast.Return):
            after = [changed(holder, body=[*body[:-1], ast.Pass()]), last]
            yield Edit(EditKind.RETURN, last.lineno, ((holder, after),))
        if isinstance(holder, ast.FunctionDef) and last is not None and not isinstance(last, ast.Return):
            yield from self._missing_returns(holder, last)

    def _missing_returns(self, function: ast.FunctionDef, last: ast.stmt) -> Iterator[Edit]:
        if isinstance(last, ast.Expr) and not _is_text(last):
            printed = last.value.args[0] if _is_print(last.value) else last.value  # type: ignore[attr-defined]
            yield Edit(EditKind.RETURN, last.lineno, ((last, [ast.Return(printed)]),))
        bound = [name for name in self._locals if name not in _parameters(function)]
        for name in reversed(bound[-MOST_CHOICES:]):
            yield Edit(EditKind.RETURN, last.lineno, ((last, [last, ast.Return(ast.Name(name, ast.Load()))]),))

    def additions(self) -> Iterator[Edit]:
        """Something that is missing: a factor, a term, a division by how many there are, a function around a value."""
        for site in {id(site): site for site in _sites(self._root)}.values():
            for kind, instead in self._added_to(site):
                yield Edit(kind, site.lineno, ((site, instead),), adds=True)

    def _added_to(self, site: ast.expr) -> Changes:
        for length in self._lengths:
            yield EditKind.FACTOR, ast.BinOp(site, ast.Div(), length)
        yield EditKind.SIGN, ast.UnaryOp(ast.USub(), site)
        for by_two in (ast.Mult(), ast.Div(), ast.Pow()):
            yield EditKind.FACTOR, ast.BinOp(site, by_two, ast.Constant(2))
        yield EditKind.PRODUCT, ast.Attribute(site, "T", ast.Load())
        for value in self._values:
            slopes = _slopes(value) if self._kind_of(value) != "number" else ()
            for factor in (value, *slopes):
                yield EditKind.MISSING, ast.BinOp(site, ast.Mult(), factor)
            for operator in (ast.Add(), ast.Sub(), ast.Div()):
                yield EditKind.MISSING, ast.BinOp(site, operator, value)
        for name in (name for name, takes in self._around.functions.items() if takes == 1):
            yield EditKind.MISSING, call(name, site)
            for value in self._values:
                yield EditKind.MISSING, ast.BinOp(site, ast.Mult(), call(name, value))


def _slopes(value: ast.expr) -> Iterator[ast.expr]:
    """What derivatives of a value bring as a factor: 1 - v, v (1 - v), 1 - v², and whether it is positive."""
    rest = ast.BinOp(ast.Constant(1), ast.Sub(), value)
    yield rest
    yield ast.BinOp(value, ast.Mult(), rest)
    yield ast.BinOp(ast.Constant(1), ast.Sub(), ast.BinOp(value, ast.Pow(), ast.Constant(2)))
    yield ast.Compare(value, [ast.Gt()], [ast.Constant(0)])


def _editable(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that may be edited, in the order of the source: no types, texts, defaults, nor what only raises."""
    if isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Global):
        return
    yield node
    for field, value in ast.iter_fields(node):
        skipped = ("args",) if isinstance(node, ast.Lambda) else ("args", "decorator_list", "returns", "annotation")
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.AnnAssign | ast.ClassDef) and field in skipped:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not (isinstance(child, ast.stmt) and _is_text(child)):
                yield from _editable(child)


def _bound(root: ast.AST) -> Iterator[str]:
    """The local names: parameters first, then what is assigned."""
    for node in ast.walk(root):
        if isinstance(node, ast.arg):
            yield node.arg
    for node in ast.walk(root):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _parameters(function: ast.FunctionDef) -> list[str]:
    given = function.args
    return [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _lengths(root: ast.stmt) -> Iterator[ast.expr]:
    """How many there are of something: lengths of the parameters, and whole numbers that the function calls m or n."""
    for node in ast.walk(root):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id.lower() in ("m", "n", "size"):
            yield ast.Name(node.id, ast.Load())
    if isinstance(root, ast.FunctionDef):
        for name in _parameters(root)[:3]:
            yield call("len", ast.Name(name, ast.Load()))
            shape = ast.Attribute(ast.Name(name, ast.Load()), "shape", ast.Load())
            yield ast.Subscript(shape, ast.Constant(1), ast.Load())


def _sites(root: ast.stmt) -> Iterator[ast.expr]:
    """Where something may be missing: what is assigned or returned, terms, factors of a product, what is summed."""
    for node in _editable(root):
        match node:
            case ast.Assign(value=value) | ast.AugAssign(value=value) | ast.Return(value=value) if value is not None:
                yield from value.elts if isinstance(value, ast.Tuple) else [value]
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.MatMult(), right=right):
                yield from (side for side in (left, right) if not isinstance(side, LITERAL))
            case ast.Call(args=args):
                yield from (arg for arg in args if isinstance(arg, ast.BinOp | ast.Name | ast.Subscript))
            case ast.Lambda(body=body):
                yield body


def _others(names: Iterator[str] | Sequence[str], name: str) -> list[str]:
    return [other for other in dict.fromkeys(names) if other != name][:MOST_CHOICES]


def _distinct(nodes: Iterator[Any]) -> list[Any]:
    return list({ast.dump(node): node for node in nodes}.values())


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, LITERAL)


def _is_print(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and name_of(node) == "print" and len(node.args) == 1
