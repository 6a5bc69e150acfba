"""What an assignment lets functions import, in a real process."""

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.words import message
from grader.grading import Grader
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find

SLOPE = "def slope(x):\n    return 2 * x"


@pytest.fixture
def grade(slopes, hand_in):
    """Grades a notebook on an assignment that allows numpy and math."""
    declaration = slopes / "declaration.py"
    text = declaration.read_text(encoding="utf-8")
    changed = text.replace("public_seed=7", 'public_seed=7, allowed_imports=("numpy", "math")')
    declaration.write_text(changed, encoding="utf-8")

    def graded(*cells):
        (submission,) = find([hand_in("a.ipynb", *cells)])
        return Grader(draw(load(str(slopes)), seed=3), BasicRunner()).grade(submission).exercises[0]

    return graded


@pytest.mark.parametrize("setup", ["import numpy as np", "import math\nfrom numpy.linalg import norm", ""])
def test_what_is_allowed_is_imported(grade, setup):
    """Packages with all that is in them."""
    assert grade(setup or "y = 1", SLOPE).points == 2


@pytest.mark.parametrize(
    ("cell", "package"),
    [
        ("def slope(x):\n    import json\n    return 2 * x", "json"),
        ("from itertools import count\nfactor = next(count(2))\ndef slope(x):\n    return factor * x", "itertools"),
    ],
)
def test_what_is_not_allowed_is_named(grade, cell, package):
    """Within the function or in what it needs; before any of it is run."""
    exercise = grade(cell)
    assert exercise.points == 0
    assert f"ImportError: it imports {package}; this assignment allows math, numpy" in message(exercise)


def test_what_the_function_does_not_need_does_not_matter(grade):
    """Plots are drawn elsewhere in the notebook."""
    assert grade("import json, matplotlib.pyplot as plt", SLOPE, "json.dumps(1)").points == 2


def test_a_module_of_the_students_own_is_allowed(grade):
    """One that the notebook writes itself."""
    module = "%%writefile mine.py\nfactor = 2"
    assert grade(module, "from mine import factor\ndef slope(x):\n    return factor * x").points == 2
