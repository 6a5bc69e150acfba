"""Marked solutions: out of what students get, and in what the reference is made of."""

import pytest

from grader.authoring.template import emptied, for_students, is_marked, secrets, solved

REGION = "def f(x):\n    y = 1\n    ### BEGIN SOLUTION\n    z = x * y\n    return z\n    ### END SOLUTION"


def test_a_region_becomes_a_stub_where_it_stood():
    """With the indentation of the mark."""
    assert for_students(REGION) == "def f(x):\n    y = 1\n    # YOUR CODE HERE\n    raise NotImplementedError"


def test_the_solved_cell_has_no_marks():
    """It is what the author runs."""
    assert solved(REGION) == "def f(x):\n    y = 1\n    z = x * y\n    return z"


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        ("x = 5 # SOLUTION", "x = ..."),
        ("x, y = f(a == b)  # SOLUTION", "x, y = ..."),
        ("plot(x) # SOLUTION", "..."),
        ("plot(x) # SOLUTION NO PROMPT", ""),
        ("x = 5", "x = 5"),
    ],
)
def test_a_line_of_its_own(line, blank):
    """An assignment keeps its target; outside of functions nothing is raised."""
    assert for_students(line) == blank


def test_lines_within_a_function_leave_a_stub():
    """So that an untouched function is missing, not wrong."""
    stubbed = for_students("def f(x):\n    y = 2 * x # SOLUTION\n    return y # SOLUTION")
    assert stubbed.count("raise NotImplementedError") == 1
    assert "y = ..." in stubbed
    assert "2 * x" not in stubbed


def test_a_prompt_stands_for_the_solution():
    """Otter's way to say what students see instead."""
    source = '# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n""" # BEGIN PROMPT\nx = ...\n""" # END PROMPT\nx'
    assert for_students(source) == "x = ...\nx"
    assert solved(source) == "x = 1\nx"


def test_hidden_tests_are_no_students():
    """They go altogether."""
    source = "assert f(1)\n### BEGIN HIDDEN TESTS\nassert f(2)\n### END HIDDEN TESTS"
    assert for_students(source) == "assert f(1)"


def test_an_unmarked_solution_keeps_its_heads():
    """Where the whole cell is a solution."""
    source = 'X = 3\n\ndef f(x, y=2):\n    """What f does."""\n    return x * y\n\ndef g(x): return x'
    assert emptied(source).startswith('def f(x, y=2):\n    """What f does."""\n    # YOUR CODE HERE\n')
    assert "x * y" not in emptied(source)
    assert "return x" not in emptied(source)


def test_a_solution_without_functions_leaves_nothing():
    """But the place for it."""
    assert emptied("answer = 42") == "# YOUR CODE HERE"


def test_what_says_something_is_secret():
    """Short lines and comments are in every notebook."""
    assert secrets(REGION.replace("z = x * y", "z = x * y  +  17")) == ["z = x * y  +  17"]


def test_a_cell_without_marks_is_not_marked():
    """And stays as it is."""
    assert not is_marked("x = 1  # a solution of mine")
    assert for_students("def f():\n    return 1") == "def f():\n    return 1"
