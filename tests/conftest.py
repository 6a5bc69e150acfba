"""What many tests need: notebooks made of a few cells, small assignments in folders of their own, a made-up class."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.reports.exporter import ClassResults
from grader.reports.frames import Frames
from tests.browser import Browser, executable
from tests.reports import classes

SLOPES = '''
"""Slopes of a parabola."""

import numpy as np

from grader.assignment import Assignment, Limits, Mistake, case


def doubled(x):
    return 2 * x


def slope_of_square(x):
    """d/dx x²."""
    return doubled(x)


def both(x):
    return x * x, [slope_of_square(x)]


assignment = Assignment(title="Slopes", public_seed=7, limits=Limits(case_seconds=1.0))


@assignment.exercise(
    reference=slope_of_square,
    points=2,
    tolerance=1e-9,
    mistakes=[
        Mistake("no-2", "Your function leaves out the 2.", "What does the power rule say?", {doubled: lambda x: x}),
        Mistake("sign", "Your slope has the wrong sign.", "Which way does it go?", {doubled: lambda x: -2 * x}),
    ],
)
def slope(rng):
    """The slope of x² at x."""
    yield case("by hand", np.array([1.0, 2.0]))
    yield case("drawn", rng.normal(size=4))
    yield case("drawn too", rng.normal(size=(2, 3)))


@assignment.exercise(reference=both, points=1, returns=("square", "slopes"), builds_on=("slope",))
def square_and_slope(rng):
    """The square and a list with its slope."""
    yield case("drawn", rng.normal(size=3))
'''


@pytest.fixture
def slopes(tmp_path: Path) -> Path:
    """The folder of a small assignment: `slope` (2 points) and `square_and_slope` (1 point)."""
    folder = tmp_path / "slopes"
    folder.mkdir()
    (folder / "declaration.py").write_text(SLOPES, encoding="utf-8")
    return folder


def notebook(*sources: str, **metadata: Any) -> bytes:
    """A notebook of these code cells, as Jupyter writes it."""
    cells = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
        for i, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Path]:
    """Writes a notebook of code cells into the folder `class` and returns its path."""

    def write(name: str, *sources: str, **metadata: Any) -> Path:
        path = tmp_path / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notebook(*sources, **metadata))
        return path

    return write


@pytest.fixture(scope="session")
def ordinary() -> ClassResults:
    """An ordinary class: eight graded submissions, one unreadable, one that the grader failed on."""
    return ClassResults.of(classes.ordinary())


@pytest.fixture(scope="session")
def tables(ordinary: ClassResults) -> Frames:
    """The ordinary class as tables."""
    return ordinary.tables


@pytest.fixture(scope="session")
def hostile() -> ClassResults:
    """A class in which whatever a student can choose is an attack."""
    return ClassResults.of(classes.hostile())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    if executable() is None:
        pytest.skip("no Chromium is installed here; the Debian package chromium has one")
    with Browser() as window:
        yield window
