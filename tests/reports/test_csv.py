"""CSV that a gradebook takes and that a spreadsheet does not run."""

from __future__ import annotations

import csv as reader
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import tables as csv
from tests.reports import classes


def rows(text: str) -> list[dict[str, str]]:
    """What Python's own reader finds."""
    return list(reader.DictReader(io.StringIO(text, newline="")))


def test_names_in_every_script_come_back(ordinary: ClassResults) -> None:
    """Quotes and commas in them, too."""
    names = {row["student"] for row in rows(csv.grades(ordinary, ReportOptions()))}
    assert set(classes.NAMES) <= names


def test_a_score_that_is_not_there_is_blank(ordinary: ClassResults) -> None:
    """A gradebook keeps what it has where a cell is empty."""
    found = {row["submission"]: row for row in rows(csv.grades(ordinary, ReportOptions()))}
    assert (found["ours.ipynb"]["score"], found["ours.ipynb"]["slope"]) == ("", "")
    assert found["web page.ipynb"]["score"] == "0"


def test_exercises_name_the_mistake(ordinary: ClassResults) -> None:
    """A row per submission and exercise."""
    found = rows(csv.exercises(ordinary, ReportOptions()))
    assert [row["mistake"] for row in found if row["student"] == "Иван Петров"] == ["", "sign"]


def test_nothing_that_differs_from_run_to_run_is_in_it(ordinary: ClassResults) -> None:
    """The same work makes the same bytes."""
    for text in (csv.grades(ordinary, ReportOptions()), csv.exercises(ordinary, ReportOptions())):
        assert not {"seconds", "path", "source"} & set(rows(text)[0])


@pytest.mark.parametrize("text", classes.HOSTILE)
def test_no_cell_is_a_formula_or_holds_control_characters(text: str) -> None:
    """Whichever separator the spreadsheet takes for its own."""
    written = csv.text(pd.DataFrame({"message": [text]}))
    for separator in ",;\t|":
        for row in reader.reader(io.StringIO(written, newline=""), delimiter=separator):
            for cell in row:
                assert not cell.lstrip('"').startswith(("=", "+", "-", "@")), cell
    assert all(char.isprintable() or char == "\n" or char in "\u200c\u200d" for char in written)


@given(st.text())
def test_whatever_the_text_it_is_one_cell(text: str) -> None:
    """It never ends its row or its column."""
    written = csv.text(pd.DataFrame({"before": [1.0], "text": [f"x{text}"], "after": [2.0]}))
    assert [(row["before"], row["after"]) for row in rows(written)] == [("1", "2")]
