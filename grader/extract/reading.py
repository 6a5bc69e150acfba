"""Which names of the notebook's top level a statement reads: as it runs, and when a function made by it is called."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from .binding import BLOCKS, CHANGES, RANDOM_STATE, direct_bindings

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_WITH_BODIES = (*BLOCKS, ast.ClassDef)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Reads:
    """Names read while the statement runs, and names read by the bodies of the functions that it makes."""

    now: frozenset[str]
    later: frozenset[str]


@dataclass(slots=True, eq=False)
class _Scope:
    """A function's, class's or comprehension's own names; `parent` is where its other names are looked up."""

    parent: "_Scope | None"
    deferred: bool  # runs on a call, not where it stands
    is_class: bool = False
    is_comprehension: bool = False
    bound: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    outer: set[str] = field(default_factory=set)  # declared global
    nonlocals: set[str] = field(default_factory=set)


def reads(statement: ast.stmt) -> Reads:
    """Names that the statement takes from the top level; those that a block or class binds first are its own."""
    now: set[str] = set()
    later: set[str] = set()
    pending: list[tuple[list[ast.stmt], set[str]]] = [([statement], set())]
    while pending:
        statements, bound = pending.pop()
        for node in statements:
            for part in _headers(node) if isinstance(node, _WITH_BODIES) else [node]:
                found = _reads(part)
                now |= found.now - bound
                later |= found.later
            bound |= {one.name for one in direct_bindings(node) if one.kind not in ("deleted", *CHANGES)}
            pending += [(body, set(bound)) for body in _bodies(node)]
    return Reads(frozenset(now), frozenset(later))


def _headers(block: ast.stmt) -> Iterator[ast.AST]:
    """What a compound statement evaluates outside of its bodies."""
    for child in ast.iter_child_nodes(block):
        if isinstance(child, ast.ExceptHandler):
            yield from [child.type] if child.type else []
        elif isinstance(child, ast.match_case):
            yield from [child.pattern, child.guard] if child.guard else [child.pattern]
        elif not isinstance(child, ast.stmt):
            yield child


def _bodies(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a compound statement."""
    if isinstance(node, _WITH_BODIES):
        yield from (getattr(node, field) for field in ("body", "orelse", "finalbody") if hasattr(node, field))
        yield from (part.body for field in ("handlers", "cases") for part in getattr(node, field, ()))


def _reads(part: ast.AST) -> Reads:
    """What a statement or expression takes from the top level, found by the language's scoping rules."""
    top = _Scope(None, deferred=False)
    scopes = _scan(part, top)
    later: set[str] = set()
    for scope in reversed(scopes):  # inner ones first
        own = scope.bound - scope.outer - scope.nonlocals
        home = _lookup_scope(scope)
        free, escaping = scope.reads - own - scope.outer, scope.reads & scope.outer
        home.reads |= free if home is not top or not scope.deferred else set()
        later |= free if home is top and scope.deferred else set()
        (later if scope.deferred else top.reads).update(escaping)
    return Reads(frozenset(top.reads), frozenset(later))


def _lookup_scope(scope: _Scope) -> _Scope:
    """Where the names are found that a scope does not bind: a class's own names are not seen by its methods."""
    parent = scope.parent or scope
    while parent.is_class and parent.parent:
        parent = parent.parent
    return parent


def _scan(part: ast.AST, top: _Scope) -> list[_Scope]:
    """Fill in the scopes that open in it, without recursion, which a chain of a thousand `+` would exhaust."""
    scopes: list[_Scope] = []
    stack: list[tuple[ast.AST, _Scope]] = [(part, top)]
    while stack:
        node, scope = stack.pop()
        if isinstance(node, ast.Name):
            _note_name(node, scope)
        elif isinstance(node, _FUNCTIONS):
            inner = _Scope(scope, deferred=True)
            scopes.append(inner)
            stack += _open_function(node, scope, inner)
        elif isinstance(node, ast.ClassDef):
            inner = _Scope(scope, scope.deferred, is_class=True)
            scopes.append(inner)
            stack += _open_class(node, scope, inner)
        elif isinstance(node, _COMPREHENSIONS):
            inner = _Scope(scope, scope.deferred, is_comprehension=True)
            scopes.append(inner)
            stack += _open_comprehension(node, scope, inner)
        else:
            _note_binding(node, scope)
            stack += [(child, scope) for child in ast.iter_child_nodes(node)]
    return scopes


def _note_name(node: ast.Name, scope: _Scope) -> None:
    if not isinstance(node.ctx, ast.Load):
        scope.bound.add(node.id)
    if not isinstance(node.ctx, ast.Store):
        scope.reads.add(node.id)
    if node.id == "random":
        scope.reads.add(RANDOM_STATE)


def _note_binding(node: ast.AST, scope: _Scope) -> None:
    """What a node other than a name and a scope says about names."""
    if isinstance(node, ast.Attribute):
        if node.attr == "random":
            scope.reads.add(RANDOM_STATE)
    elif isinstance(node, ast.AugAssign):
        if isinstance(node.target, ast.Name):
            scope.reads.add(node.target.id)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        scope.bound.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.Global):
        scope.outer.update(node.names)
    elif isinstance(node, ast.Nonlocal):
        scope.nonlocals.update(node.names)
    elif isinstance(node, ast.NamedExpr):
        _out_of_comprehensions(scope).bound.add(node.target.id)
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar | ast.MatchMapping):
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        scope.bound.update([name] if name else [])


def _out_of_comprehensions(scope: _Scope) -> _Scope:
    while scope.is_comprehension and scope.parent:
        scope = scope.parent
    return scope


_Work = Iterator[tuple[ast.AST, _Scope]]


def _open_function(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: _Scope, inner: _Scope) -> _Work:
    """Decorators, defaults and annotations are read outside, the body inside."""
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    present = [argument for argument in named if argument]
    inner.bound.update(argument.arg for argument in present)
    outside: list[ast.AST | None] = [*arguments.defaults, *arguments.kw_defaults]
    outside += [argument.annotation for argument in present]
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
    if not isinstance(node, ast.Lambda):
        scope.bound.add(node.name)
        outside += [*node.decorator_list, node.returns, *getattr(node, "type_params", ())]
    yield from ((child, scope) for child in outside if child)
    yield from ((child, inner) for child in body)


def _open_class(node: ast.ClassDef, scope: _Scope, inner: _Scope) -> _Work:
    scope.bound.add(node.name)
    yield from (
        (child, scope)
        for child in [*node.bases, *node.keywords, *node.decorator_list, *getattr(node, "type_params", ())]
    )
    yield from ((child, inner) for child in node.body)


def _open_comprehension(node: ast.AST, scope: _Scope, inner: _Scope) -> _Work:
    """The first iterable is read outside of the comprehension, all else inside."""
    first, *_ = generators = node.generators  # type: ignore[attr-defined]
    yield first.iter, scope
    yield from ((child, inner) for child in [first.target, *first.ifs, *generators[1:]])
    elements = (getattr(node, name, None) for name in ("elt", "key", "value"))
    yield from ((child, inner) for child in elements if child)
