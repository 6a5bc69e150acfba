"""The catalogue of edits: what it finds in a function, and that it takes nothing from elsewhere."""

import ast

import pytest

from grader.sandbox.guest.edit_rules import EditKind
from grader.sandbox.guest.edits import Surroundings, edits_of

NOTHING = Surroundings({}, {}, {})


def edits(source, around=NOTHING):
    """What each edit makes of one place, as source."""
    (function,) = ast.parse(source).body
    return {
        (edit.kind, "; ".join(shown(instead) for _, instead in edit.instead)) for edit in edits_of(function, around)
    }


def shown(node):
    nodes = node if isinstance(node, list) else [node]
    return "; ".join(ast.unparse(ast.fix_missing_locations(each)) for each in nodes)


@pytest.mark.parametrize(
    ("body", "kind", "became"),
    [
        ("return x + y", EditKind.OPERATOR, "x - y"),
        ("return x / y", EditKind.ORDER, "y / x"),
        ("return -x", EditKind.SIGN, "x"),
        ("return x", EditKind.SIGN, "-x"),
        ("return x > y", EditKind.COMPARISON, "x >= y"),
        ("return x.sum(axis=0)", EditKind.AXIS, "x.sum(axis=1)"),
        ("return x.sum(axis=0)", EditKind.AXIS, "x.sum()"),
        ("return x.sum()", EditKind.AXIS, "x.sum(axis=0)"),
        ("return x.sum(axis=0)", EditKind.KEEPDIMS, "x.sum(axis=0, keepdims=True)"),
        ("return x @ y", EditKind.PRODUCT, "y.T @ x"),
        ("return x.T @ y", EditKind.PRODUCT, "x @ y"),
        ("return np.sum(x)", EditKind.FUNCTION, "np.mean(x)"),
        ("return np.exp(x)", EditKind.SURPLUS, "x"),
        ("return x", EditKind.FACTOR, "x / len(x)"),
        ("return x", EditKind.FACTOR, "x / y.shape[1]"),
        ("return 2 * x", EditKind.CONSTANT, "1"),
        ("for i in range(x): pass", EditKind.BOUNDS, "range(x - 1)"),
        ("return x[1:]", EditKind.BOUNDS, ":"),
        ("return x[y]", EditKind.INDEX, "x[y - 1]"),
        ("return f(x, y)", EditKind.ORDER, "f(y, x)"),
        ("return x", EditKind.NAME, "y"),
        ("return x['a'] + x['b']", EditKind.KEY, "x['b']"),
        ("return x + y * y", EditKind.SURPLUS, "x"),
        ("return x * y", EditKind.MISSING, "x * y * (x * (1 - x))"),
        ("z = x", EditKind.RETURN, "z = x; return z"),
        ("print(x)", EditKind.RETURN, "return x"),
        (
            "for i in y:\n        x += i\n        return x",
            EditKind.RETURN,
            "for i in y:\n    x += i\n    pass; return x",
        ),
        ("x -= y\n    y = x\n    return y", EditKind.STATEMENT, "y = x; x -= y; pass"),
        ("return (x, y)", EditKind.ORDER, "(y, x)"),
    ],
)
def test_what_could_have_been_meant(body, kind, became):
    """One example of each kind of slip."""
    assert (kind, became) in edits(f"def f(x, y):\n    {body}")


def test_only_names_that_are_bound_there_are_used():
    """Apart from those, a few of Python's and NumPy's own functions, and what the notebook defines."""
    source = "def f(x, y):\n    z = np.exp(x) @ y.T\n    return z.sum(axis=1)"
    names = set()
    for _, became in edits(source, Surroundings({"f": 2, "own": 1}, {}, {})):
        names |= {node.id for node in ast.walk(ast.parse(became)) if isinstance(node, ast.Name)}
    assert names <= {"x", "y", "z", "np", "len", "own"}


def test_names_of_another_kind_are_left_alone():
    """A dict is not mistaken for an array."""
    kinds = {"f": {}, "x": "array 2", "y": "dict", "z": "array 2"}
    found = edits("def f(x, y, z):\n    return x", Surroundings({}, kinds, {}))
    assert (EditKind.NAME, "z") in found
    assert (EditKind.NAME, "y") not in found


def test_the_tree_stays_as_it_is():
    """Edits share its nodes, and change none."""
    tree = ast.parse("def f(x, y):\n    for i in range(3):\n        x = x @ y.T + i\n    return x.sum(axis=0) / 2")
    before = ast.dump(tree, include_attributes=True)
    edits_of(tree.body[0], NOTHING)
    assert ast.dump(tree, include_attributes=True) == before


def test_texts_types_and_what_only_raises_are_no_places():
    """Nothing there could make a result right."""
    source = 'def f(x: int = 3) -> int:\n    """1"""\n    assert x > 0\n    if x:\n        raise ValueError(4)'
    assert {became for kind, became in edits(source) if kind is EditKind.CONSTANT} == set()
