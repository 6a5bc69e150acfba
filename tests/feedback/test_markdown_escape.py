"""Markdown in which what others chose is text, by the reading of two renderers: markdown-it's and nbconvert's."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.feedback import markdown_escape
from grader.feedback.escaping import plain
from tests.markdown_judges import JUDGES, Reading
from tests.reports import classes

SIGNS = st.text(alphabet=st.sampled_from("`*_[]()<>|~&#;!@$\\{}^:/-\"' \nab1+=."), max_size=40)
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "$x```<script>alert(1)</script>`",
    "`$$ <b>` x `$$ <script>`",
    "[a](javascript&colon;alert(1))",
    "<javascript&colon;alert(1)>",
    "`a\\|<script>`",
    "\\begin{a}`<b>`\\end{a}",
    "\\\\[`<b>`\\\\]",
    "a `` ` ` $`<u>` `",
]
MESSAGES = st.one_of(SIGNS, st.lists(st.one_of(SIGNS, st.sampled_from([*ATTACKS, *classes.HOSTILE]))).map("".join))


@pytest.fixture(params=JUDGES)
def read(request):
    """Markdown as one of the renderers shows it."""
    return lambda text: Reading(JUDGES[request.param](text))


@pytest.mark.parametrize("text", [*classes.HOSTILE, *ATTACKS])
def test_hostile_text_shows_as_it_is(text, read):
    """As text or as code, and nothing of it is lost."""
    shown = read(markdown_escape.escaped(text))
    assert shown.tags <= {"p", "code"} and not shown.attributes
    assert shown.text.strip() == plain(" ".join(text.split()))


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@given(text=SIGNS)
def test_any_text_shows_as_it_is(judge, text):
    """Whatever signs it is made of."""
    shown = Reading(judge(markdown_escape.escaped(text)))
    assert shown.tags <= {"p", "code"} and not shown.attributes
    assert shown.text.strip() == " ".join(text.split())


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@settings(max_examples=300)
@given(message=MESSAGES)
@example(message=ATTACKS[2])
def test_no_message_becomes_more_than_text_and_code(judge, message):
    """Where two spans meet, too; what a student raised stands in the middle of our messages."""
    shown = Reading(judge(markdown_escape.prose(message)))
    assert shown.tags <= {"p", "code"} and not shown.attributes
    seen = "".join(shown.text.split())
    assert seen.replace("`", "") == "".join(plain(message, keep="\n\t").split()).replace("`", "")


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@given(text=SIGNS)
def test_any_code_is_one_span(judge, text):
    """However many backticks it holds."""
    shown = Reading(judge(f"a {markdown_escape.code(f'x{text}')} b"))
    assert shown.tags == {"p", "code"}
    assert shown.text.strip() == f"a {' '.join(f'x{text}'.split())} b"


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@given(text=SIGNS)
def test_any_lines_stay_within_their_fence(judge, text):
    """However many backticks they hold, and within a quotation, too."""
    for written in (markdown_escape.block(f"x{text}"), "> " + markdown_escape.block(f"x{text}").replace("\n", "\n> ")):
        shown = Reading(judge(written))
        assert shown.tags <= {"pre", "code", "blockquote"}
        assert shown.text.strip() == f"x{text}".strip()


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@given(rows=st.lists(st.lists(MESSAGES, min_size=2, max_size=2), min_size=1, max_size=3))
def test_a_cell_of_a_table_stays_one_cell(judge, rows):
    """No bar ends it, within code either."""
    written = [[markdown_escape.prose(f"x {cell}") for cell in row] for row in rows]
    shown = Reading(judge(markdown_escape.table(["A", "B"], written)))
    assert shown.tags <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
    assert shown.cells == 2 * (1 + len(rows))


def test_no_formula_is_left_to_renderers_that_look_for_them():
    """They leave code alone, so that is what such text becomes."""
    assert markdown_escape.escaped("costs $x$ \\(y\\)") == "`costs $x$ \\(y\\)`"


def test_code_within_our_messages_stays_code():
    """Names of parts are set like code, and all else is text."""
    assert markdown_escape.prose("`grad_W[0]` is <b>") == "`grad_W[0]` is \\<b\\>"


@given(MESSAGES)
def test_a_dollar_is_never_outside_of_code(message):
    """A page's formulas are looked for in what is no code, after Markdown is done."""
    page = JUDGES["CommonMark"](markdown_escape.prose(message))
    assert "$" not in re.sub("<code>.*?</code>", "", page)
