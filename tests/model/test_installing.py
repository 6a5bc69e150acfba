"""How the grader is installed is said in one place, as a shell takes it."""

import shlex
import sys

import pytest

from grader.model import GraderError, install_line, installing, require


@pytest.mark.parametrize(
    ("address", "extra", "words"),
    [
        ("", "", ["backprop-grader"]),
        ("", "grade", ["backprop-grader[grade]"]),
        ("git+https://example.edu/grader", "", ["backprop-grader @ git+https://example.edu/grader"]),
        ("git+https://example.edu/grader", "dask", ["backprop-grader[dask] @ git+https://example.edu/grader"]),
    ],
)
def test_the_line_is_one_requirement(monkeypatch, address, extra, words):
    """By name, or from the address that a course sets."""
    monkeypatch.setattr(installing, "ADDRESS", address)
    assert shlex.split(install_line(extra)) == ["pip", "install", *words]


def test_what_is_missing_is_told_with_the_line(monkeypatch):
    """And nothing is told of what is there."""
    require("grade", "grading a class")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(GraderError, match=r"grading a class needs more than a check does: pip install 'back"):
        require("grade", "grading a class")
