"""What a person is told at the end of a run: one line for each thing to look at, and none where all is well."""

from pathlib import Path

import pytest

from grader.interfaces.cli import summary
from grader.runs.class_list import ClassNotes
from grader.runs.events import RunReport
from grader.runs.overrides import Override
from grader.submissions.roster import Person


@pytest.fixture
def told(capsys):
    """The lines that a report comes to."""

    def lines(**fields):
        summary.notices(RunReport(grades=(), **fields), Path("out"))
        return capsys.readouterr().err.splitlines()

    return lines


def test_nothing_is_said_where_there_is_nothing_to_look_at(told):
    """Not even of a roster on which everybody handed in."""
    assert told(absent=()) == []


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {"set_aside": ("a.py", "b.py")},
            "Not graded, because the grader itself failed (2): a.py, b.py. Run the same command again to retry.",
        ),
        ({"twins": (("b.py", "a.py"),)}, "Same file as another submission (1): b.py (as a.py)."),
        ({"absent": (Person(("Hopper",), ("9",)),)}, "Handed in nothing (1): Hopper."),
        ({"changed": 3}, "Points differ from the last run (submissions: 3): out/changes.csv says why."),
        (
            {"idle_overrides": (Override("", "nobody", "", 1.0, "slip", 3),)},
            "Overrides, line 3: there is no submission of “nobody”, so the line changes nothing.",
        ),
    ],
)
def test_what_a_person_may_have_to_look_at_is_a_line(told, fields, line):
    """It says what, how many, whose, and what to do."""
    (said,) = told(**fields)
    assert said.startswith(line)


def test_a_long_list_is_cut_and_its_names_cannot_act(told):
    """A name is a student's text: it is shown, not obeyed."""
    (said,) = told(notes=ClassNotes(strangers=("\x1b[2J", *(f"{number}.py" for number in range(20)))))
    assert said.endswith(" and 11 more.") and "\x1b" not in said
