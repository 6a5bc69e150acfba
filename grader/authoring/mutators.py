"""The small slips that are tried on a reference: for a piece of its syntax, what could stand there instead.

Pure syntax: nothing is compiled or run here, and the tree that is looked at stays as it is.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

Alternatives = Iterator[ast.AST]

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
NAMESAKES = {
    one: other
    for pair in (
        ("max", "min"),
        ("maximum", "minimum"),
        ("argmax", "argmin"),
        ("sum", "mean"),
        ("sum", "max"),
        ("zeros_like", "ones_like"),
        ("zeros", "ones"),
        ("sin", "cos"),
        ("exp", "log"),
        ("any", "all"),
        ("outer", "inner"),
        ("floor", "ceil"),
    )
    for one, other in (pair, pair[::-1])
} | {"mean": "sum", "sum": "mean", "max": "min"}
BOUNDS = ("max", "min", "maximum", "minimum", "logaddexp", "hypot")
ONE_OPERAND_LEFT = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.MatMult)
ORDER_MATTERS = (ast.Div, ast.Pow, ast.MatMult, ast.FloorDiv, ast.Mod)


def alternatives(node: ast.AST) -> Alternatives:
    """What could stand in the place of a node by a slip; each a tree of its own that shares nothing with it."""
    for kind, slips in SLIPS.items():
        if isinstance(node, kind):
            for slip in slips:
                yield from (copy.deepcopy(changed) for changed in slip(node))


def _other_operator(node: ast.BinOp) -> Alternatives:
    if type(node.op) in OPERATORS:
        yield _with(node, op=OPERATORS[type(node.op)]())


def _dropped_term(node: ast.BinOp) -> Alternatives:
    if isinstance(node.op, ONE_OPERAND_LEFT):
        yield node.left
        yield node.right


def _swapped_operands(node: ast.BinOp) -> Alternatives:
    if isinstance(node.op, ORDER_MATTERS):
        yield _with(node, left=node.right, right=node.left)


def _transposed_operand(node: ast.BinOp) -> Alternatives:
    if isinstance(node.op, ast.MatMult):
        for side in ("left", "right"):
            operand = getattr(node, side)
            if not _is_transpose(operand):
                yield _with(node, **{side: ast.Attribute(operand, "T", ast.Load())})


def _without_sign(node: ast.UnaryOp) -> Alternatives:
    if isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield node.operand


def _other_comparison(node: ast.Compare) -> Alternatives:
    for i, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield _with(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def _other_junction(node: ast.BoolOp) -> Alternatives:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _one_branch(node: ast.IfExp) -> Alternatives:
    yield node.body
    yield node.orelse


def _negated_test(node: ast.If | ast.While) -> Alternatives:
    yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _other_number(node: ast.Constant) -> Alternatives:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node.value, float):
        yield ast.Constant(node.value + 1.0)
        yield ast.Constant(2.0 * node.value if node.value else -1.0)


def _without_transpose(node: ast.Attribute) -> Alternatives:
    if _is_transpose(node):
        yield node.value


def _other_function(node: ast.Attribute | ast.Name) -> Alternatives:
    if isinstance(node, ast.Attribute) and node.attr in NAMESAKES:
        yield _with(node, attr=NAMESAKES[node.attr])
    if isinstance(node, ast.Name) and node.id in ("max", "min", "any", "all"):
        yield _with(node, id=NAMESAKES[node.id])


def _swapped_arguments(node: ast.Call) -> Alternatives:
    for i in range(len(node.args) - 1):
        one, other = node.args[i : i + 2]
        if not isinstance(one, ast.Starred) and not isinstance(other, ast.Starred):
            yield _with(node, args=[*node.args[:i], other, one, *node.args[i + 2 :]])


def _argument_alone(node: ast.Call) -> Alternatives:
    """The function is forgotten: σ(z) becomes z, z.sum() becomes z."""
    if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    elif not node.args and isinstance(node.func, ast.Attribute):
        yield node.func.value


def _one_of_several(node: ast.Call) -> Alternatives:
    """A bound is forgotten: max(0, z) becomes z."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in BOUNDS and len(node.args) == 2:
        yield from node.args


def _ignored_argument(node: ast.Call) -> Alternatives:
    """What is given makes no difference: 0 stands in its place."""
    for i, argument in enumerate(node.args):
        if isinstance(argument, ast.Name):
            yield _with(node, args=[*node.args[:i], ast.Constant(0), *node.args[i + 1 :]])


def _fixed_index(node: ast.Subscript) -> Alternatives:
    if isinstance(node.slice, ast.Name) and isinstance(node.ctx, ast.Load):
        yield _with(node, slice=ast.Constant(0))
        yield _with(node, slice=ast.UnaryOp(ast.USub(), ast.Constant(1)))


def _without_axis(node: ast.Call) -> Alternatives:
    for i, keyword in enumerate(node.keywords):
        if keyword.arg in ("axis", "keepdims"):
            yield _with(node, keywords=[*node.keywords[:i], *node.keywords[i + 1 :]])


def _other_range(node: ast.Call) -> Alternatives:
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        for operator in (ast.Add(), ast.Sub()):
            yield _with(node, args=[*node.args[:-1], ast.BinOp(node.args[-1], operator, ast.Constant(1))])


def _other_bounds(node: ast.Slice) -> Alternatives:
    for bound in ("lower", "upper"):
        end = getattr(node, bound)
        if end is None:
            continue
        yield _with(node, **{bound: None})
        if not isinstance(end, ast.Constant):
            yield _with(node, **{bound: ast.BinOp(end, ast.Add(), ast.Constant(1))})
            yield _with(node, **{bound: ast.BinOp(end, ast.Sub(), ast.Constant(1))})


def _other_sum(node: ast.AugAssign) -> Alternatives:
    if type(node.op) in OPERATORS:
        yield _with(node, op=OPERATORS[type(node.op)]())
    yield ast.Pass()


def _left_out(node: ast.Expr) -> Alternatives:
    if not isinstance(node.value, ast.Constant):
        yield ast.Pass()


def _other_sign(node: ast.Return) -> Alternatives:
    many = (ast.Tuple, ast.List, ast.Dict, ast.ListComp, ast.DictComp, ast.Compare, ast.UnaryOp)
    if node.value is not None and not isinstance(node.value, many):
        yield _with(node, value=ast.UnaryOp(ast.USub(), node.value))


def _is_transpose(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "T"


def _with(node: ast.AST, **changed: object) -> ast.AST:
    """The node with some fields changed."""
    fields = {name: getattr(node, name, None) for name in node._fields} | changed
    return type(node)(**fields)


SLIPS: dict[type[ast.AST] | tuple[type[ast.AST], ...], tuple[Callable[..., Alternatives], ...]] = {
    ast.BinOp: (_other_operator, _dropped_term, _swapped_operands, _transposed_operand),
    ast.UnaryOp: (_without_sign,),
    ast.Compare: (_other_comparison,),
    ast.BoolOp: (_other_junction,),
    ast.IfExp: (_one_branch,),
    (ast.If, ast.While): (_negated_test,),
    ast.Constant: (_other_number,),
    ast.Attribute: (_without_transpose,),
    (ast.Attribute, ast.Name): (_other_function,),
    ast.Call: (_swapped_arguments, _argument_alone, _one_of_several, _ignored_argument, _without_axis, _other_range),
    ast.Subscript: (_fixed_index,),
    ast.Slice: (_other_bounds,),
    ast.AugAssign: (_other_sum,),
    ast.Expr: (_left_out,),
    ast.Return: (_other_sign,),
}  # of each kind of syntax
