"""The slips that are tried, on pieces of source."""

import ast

import pytest

from grader.authoring.mutators import alternatives


def slips(source):
    """Everything that one slip makes of an expression or statement."""
    (statement,) = ast.parse(source).body
    node = statement.value if isinstance(statement, ast.Expr) else statement
    return {ast.unparse(ast.fix_missing_locations(other)) for other in alternatives(node)}


@pytest.mark.parametrize(
    ("source", "slip"),
    [
        ("a + b", "a - b"),
        ("a + b", "a"),
        ("a / m", "a"),
        ("a / m", "m / a"),
        ("a ** 2", "a * 2"),
        ("W @ h", "W * h"),
        ("W @ h", "h @ W"),
        ("W @ h", "W.T @ h"),
        ("W.T", "W"),
        ("-x", "x"),
        ("z > 0", "z >= 0"),
        ("z > 0", "z < 0"),
        ("a and b", "a or b"),
        ("a if c else b", "b"),
        ("2", "3"),
        ("2", "1"),
        ("0.5", "1.0"),
        ("True", "False"),
        ("f(a, b)", "f(b, a)"),
        ("sigma(z)", "z"),
        ("one_hot(label, k)", "one_hot(0, k)"),
        ("y[label]", "y[0]"),
        ("y[label]", "y[-1]"),
        ("np.maximum(0, z)", "z"),
        ("z.sum()", "z"),
        ("z.sum(axis=0)", "z.sum()"),
        ("range(n)", "range(n - 1)"),
        ("np.maximum", "np.minimum"),
        ("z.sum", "z.mean"),
        ("return a * b", "return -(a * b)"),
        ("a += b", "a -= b"),
        ("a += b", "pass"),
    ],
)
def test_the_slip_is_tried(source, slip):
    """Operators, signs, transposes, axes, constants, bounds, dropped terms and swapped arguments."""
    assert slip in slips(source)


@pytest.mark.parametrize(("bounds", "slip"), [("h[1:]", "h[:]"), ("h[:n]", "h[:n + 1]"), ("h[:n]", "h[:n - 1]")])
def test_bounds_slip_by_one(bounds, slip):
    """A slice that starts late or ends early is a classic."""
    (statement,) = ast.parse(bounds).body
    subscript = statement.value
    assert slip in {
        ast.unparse(ast.fix_missing_locations(ast.Subscript(subscript.value, other, ast.Load())))
        for other in alternatives(subscript.slice)
    }


def test_the_original_stays_as_it_is():
    """Slips are copies: a tree can be asked again and again."""
    tree = ast.parse("a + b * c - d(e, f)[1:]")
    before = ast.dump(tree)
    for node in ast.walk(tree):
        list(alternatives(node))
    assert ast.dump(tree) == before


def test_a_docstring_is_no_slip():
    """Text that only people read cannot go wrong."""
    assert slips('"""The sum."""') == set()
