"""What students read: which lecture a text speaks of, and how it counts."""

import re

import nbformat
import pytest

from grader.assignment.catalogue import SHIPPED, load, shipped

ANONYMOUS = re.compile(r"\b(the|this) lecture\b|\b(other|in) lectures\b", re.IGNORECASE)
SHORT_NAMES = ("CS6910", "DSC 140B", "ITCS 6156", "Yehoshua", "CSC321")


def cells(name):
    """The texts of a student's notebook by cell."""
    notebook = nbformat.read(SHIPPED / name / f"{name}.ipynb", as_version=4)
    return {cell.id: cell.source for cell in notebook.cells}


@pytest.mark.parametrize("name", shipped())
def test_a_notebook_names_its_sources(name):
    """Every lecture that the declaration names, in the first cell."""
    assert "Source" in cells(name)["title"]
    named = [short for short in SHORT_NAMES if short in load(name).lecture]
    assert named
    assert all(short in cells(name)["title"] for short in named)


@pytest.mark.parametrize("name", shipped())
def test_a_message_says_which_lecture_it_means(name):
    """By its short name: an assignment may draw on several."""
    texts = [text for e in load(name).exercises for m in e.mistakes for text in (m.says, m.asks)]
    assert [text for text in texts if ANONYMOUS.search(text)] == []
