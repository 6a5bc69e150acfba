"""The list of changes is text for a spreadsheet, whatever people are called and whatever the reasons say."""

import csv
from dataclasses import replace

import pytest

from grader.runs import changes
from grader.runs.record.serialization import to_line
from tests.reports import classes

FORMULAS = ["=1+1", "＝1+1", " =1+1", "a;=cmd()"]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_in_the_list_of_changes_is_a_formula(name, tmp_path):
    """It is defused as in the grades."""
    before = classes.graded("hw.ipynb", name, classes.exercise("square"))
    after = replace(before, score=1.0)
    log = changes.Log(tmp_path, "now")
    log.compare(to_line(before).text.encode(), to_line(after).text.encode())
    with (tmp_path / changes.FILE).open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["student"] == name.replace(";=", ";'=") if ";" in name else f"'{name}"
    assert (row["before"], row["after"]) == ("3", "1")
