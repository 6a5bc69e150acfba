"""Markdown of a stranger's is shown as such only if no renderer makes anything of it that acts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reports.harmless_markdown import COMMANDS, is_harmless
from tests.markdown_judges import JUDGES, Reading
from tests.reports import classes

ORDINARY = [
    "# Slopes\n\nFor $a < b$ the slope is $\\frac{1}{2}$ & more.",
    "$$\\begin{align} a^{[1]} &= \\sigma(W x) \\\\ c &= d \\end{align}$$",
    "See [the lecture](https://www.example.org/a(b)) or <https://www.example.org>.",
    "```python\nprint('\\n')\n```\n\nand `\\href` as code",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n> said\n\n1. one\n2. two\n\n- [ ] to do\n\n**b** *i* ~~s~~",
]
ACTING = [
    "<img src=x>",
    "a <b onclick=alert(1)>x</b>",
    "![a](http://127.0.0.1/x)",
    "[a](JavaScript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "<javascript:alert(1)>",
    "[a][b]\n\n[b]: vbscript:x",
    "[a](data:text/html,x)",
    "$\\href{javascript:alert(1)}{x}$",
    '$\\mmlToken{mi}[href="javascript:alert(1)"]{x}$',
    "\\\\(\\bbox[background:url(http://127.0.0.1)]{x}\\\\)",
    "text with \\style{color:red}{x} that becomes a formula on the page",
    "```mermaid\n<script>alert(1)</script>\n```",
    "# Title <!-- x -->",
    "[" * 10_000,
]
PIECES = st.sampled_from(
    [*"[]()<>`*_$\\&;:#!|~\n -+=\"'/.ab1", *ACTING[:-1], *ORDINARY, "javascript:", "&#", "```", "$$"]
)
SOURCES = st.lists(PIECES, max_size=12).map("".join)
ELEMENTS = {"p", "code", "pre", "em", "strong", "del", "s", "a", "br", "hr", "blockquote", "ul", "ol", "li", "input"}
ELEMENTS |= {"table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div", "span"}
ELEMENTS |= {f"h{level}" for level in range(1, 7)}


@pytest.mark.parametrize("source", ORDINARY)
def test_what_these_notebooks_are_made_of_is_harmless(source):
    """Formulas, comparisons, tables, code and links to other pages."""
    assert is_harmless(source)


@pytest.mark.parametrize("source", ACTING)
def test_what_could_run_load_or_take_long_is_not(source):
    """HTML, pictures, scripts behind links, and commands of formulas that make links or load styles."""
    assert not is_harmless(source)


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@settings(max_examples=500)
@given(SOURCES | st.text() | st.sampled_from(classes.HOSTILE))
def test_whatever_is_harmless_makes_a_page_that_does_nothing(judge, source):
    """Text, and links to pages; no element that runs or loads, and no attribute that does."""
    if not is_harmless(source):
        return
    page = Reading(judge(source))
    assert page.tags <= ELEMENTS, page.tags - ELEMENTS
    assert not [name for name in page.attributes if ".on" in name or name.endswith((".src", ".style"))]
    assert {urlsplit(link).scheme for link in page.links} <= {"", "http", "https", "mailto"}


@given(SOURCES)
def test_no_command_but_those_of_formulas_is_left_on_a_page(source):
    """A page looks for formulas in all that is no code."""
    if is_harmless(source):
        page = re.sub("<(code|pre).*?</\\1>", "", JUDGES["nbconvert"](source), flags=re.DOTALL)
        assert COMMANDS.issuperset(re.findall(r"\\([A-Za-z]+)", page))
