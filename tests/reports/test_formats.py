"""What holds for every format alike."""

from __future__ import annotations

import base64
import re
import unicodedata
from pathlib import Path

import pytest

from grader.model import GraderError
from grader.reports.formats import FORMATS, Gradebook
from grader.reports.frames import Frames, frames
from grader.reports.options import Choices
from grader.reports.pages import overview
from tests.reports import classes

BINARY = {"xlsx", "parquet"}
TEXT = sorted(name for name, one in FORMATS.items() if name not in BINARY and not isinstance(one, Gradebook))
SAFE = {"\n", "\t", "\u200c", "\u200d"}


def written(name: str, tables: Frames, target: Path) -> dict[str, str]:
    """The files of a format, by their names within the target."""
    paths = FORMATS[name].write(tables, target, Choices()).paths
    texts = {path.relative_to(target).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    decode = name == "github-classroom"
    return {path: base64.b64decode(text).decode() if decode else text for path, text in texts.items()}


@pytest.mark.parametrize("name", TEXT)
def test_no_control_character_of_a_students_is_in_any_file(name: str, hostile: Frames, tmp_path: Path) -> None:
    """None for a terminal, none that turns the direction of writing, none that XML forbids, no half of a character."""
    for text in written(name, hostile, tmp_path / "out").values():
        found = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}} - SAFE
        assert not found, name


@pytest.mark.parametrize("name", TEXT)
def test_the_order_of_grading_changes_no_byte(name: str, tmp_path: Path) -> None:
    """So that files can be compared from run to run."""
    grades = classes.ordinary()
    one = written(name, frames(grades), tmp_path / "one")
    assert one == written(name, frames(grades[::-1]), tmp_path / "other")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_class_of_nobody_fails_in_no_format(name: str, tmp_path: Path) -> None:
    """Except where something is asked for that is not there, which is said."""
    try:
        FORMATS[name].write(frames([]), tmp_path / "out", Choices())
    except GraderError as error:
        assert "--fill" in str(error) or "pyarrow" in str(error)


def test_no_two_elements_of_the_class_page_share_an_id(tables: Frames) -> None:
    """Three drawings stand in it."""
    ids = re.findall(r'\bid="([^"]+)"', overview.page(tables, Choices()))
    assert len(ids) == len(set(ids))
