"""What a call may change: of a function of the notebook, of a library, of a method, or of nobody knows what."""

import ast
import builtins
from collections.abc import Iterable, Mapping, Sequence

from . import libraries
from .effects import BUILTINS, NAMESPACES, NEW, Function, Names, Trace, Value, parameter, parameters, union
from .names_bound import RANDOM_STATE, STAR

Arguments = Mapping[str, Value]  # by keyword; under "*" stands what may be any of a call's arguments


class Calls(Trace):
    """The calls of an abstract run."""

    def visit(self, node: ast.AST) -> Value:
        """Run a statement or an expression, and give the value of an expression."""
        raise NotImplementedError

    def visit_Call(self, node: ast.Call) -> Value:
        """Run a call: first what is handed over, then what is called."""
        positional = [self.visit(each) for each in node.args]
        named = {each.arg or "**": self.visit(each.value) for each in node.keywords}
        every = union([*positional, *named.values()])
        if any(isinstance(each, ast.Starred) for each in node.args) or "**" in named:
            positional, named = [], {"*": every.part}
        for name in every.all:
            self.own(self.notebook.functions(name), [], {"*": every.part})
        for handed in (*node.args, *(each.value for each in node.keywords)):
            self.handed_over(handed, every.part)
        return self.call(node.func, positional, named)

    def handed_over(self, function: ast.expr, every: Value) -> None:
        """A method or lambda that is an argument of a call may be called there, with whatever else is handed over."""
        match function:
            case ast.Attribute(attr=name) if name in libraries.CHANGES_CONTAINER or self.notebook.methods(name):
                self.method(function, [every], {}, every)
            case ast.Lambda():
                for name in parameters(function):
                    self.add(name, every)
                self.visit(function.body)

    def call(self, func: ast.expr, positional: Sequence[Value], named: Arguments) -> Value:
        """Run what is called, as far as it is known."""
        every = union([*positional, *named.values()])
        if path := self.path(func):
            return self.library(path, positional, named, every)
        match func:
            case ast.Attribute():
                return self.method(func, positional, named, every)
            case ast.Name(id=name) if name not in self.local:
                if functions := self.notebook.functions(name):
                    result = self.own(functions, positional, named)
                    return (
                        result | self.unknown(self.visit(func), every)
                        if any(map(self.is_wrapped, functions))
                        else result
                    )
                if classes := self.notebook.classes(name):
                    return self.instance(classes, positional, named, every)
                if name in BUILTINS and name not in self.notebook.bound:
                    return self.builtin(name, positional, every)
                return self.unknown(NEW if name in self.notebook.libraries else self.visit(func), every)
        return self.unknown(self.visit(func), every)

    def unknown(self, function: Value, every: Value) -> Value:
        """Nobody knows what is called: all that it can reach may be changed."""
        # What a parameter may do when it is called is looked at where a function is handed over for it.
        if not function.itself or not all(name.startswith(" ") for name in function.itself):
            self.changed |= function.all | every.all
            self.link(function, every)
        return (function | every).part

    def builtin(self, name: str, positional: Sequence[Value], every: Value) -> Value:
        """A builtin of Python."""
        if name in NAMESPACES:
            return every.part if positional else Value(frozenset({STAR}))
        if name == "exec":
            self.changed.add(STAR)
        if name in ("setattr", "delattr", "next", "anext") and positional:
            self.changed |= positional[0].itself
            self.link(positional[0], every)
            return positional[0].part
        if name == "super":
            return union(self.local.values())
        if name in libraries.PART_BUILTINS:
            return every.part
        return every.held if name in libraries.HOLDING_BUILTINS else NEW

    def library(self, path: str, positional: Sequence[Value], named: Arguments, every: Value) -> Value:
        """A function of a module."""
        top, last = path.partition(".")[0], path.rpartition(".")[2]
        if top == "random" or ".random" in path:
            self.changed.add(RANDOM_STATE)
        into = named.get("out", NEW)
        if top in ("numpy", "random"):
            results = libraries.result_position(last) or len(positional)
            into |= union(positional[:1] if last in libraries.CHANGES_FIRST else positional[results:])
        self.changed |= into.all
        if top in ("numpy", "random"):
            return into | (every.part if last in libraries.VIEWS or top == "random" else NEW)
        if top in libraries.HOLDS:
            return every.held
        if top in libraries.STATELESS or path.startswith("sys.std"):
            return NEW
        return self.unknown(NEW, every)

    def method(self, func: ast.Attribute, positional: Sequence[Value], named: Arguments, every: Value) -> Value:
        """A method; if the notebook's classes have one of that name, it may be any of these."""
        holder, name = self.visit(func.value), func.attr
        if positional and isinstance(func.value, ast.Name) and self.is_class(func.value.id):
            holder |= positional[0]  # list.append(items, 1)
        own = self.notebook.methods(name)
        result = self.own(own, [holder, *positional], named)
        if name in libraries.CHANGES_CONTAINER:
            self.changed |= holder.itself
            self.put_inside(func.value, holder, every)
            return result | holder.part
        if name in libraries.COPIES:
            return result | Value(frozenset(), holder.inside)
        if name in libraries.READS:
            return result | holder.part | every.held
        return result if own else self.unknown(holder, every)

    def is_wrapped(self, function: Function) -> bool:
        """Whether a decorator of the notebook's own has made something else of the function."""
        decorators = [] if isinstance(function, ast.Lambda) else function.decorator_list
        called = [each.func if isinstance(each, ast.Call) else each for each in decorators]
        return any(not self.path(each) and getattr(each, "id", "") not in BUILTINS for each in called)

    def is_class(self, name: str) -> bool:
        """Whether the name is a class's."""
        is_builtin = isinstance(getattr(builtins, name, None), type)
        return name not in self.local and (is_builtin or bool(self.notebook.classes(name)))

    def instance(
        self, classes: Sequence[ast.ClassDef], positional: Sequence[Value], named: Arguments, every: Value
    ) -> Value:
        """A new object; its class is a part of it if that has values of its own which methods could change."""
        made = NEW
        for each in classes:
            if any(map(_makes_something, each.body)):
                made |= Value(frozenset({each.name}))
            for name in ("__init__", "__new__", "__post_init__"):
                makers = self.notebook.methods(name)
                self.own([node for node in makers if each.bases or node in each.body], [made, *positional], named)
        return made | every.held

    def own(self, functions: Iterable[Function], positional: Sequence[Value], named: Arguments) -> Value:
        """A call of functions of the notebook, of which it may be any."""
        result = NEW
        for function in functions:
            effect = self.notebook.effect_of_call(function)
            given = _given(function, positional, named)
            self.changed |= _translated(effect.changed, given)
            self.links |= {_translated(link, given) for link in effect.links}
            itself, inside = effect.returned.itself, effect.returned.inside
            result |= Value(_translated(itself, given), _translated(inside, given))
        return result


def _makes_something(node: ast.stmt) -> bool:
    """Whether a statement of a class's body may give the class a value that can be changed."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    return value is not None and not isinstance(value, ast.Constant | ast.Tuple | ast.Name | ast.Lambda | ast.UnaryOp)


def _given(function: Function, positional: Sequence[Value], named: Arguments) -> dict[str, Value]:
    """What each parameter stands for in a call."""
    names = parameters(function)
    fixed = len(function.args.posonlyargs) + len(function.args.args)
    given = {name: named.get("*", NEW) | named.get(name, NEW) for name in names}
    for name, value in zip(names[:fixed], positional, strict=False):
        given[name] |= value
    if function.args.vararg:
        given[function.args.vararg.arg] |= union(positional[fixed:]).held
    if function.args.kwarg:
        given[function.args.kwarg.arg] |= union(named.values()).held
    return {parameter(name): value for name, value in given.items()}


def _translated(names: Names, given: Mapping[str, Value]) -> Names:
    """Names of a function's effect as names of its caller."""
    return frozenset(each for name in names for each in (given[name].all if name in given else (name,)))
