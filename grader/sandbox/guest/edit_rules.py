"""What is exchanged for something else, or left out, by the kind of syntax: the rules of the catalogue of edits."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any


class EditKind(StrEnum):
    """What an edit changes."""

    OPERATOR = "operator"
    SIGN = "sign"
    COMPARISON = "comparison"
    AXIS = "axis"
    KEEPDIMS = "keepdims"
    PRODUCT = "product"
    FUNCTION = "function"
    FACTOR = "factor"
    CONSTANT = "constant"
    BOUNDS = "bounds"
    INDEX = "index"
    NAME = "name"
    KEY = "key"
    ORDER = "order"
    SURPLUS = "surplus"
    MISSING = "missing"
    RETURN = "return"
    STATEMENT = "statement"


Changes = Iterator[tuple[EditKind, Any]]

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
REDUCERS = frozenset({"sum", "mean", "max", "min", "argmax", "argmin", "std", "var", "prod", "cumsum", "any", "all"})
TAKE_AXES = REDUCERS | {"concatenate", "stack", "sort", "argsort", "norm", "diff", "take", "append", "median"}
# Functions that are taken for each other.
GROUPS = (
    ("sum", "mean", "max", "min", "prod"),
    ("argmax", "argmin"),
    ("maximum", "minimum"),
    ("std", "var"),
    ("any", "all"),
    ("exp", "log", "log2", "log10", "log1p", "expm1"),
    ("sin", "cos", "tan"),
    ("sinh", "cosh", "tanh"),
    ("sqrt", "square", "abs"),
    ("dot", "outer", "multiply", "matmul", "inner"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like", "empty_like"),
    ("floor", "ceil", "round", "trunc"),
    ("vstack", "hstack", "column_stack"),
    ("add", "subtract", "divide"),
    ("append", "extend"),
)
LITERAL = (ast.Constant, ast.JoinedStr)


def _operator(node: ast.BinOp) -> Changes:
    for other in ARITHMETIC:
        if not isinstance(node.op, other):
            yield EditKind.OPERATOR, changed(node, op=other())
    if not isinstance(node.op, ast.Add | ast.Mult):
        yield EditKind.ORDER, changed(node, left=node.right, right=node.left)


def _one_operand(node: ast.BinOp) -> Changes:
    yield EditKind.SURPLUS, node.left
    yield EditKind.SURPLUS, node.right


def _matrix_product(node: ast.BinOp) -> Changes:
    """Either factor transposed or not, in either order."""
    if isinstance(node.op, ast.MatMult):
        for left, right in _transposed_pairs(node.left, node.right):
            yield EditKind.PRODUCT, changed(node, left=left, right=right)


def _negated(node: ast.UnaryOp) -> Changes:
    yield EditKind.SIGN, node.operand


def _comparison(node: ast.Compare) -> Changes:
    for i, operator in enumerate(node.ops):
        for other in COMPARISONS:
            if isinstance(operator, COMPARISONS) and not isinstance(operator, other):
                yield EditKind.COMPARISON, changed(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def _junction(node: ast.BoolOp) -> Changes:
    yield EditKind.COMPARISON, changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _branches(node: ast.IfExp) -> Changes:
    yield EditKind.COMPARISON, changed(node, body=node.orelse, orelse=node.body)


def _condition(node: ast.If | ast.While) -> Changes:
    yield EditKind.COMPARISON, [changed(node, test=ast.UnaryOp(ast.Not(), node.test))]


def _number(node: ast.Constant) -> Changes:
    value = node.value
    if isinstance(value, bool):
        others: Sequence[bool | float] = (not value,)
    elif isinstance(value, int):
        others = (value + 1, value - 1, -value, 0, 1, 2)
    elif isinstance(value, float):
        others = (-value, 1 - value, value + 1, 2 * value, value / 2, 10 * value, value / 10, 0.0, 1.0)
    else:
        return
    for other in dict.fromkeys(others):
        if other != value:
            yield EditKind.CONSTANT, ast.Constant(other)


def _transpose(node: ast.Attribute) -> Changes:
    if node.attr == "T":
        yield EditKind.PRODUCT, node.value


def _arguments(node: ast.Call) -> Changes:
    if any(isinstance(arg, ast.Starred) for arg in node.args):
        return
    for i in range(len(node.args) - 1):
        args = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        yield EditKind.ORDER, changed(node, args=args)
    if name_of(node) in ("dot", "matmul") and len(node.args) == 2:
        for left, right in _transposed_pairs(*node.args):
            yield EditKind.PRODUCT, changed(node, args=[left, right])


def _other_function(node: ast.Call) -> Changes:
    name = name_of(node)
    for group in GROUPS:
        for other in group if name in group else ():
            if other != name:
                func: ast.expr = ast.Name(other, ast.Load())
                if isinstance(node.func, ast.Attribute):
                    func = changed(node.func, attr=other)
                yield EditKind.FUNCTION, changed(node, func=func)


def _without_function(node: ast.Call) -> Changes:
    """`np.exp(z)` becomes `z`, `z.sum()` becomes `z`, `np.maximum(0, z)` becomes `z`."""
    for argument in node.args if len(node.args) <= 2 else ():
        if not isinstance(argument, (ast.Starred, *LITERAL)):
            yield EditKind.SURPLUS, argument
    if isinstance(node.func, ast.Attribute) and not node.args:
        yield EditKind.SURPLUS, node.func.value


def _axes(node: ast.Call) -> Changes:
    """Another axis, none, or one where there is none."""
    if name_of(node) not in TAKE_AXES:
        return
    without = [keyword for keyword in node.keywords if keyword.arg != "axis"]
    given = [keyword.value for keyword in node.keywords if keyword.arg == "axis"]
    if given:
        yield EditKind.AXIS, changed(node, keywords=without)
    for axis in (0, 1, -1):
        if not (given and isinstance(given[0], ast.Constant) and given[0].value == axis):
            yield EditKind.AXIS, changed(node, keywords=[*without, ast.keyword("axis", ast.Constant(axis))])


def _keepdims(node: ast.Call) -> Changes:
    if name_of(node) in REDUCERS:
        without = [keyword for keyword in node.keywords if keyword.arg != "keepdims"]
        if len(without) < len(node.keywords):
            yield EditKind.KEEPDIMS, changed(node, keywords=without)
        yield EditKind.KEEPDIMS, changed(node, keywords=[*without, ast.keyword("keepdims", ast.Constant(True))])


def _range(node: ast.Call) -> Changes:
    """One more or one less at either end, and the other way round."""
    if not (isinstance(node.func, ast.Name) and node.func.id == "range"):
        return
    for i, bound in enumerate(node.args[:2]):
        for operator in (ast.Add(), ast.Sub()):
            moved = ast.BinOp(bound, operator, ast.Constant(1))
            yield EditKind.BOUNDS, changed(node, args=[*node.args[:i], moved, *node.args[i + 1 :]])
    if len(node.args) == 1:
        yield EditKind.BOUNDS, changed(node, args=[ast.Constant(1), *node.args])
    yield EditKind.BOUNDS, call("reversed", node)


def _index(node: ast.Subscript) -> Changes:
    """A neighbour, the first or the last, or the two indices exchanged."""
    if not isinstance(node.ctx, ast.Load):
        return
    if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
        yield EditKind.INDEX, changed(node, slice=changed(node.slice, elts=node.slice.elts[::-1]))
    elif not isinstance(node.slice, ast.Slice | ast.Constant | ast.Tuple | ast.UnaryOp):
        for operator in (ast.Add(), ast.Sub()):
            yield EditKind.INDEX, changed(node, slice=ast.BinOp(node.slice, operator, ast.Constant(1)))
        yield EditKind.INDEX, changed(node, slice=ast.Constant(0))
        yield EditKind.INDEX, changed(node, slice=ast.Constant(-1))
    yield EditKind.SURPLUS, node.value


def _slice(node: ast.Slice) -> Changes:
    for bound in ("lower", "upper"):
        end = getattr(node, bound)
        if end is not None:
            yield EditKind.BOUNDS, changed(node, **{bound: None})
            for operator in (ast.Add(), ast.Sub()):
                yield EditKind.BOUNDS, changed(node, **{bound: ast.BinOp(end, operator, ast.Constant(1))})
    if node.step is not None:
        yield EditKind.BOUNDS, changed(node, step=None)


def _elements(node: ast.Tuple | ast.List) -> Changes:
    """Two neighbours exchanged."""
    if isinstance(node.ctx, ast.Load):
        for i in range(len(node.elts) - 1):
            elements = [*node.elts[:i], node.elts[i + 1], node.elts[i], *node.elts[i + 2 :]]
            yield EditKind.ORDER, changed(node, elts=elements)


def _assignment(node: ast.Assign) -> Changes:
    """Targets in the other order, and what adds up where it replaces."""
    target = node.targets[0]
    if isinstance(target, ast.Tuple):
        for i in range(len(target.elts) - 1):
            elements = [*target.elts[:i], target.elts[i + 1], target.elts[i], *target.elts[i + 2 :]]
            yield EditKind.ORDER, [changed(node, targets=[changed(target, elts=elements)])]
    elif isinstance(target, ast.Name | ast.Subscript) and not isinstance(node.value, LITERAL):
        yield EditKind.OPERATOR, [ast.AugAssign(target, ast.Add(), node.value)]


def _accumulation(node: ast.AugAssign) -> Changes:
    for other in (ast.Add, ast.Sub, ast.Mult, ast.Div):
        if not isinstance(node.op, other):
            yield EditKind.OPERATOR, [changed(node, op=other())]
    yield EditKind.OPERATOR, [ast.Assign([node.target], node.value)]


RULES: Mapping[type[ast.AST], tuple[Callable[[Any], Changes], ...]] = {
    ast.BinOp: (_operator, _one_operand, _matrix_product),
    ast.UnaryOp: (_negated,),
    ast.Compare: (_comparison,),
    ast.BoolOp: (_junction,),
    ast.IfExp: (_branches,),
    ast.If: (_condition,),
    ast.While: (_condition,),
    ast.Constant: (_number,),
    ast.Attribute: (_transpose,),
    ast.Call: (_arguments, _other_function, _without_function, _axes, _keepdims, _range),
    ast.Subscript: (_index,),
    ast.Slice: (_slice,),
    ast.Tuple: (_elements,),
    ast.List: (_elements,),
    ast.Assign: (_assignment,),
    ast.AugAssign: (_accumulation,),
}


def _transposed_pairs(left: ast.expr, right: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    for one, other in ((left, right), (right, left)):
        for first in (one, _turned(one)):
            for second in (other, _turned(other)):
                if (first, second) not in ((left, right), (right, left)):
                    yield first, second


def _turned(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def name_of(node: ast.Call) -> str:
    """What is called: `sum` for `np.sum(x)` and for `x.sum()`."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def call(name: str, argument: ast.expr) -> ast.Call:
    """The call of a function with one argument."""
    return ast.Call(ast.Name(name, ast.Load()), [argument], [])


def changed(node: ast.AST, **fields: object) -> Any:
    """The node with some fields changed; it shares the others."""
    return type(node)(**({name: getattr(node, name, None) for name in node._fields} | fields))
