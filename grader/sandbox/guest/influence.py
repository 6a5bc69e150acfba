"""On which statements of a function its result depends, as far as names tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator

Controls = tuple[ast.stmt, ...]
BODIES = ("body", "orelse", "finalbody", "handlers")


def influential(root: ast.stmt) -> list[ast.stmt]:
    """The statements of a function or class that what is returned depends on; of others, the statement itself."""
    if not isinstance(root, ast.FunctionDef | ast.ClassDef):
        return [root]
    statements = list(_within(root.body, ()))
    # From what is returned back to everything that binds a name which is needed, and to the conditions and loops around
    # it, until nothing more is needed. Names are not told apart by where they are bound, so this is rather too much.
    needed: set[str] = set()
    chosen: dict[int, ast.stmt] = {}
    is_open = True
    while is_open:
        is_open = False
        for statement, controls in statements:
            if id(statement) not in chosen and (_is_result(statement) or needed.intersection(_bound_by(statement))):
                is_open = True
                for each in (statement, *controls):
                    chosen[id(each)] = each
                    needed |= _read_by(each)
    return [statement for statement, _ in statements if id(statement) in chosen]


def is_plain(statement: ast.stmt) -> bool:
    """Whether a statement only gives a name to what is there already: nothing in it is computed."""
    value = statement.value if isinstance(statement, ast.Assign) else None
    parts = (ast.Name, ast.Constant, ast.Subscript, ast.Attribute, ast.Tuple, ast.expr_context)
    return value is not None and all(isinstance(node, parts) for node in ast.walk(value))


def _within(body: list[ast.stmt], controls: Controls) -> Iterator[tuple[ast.stmt, Controls]]:
    for statement in body:
        yield statement, controls
        for field in ("body", "orelse", "finalbody"):
            yield from _within(getattr(statement, field, []), (*controls, statement))
        for handler in getattr(statement, "handlers", []):
            yield from _within(handler.body, (*controls, statement))


def _is_result(statement: ast.stmt) -> bool:
    """What ends the function or a loop, or gives a value away."""
    if isinstance(statement, ast.Return | ast.Break | ast.Continue | ast.Global | ast.Nonlocal):
        return True
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Yield | ast.YieldFrom)


def _bound_by(statement: ast.stmt) -> set[str]:
    """The names whose values a statement may change: those that it assigns to, and all that a bare call is given."""
    match statement:
        case ast.Assign(targets=targets):
            return {name for target in targets for name in _roots(target)}
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            return set(_roots(target))
        case ast.With(items=items):
            return {name for item in items if item.optional_vars for name in _roots(item.optional_vars)}
        case ast.Expr(value=ast.Call() as call):
            return {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
    return set()


def _roots(target: ast.expr) -> Iterator[str]:
    """`a, b[0].c` assigns to a and b."""
    if isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _roots(element)
    while isinstance(target, ast.Subscript | ast.Attribute | ast.Starred):
        target = target.value
    if isinstance(target, ast.Name):
        yield target.id


def _read_by(statement: ast.stmt) -> set[str]:
    """The names that a statement reads itself; of one with a body, what stands before it."""
    own = [value for field, value in ast.iter_fields(statement) if field not in BODIES]
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        own = [statement.body]
    nodes = (each for value in own for each in (value if isinstance(value, list) else [value]))
    trees = [node for node in nodes if isinstance(node, ast.AST)]
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
