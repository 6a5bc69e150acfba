"""The tables of a made-up class, and a browser to open its pages in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.reports.frames import Frames, frames
from tests.browser import Browser, executable
from tests.reports import classes


@pytest.fixture(scope="session")
def tables() -> Frames:
    """An ordinary class: eight graded submissions, one unreadable, one that the grader failed on."""
    return frames(classes.ordinary())


@pytest.fixture(scope="session")
def hostile() -> Frames:
    """A class in which whatever a student can choose is an attack."""
    return frames(classes.hostile())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    if executable() is None:
        pytest.skip("no Chromium is installed here; the Debian package chromium has one")
    with Browser() as window:
        yield window
