"""Master notebooks of three kinds, made of cells."""

import json

OURS = (
    ("markdown", "# Layers\n\nWhat a layer computes."),
    ("code", "import numpy as np"),
    (
        "code",
        '# ASSIGNMENT: public_seed=11, lecture="Lecture 3"\nfrom grader.assignment import Mistake, case\n\n\n'
        "def vectors(rng):\n    for n in (1, 3, 4, 6):\n        yield n, rng.normal(size=n)",
    ),
    (
        "code",
        'def relu(z):\n    """max(0, z), entry by entry."""\n    ### BEGIN SOLUTION\n'
        "    switched_off = z < 0\n    return np.where(switched_off, 0.0, z)\n    ### END SOLUTION",
    ),
    (
        "code",
        "# CASES: points=2, tolerance=1e-9\ndef relu_cases(rng):\n"
        '    yield case("by hand", np.array([-1.0, 2.0]))\n'
        '    for n, z in vectors(rng):\n        yield case(f"n = {n}", z)',
    ),
    ("code", 'def layer(W, x):\n    """relu(W x)."""\n    return relu(W @ x)  # SOLUTION'),
    (
        "code",
        "# CASES: points=3\ndef layer_cases(rng):\n    for n, x in vectors(rng):\n"
        '        yield case(f"n = {n}", rng.normal(size=(n + 1, n)), relu(x) - 0.5)',
    ),
)


def nbgrader(grade_id, points=None, **about):
    metadata = {"grade_id": grade_id, "schema_version": 3, "grade": False, "solution": False, "locked": False}
    return {"nbgrader": metadata | about | ({"points": points} if points is not None else {})}


NBGRADER = (
    ("markdown", "# Sums"),
    (
        "code",
        'def triangle(n):\n    """1 + 2 + … + n."""\n    ### BEGIN SOLUTION\n    if n < 0:\n'
        '        raise ValueError("negative")\n    return sum(range(n + 1))\n    ### END SOLUTION',
        nbgrader("triangle", solution=True),
    ),
    (
        "code",
        "sizes = [3, 4]\nassert triangle(3) == 6\n### BEGIN HIDDEN TESTS\nassert triangle(10) == 55\n"
        "### END HIDDEN TESTS",
        nbgrader("triangle_right", 2, grade=True, locked=True),
    ),
    (
        "code",
        "try:\n    triangle(-1)\nexcept ValueError:\n    pass",
        nbgrader("triangle_negative", 1, grade=True, locked=True),
    ),
    (
        "code",
        "def hexagonal(n):\n    unmarked_secret = n * (2 * n - 1)\n    return unmarked_secret",
        nbgrader("hexagonal", solution=True),
    ),
    ("code", "### HASHED AUTOTEST hexagonal(5)", nbgrader("hexagonal_right", 4, grade=True)),
    ("markdown", "The answer is 42 because of the deep thought.", nbgrader("why", 5, grade=True, solution=True)),
)

OTTER = (
    ("raw", "# ASSIGNMENT CONFIG\nname: hw01"),
    ("markdown", "# Squares"),
    ("code", "import numpy as np\nimport otter\ngrader = otter.Notebook()"),
    ("raw", "# BEGIN QUESTION\nname: q1\npoints: 4"),
    ("markdown", "Square an array."),
    ("raw", "# BEGIN SOLUTION"),
    (
        "code",
        "def square(x):\n    squared_entries = x * x # SOLUTION\n    # BEGIN IGNORE\n    print(x)\n    # END IGNORE\n"
        "    return squared_entries # SOLUTION",
    ),
    ("raw", "# END SOLUTION"),
    ("raw", "# BEGIN TESTS"),
    ("code", '""" # BEGIN TEST CONFIG\nhidden: true\n""" # END TEST CONFIG\nv = np.array([1.0, -2.5])\nsquare(v)'),
    ("code", "def test(square):\n    assert square(3.0) == 9.0\n\ntest(square)  # IGNORE"),
    ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
    ("raw", "# BEGIN QUESTION\nname: q2\nmanual: true\npoints: 1.5"),
    ("raw", "# BEGIN SOLUTION"),
    ("code", 'plot_of_everything(1) # SOLUTION NO PROMPT\n""" # BEGIN PROMPT\nplot(...)\n""" # END PROMPT'),
    ("raw", "# END SOLUTION"),
    ("raw", "# END QUESTION"),
    ("raw", "# BEGIN QUESTION\nname: q3"),
    ("raw", "# BEGIN SOLUTION"),
    ("code", "x = 2 # SOLUTION"),
    ("raw", "# END SOLUTION"),
    ("raw", "# END QUESTION"),
)

OLD_OTTER = (
    ("markdown", "```\nBEGIN ASSIGNMENT\ngenerate: true\n```"),
    ("markdown", "**Question 1:** Square.\n\n```\nBEGIN QUESTION\nname: q1\npoints: 2\n```"),
    ("code", "def square(x):\n    return x**2 # SOLUTION"),
    ("code", "# TEST\nsquare(1) == 1"),
    ("code", "# HIDDEN TEST\nsquare(2.5) == 6.25"),
    ("markdown", "**Why?**\n\n```\nBEGIN QUESTION\nname: q2\nmanual: true\n```"),
    ("markdown", "**SOLUTION:** since it is the area of a square"),
)


def master(path, cells):
    """Write a notebook of these cells, with outputs that hold something, as masters have."""
    output = {"output_type": "stream", "name": "stdout", "text": ["an output that tells everything\n"]}
    written = []
    for kind, source, *metadata in cells:
        cell = {"cell_type": kind, "source": source, "metadata": metadata[0] if metadata else {}}
        written.append(cell | ({"outputs": [output], "execution_count": 3} if kind == "code" else {}))
    document = {"cells": written, "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 4}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
