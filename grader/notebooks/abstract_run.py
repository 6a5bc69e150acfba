"""An abstract run of a statement: each expression is worth the names whose values it may be, or hold.

Wherever nothing is known, a value is taken to be changed.
"""

import ast
from collections.abc import Iterable, Iterator

from .calls import Calls
from .effects import BUILTINS, NEW, Effect, Function, Notebook, Value, parameter, parameters, union


def effect_of_statement(statement: ast.stmt, notebook: Notebook) -> Effect:
    """What a statement of the top level may change."""
    run = _Run(notebook)
    run.visit(statement)
    return run.effect


def effect_of_body(function: Function, notebook: Notebook) -> Effect:
    """What one call of the function may change."""
    given = {name: Value(frozenset({parameter(name)})) for name in parameters(function)}
    globally = frozenset(name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names)
    own = {name: NEW for node in ast.walk(function) for name in _bound_by(node) if name not in globally}
    run = _Run(notebook, own | given, globally)
    # What a name may be is only added to, in whatever order the statements come; so until nothing new is added.
    before = None
    while before != run.local:
        before = dict(run.local)
        run.body(function)
    return run.effect


def _bound_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(ctx=ast.Store() | ast.Del()):
            yield node.id
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.Import() | ast.ImportFrom():
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)


class _Run(Calls, ast.NodeVisitor):
    """Visits statements and expressions; only what binds, reads, changes or calls is more than its parts."""

    def visit(self, node: ast.AST) -> Value:
        value: Value = ast.NodeVisitor.visit(self, node)
        return value

    def body(self, function: Function) -> None:
        if isinstance(function, ast.Lambda):
            self.returned |= self.visit(function.body)
        else:
            self.each(function.body)

    def each(self, nodes: Iterable[ast.AST | None]) -> Value:
        return union([self.visit(node) for node in nodes if node])

    def generic_visit(self, node: ast.AST) -> Value:
        self.each(ast.iter_child_nodes(node))
        return NEW

    def visit_Name(self, node: ast.Name) -> Value:
        if node.id in self.local:
            return self.local[node.id]
        is_builtin = node.id in BUILTINS and node.id not in self.notebook.bound
        return NEW if is_builtin or node.id in self.notebook.inert else Value(frozenset({node.id}))

    def visit_Attribute(self, node: ast.Attribute) -> Value:
        return NEW if self.path(node) else self.visit(node.value).part

    def visit_Subscript(self, node: ast.Subscript) -> Value:
        self.visit(node.slice)
        return self.visit(node.value).part

    def bind(self, target: ast.expr, value: Value) -> None:
        match target:
            case ast.Name() if target.id in self.local or (self.is_inner and target.id not in self.globally):
                self.add(target.id, value)
            case ast.Name():
                if self.is_inner:
                    self.changed.add(target.id)
                self.link(Value(frozenset({target.id})), value)
            case ast.Tuple() | ast.List():
                for each in target.elts:
                    self.bind(each, value.part)
            case ast.Starred():
                self.bind(target.value, value)
            case ast.Attribute() | ast.Subscript():
                holder = self.visit(target.value)
                self.changed |= holder.itself
                self.put_inside(target.value, holder, value)

    # Statements

    def visit_Assign(self, node: ast.Assign) -> Value:
        for target in node.targets:
            match target, node.value:
                case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
                    for each, value in zip(targets, map(self.visit, values), strict=True):
                        self.bind(each, value)
                case _:
                    self.bind(target, self.visit(node.value))
        return NEW

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Value:
        if node.value:
            self.bind(node.target, self.visit(node.value))
        return NEW

    def visit_AugAssign(self, node: ast.AugAssign) -> Value:
        self.visit(node.value)
        self.changed |= self.visit(node.target).itself  # an array is changed in place
        if isinstance(node.target, ast.Name):
            self.bind(node.target, NEW)
        return NEW

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Value:
        value = self.visit(node.value)
        self.bind(node.target, value)
        return value

    def visit_For(self, node: ast.For | ast.AsyncFor) -> Value:
        self.bind(node.target, self.visit(node.iter).part)
        return self.each([*node.body, *node.orelse])

    visit_AsyncFor = visit_For

    def visit_withitem(self, node: ast.withitem) -> Value:
        value = self.visit(node.context_expr)
        if node.optional_vars:
            self.bind(node.optional_vars, value)
        return NEW

    def visit_Delete(self, node: ast.Delete) -> Value:
        for target in node.targets:
            if isinstance(target, ast.Attribute | ast.Subscript):
                self.changed |= self.visit(target.value).itself
        return NEW

    def visit_Return(self, node: ast.Return) -> Value:
        self.returned |= self.each([node.value])
        return NEW

    def visit_Yield(self, node: ast.Yield | ast.YieldFrom) -> Value:
        self.returned |= self.each([node.value]).held
        return NEW

    visit_YieldFrom = visit_Yield

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Value:
        """Decorators and defaults; a function in a function is run as if it were called there."""
        self.each([*node.args.defaults, *node.args.kw_defaults])
        if self.is_inner:
            for name in parameters(node):
                self.add(name, NEW)
            self.body(node)
            self.add(node.name, self.reached_by(node))
        return self.decorated(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> Value:
        self.each([*node.bases, *node.keywords])
        inner = _Run(self.notebook, dict(self.local))
        inner.each(part for part in node.body if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef))
        self.changed |= inner.changed
        return self.decorated(node)

    def decorated(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Value:
        made = self.local.get(node.name) or Value(frozenset({node.name}))
        for decorator in node.decorator_list:
            self.visit(decorator)
            self.link(made, self.call(decorator.func if isinstance(decorator, ast.Call) else decorator, [made], {}))
        return NEW

    # Expressions

    def visit_Starred(self, node: ast.Starred | ast.Await) -> Value:
        return self.visit(node.value)

    visit_Await = visit_Starred

    def visit_IfExp(self, node: ast.IfExp) -> Value:
        self.visit(node.test)
        return self.each([node.body, node.orelse])

    def visit_BoolOp(self, node: ast.BoolOp) -> Value:
        return self.each(node.values)

    def visit_BinOp(self, node: ast.BinOp) -> Value:
        return Value(frozenset(), self.each([node.left, node.right]).inside)  # the sum of two lists

    def visit_Tuple(self, node: ast.Tuple | ast.List | ast.Set) -> Value:
        return self.each(node.elts).held

    visit_List = visit_Set = visit_Tuple

    def visit_Dict(self, node: ast.Dict) -> Value:
        return self.each([*node.keys, *node.values]).held

    def visit_comprehension(self, node: ast.comprehension) -> Value:
        entry = self.visit(node.iter).part
        for name in (each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)):
            self.add(name, entry)
        return self.each(node.ifs)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
        self.each(node.generators)
        return self.each([node.elt]).held

    visit_SetComp = visit_GeneratorExp = visit_ListComp

    def visit_DictComp(self, node: ast.DictComp) -> Value:
        self.each(node.generators)
        return self.each([node.key, node.value]).held

    def visit_Lambda(self, node: ast.Lambda) -> Value:
        for name in parameters(node):
            self.add(name, NEW)
        self.each([*node.args.defaults, *node.args.kw_defaults, node.body])
        return self.reached_by(node)

    def reached_by(self, function: Function) -> Value:
        """A function holds whatever it can reach when it is called."""
        return union(self.visit(each) for each in ast.walk(function) if isinstance(each, ast.Name)).held
