"""Text that students choose cannot act on a terminal, a spreadsheet, a page or a CI log."""

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.feedback.escaping import csv_lines, html, html_marked, html_prose, one_line, plain, workflow_command
from tests.reports import classes

FORMULAS = ["=1+1", "＝1+1", " =1+1", "a;=cmd()", "a; =cmd()", '";=1+1', "a\t@SUM(1)", "\n=3+3", "-1+1", "x|+1", '"=1']
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def test_control_and_direction_characters_are_written_out():
    """Escape sequences and characters that turn text around are shown, not obeyed."""
    assert plain("a\x1b[2Jb\x07\u202ec") == "a\\x1b[2Jb\\x07\\u202ec"


def test_letters_of_every_script_stay():
    """Names are not garbled."""
    assert plain("Ægir 李 Ολγα عمر ½σ'") == "Ægir 李 Ολγα عمر ½σ'"


@given(st.text())
def test_whatever_it_is_it_is_printable_and_on_one_line(text):
    """No text that a student could choose has a line break or a control character left, but for joiners of letters."""
    assert one_line(text, 80).replace("\u200c", "").replace("\u200d", "").isprintable()
    assert len(one_line(text, 80)) <= 80


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text", [*FORMULAS, *classes.HOSTILE])
def test_no_cell_begins_like_a_formula(text, separator):
    """Whichever separator the spreadsheet takes for its own, and with spaces and quotes before it."""
    written = csv_lines([["name", "note"], ["ada", text]])
    for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
        for cell in row:
            assert not cell.lstrip(" \"'").startswith(SIGNS) or cell.lstrip(' "').startswith("'"), cell


@given(st.text())
def test_whatever_the_text_it_is_one_cell(text):
    """It never ends its row or its column."""
    rows = list(csv.reader(io.StringIO(csv_lines([[1, text, 2]]), newline="")))
    assert [(row[0], row[-1], len(row)) for row in rows] == [("1", "2", 3)]


@given(st.text(st.sampled_from("<>&\"'`«»ab /=!-")))
def test_html_holds_no_element_but_ours(text):
    """Nor does an attribute end in it."""
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    reader.feed(f'<p title="{html(text)}">{html(text)}{html_prose(text)}{html_marked(text)}</p>')
    reader.close()
    assert found[0] == ("p", [("title", text)])
    assert {(tag, tuple(attributes)) for tag, attributes in found[1:]} <= {("code", ()), ("mark", ())}


@pytest.mark.parametrize("text", classes.HOSTILE)
def test_a_workflow_command_stays_on_its_line(text):
    """No text begins a command of its own, or another property."""
    written = workflow_command("error", {"file": text, "line": "1"}, text)
    assert "\n" not in written and "\r" not in written
    assert written.removeprefix("::error ").partition("::")[0].count(",") == 1
