"""What a top-level statement binds, by the language's own rules."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RANDOM_STATE = "the random state"
"""Stands among the names for what `np.random.seed(1)` sets; no real name holds a space."""

STAR = "*"
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
CHANGED = "changed"
UNBINDING = ("deleted", CHANGED)
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
_NESTING = ("body", "handlers", "cases", "orelse", "finalbody")


@dataclass(frozen=True, slots=True)
class Bound:
    """A name, what binds it, and how.

    kind: "function", "class", "import", "value", "deleted"; or "changed", if a part of what it is bound to is assigned.
    """

    name: str
    kind: str
    node: ast.stmt
    stub: bool = False


def bindings(statement: ast.stmt, walrus: bool = True) -> Iterator[Bound]:
    """What the statement and the blocks in it bind, in source order; a star import binds STAR.

    walrus: whether there can be a := in it, the one binding that only a walk through every expression finds.
    """
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield from direct_bindings(node)
        if not isinstance(node, DEFINITIONS):
            stack += [child for field in reversed(_NESTING) for child in reversed(getattr(node, field, ()))]
        if isinstance(node, ast.match_case):
            yield from (Bound(name, "value", statement) for name in _captured(node.pattern))
    if walrus:
        yield from (Bound(name, "value", statement) for name in _walrus_names(statement))


def direct_bindings(node: ast.stmt) -> Iterator[Bound]:
    """What the statement itself binds, without the blocks in it."""
    if isinstance(node, DEFINITIONS):
        yield Bound(node.name, "class" if isinstance(node, ast.ClassDef) else "function", node, is_stub(node))
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (Bound(_imported(alias, node), "import", node) for alias in node.names)
    elif isinstance(node, ast.Delete):
        yield from (_by_target(target, node, "deleted") for target in _flat(node.targets))
    elif isinstance(node, ast.Expr):
        yield from _seed(node)
    else:
        kind = "function" if isinstance(getattr(node, "value", None), ast.Lambda) else "value"
        stub = kind == "function" and _is_none(node.value.body)  # type: ignore[attr-defined]
        yield from (_by_target(target, node, kind, stub) for target in _flat(_targets(node)))


def _imported(alias: ast.alias, node: ast.Import | ast.ImportFrom) -> str:
    return alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)


def _targets(node: ast.stmt) -> Iterable[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.With | ast.AsyncWith):
        return [item.optional_vars for item in node.items if item.optional_vars]
    if isinstance(node, ast.AnnAssign):
        return [node.target] if node.value else []
    if isinstance(node, ast.AugAssign | ast.For | ast.AsyncFor):
        return [node.target]
    return [node.name] if type(node).__name__ == "TypeAlias" else []  # type: ignore[attr-defined]  # since Python 3.12


def _flat(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """The targets with tuples, lists and stars taken apart."""
    stack = list(targets)[::-1]
    while stack:
        target = stack.pop()
        if isinstance(target, ast.Tuple | ast.List):
            stack += reversed(target.elts)
        elif isinstance(target, ast.Starred):
            stack.append(target.value)
        else:
            yield target


def _by_target(target: ast.expr, node: ast.stmt, kind: str, stub: bool = False) -> Bound:
    """`x = …` binds x; `x[0] = …` and `x.y = …` change it."""
    if isinstance(target, ast.Name):
        return Bound(target.id, kind, node, stub)
    return Bound(root(target), CHANGED, node)


def root(expression: ast.expr) -> str:
    """The name at the left end of `name.a[0].b`, "" if there is none."""
    while isinstance(expression, ast.Attribute | ast.Subscript):
        expression = expression.value
    return expression.id if isinstance(expression, ast.Name) else ""


def _seed(node: ast.Expr) -> Iterator[Bound]:
    if isinstance(node.value, ast.Call) and getattr(node.value.func, "attr", "") == "seed":
        yield Bound(RANDOM_STATE, "value", node)


def _captured(pattern: ast.pattern) -> Iterator[str]:
    for node in ast.walk(pattern):
        name = getattr(node, "rest", None) if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
        if isinstance(name, str):
            yield name


def _walrus_names(statement: ast.stmt) -> Iterator[str]:
    """Names bound by := outside of any function; inside a comprehension it binds outside of it."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.NamedExpr):
            yield node.target.id
        if not isinstance(node, (*DEFINITIONS, ast.Lambda)):
            stack += ast.iter_child_nodes(node)


def is_stub(node: Definition) -> bool:
    """Whether a function's body, its docstring aside, only passes, returns None or raises NotImplementedError."""
    return not isinstance(node, ast.ClassDef) and all(map(_does_nothing, node.body))


def _does_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    if isinstance(node, ast.Return):
        return node.value is None or _is_none(node.value)
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
