"""Markdown in which what others chose is text, checked with a renderer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.feedback import feedback_text as leaflet
from grader.feedback import markdown_escape as commonmark
from grader.feedback.escaping import plain
from grader.reports.exporters import github, markdown
from grader.reports.frames import Frames
from grader.reports.options import Choices
from grader.reports.records import papers
from tests.reports import classes

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {
    "heading",
    "paragraph",
    "inline",
    "bullet_list",
    "list_item",
    "fence",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
INLINE = {"text", "text_special", "code_inline", "strong", "softbreak"}


def tokens(text: str) -> list[Token]:
    """Every token that the renderer makes of it, inner ones too."""
    return [each for token in RENDERER.parse(text) for each in (token, *(token.children or ()))]


def kinds(text: str) -> set[str]:
    """Of what kinds they are."""
    return {re.sub("_(open|close)$", "", token.type) for token in tokens(text)}


def shown(text: str) -> str:
    """What a reader sees of one line."""
    return "".join(each.content for each in tokens(text) if each.type != "inline")


@pytest.mark.parametrize("text", classes.HOSTILE)
def test_hostile_text_shows_as_it_is(text: str) -> None:
    """As text or as code, never as markup, and nothing of it is lost."""
    assert kinds(commonmark.escaped(text)) <= {"paragraph", "inline", "text", "text_special", "code_inline"}
    assert shown(commonmark.escaped(text)) == plain(" ".join(text.split()))


@given(st.text(alphabet=st.sampled_from("`*_[]()<>|~&#!@$\\.:/- \nab1+=")))
def test_any_text_shows_as_it_is(text: str) -> None:
    """Whatever signs it is made of."""
    assert shown(commonmark.escaped(text)) == " ".join(text.split())


@given(st.text(alphabet=st.sampled_from("`~ \nab|")))
def test_any_code_stays_within_its_fence(text: str) -> None:
    """However many backticks it holds."""
    (fence,) = tokens(commonmark.block(f"x{text}") + "\n")
    assert (fence.type, fence.content.strip("\n")) == ("fence", f"x{text}".strip("\n"))


def test_no_formula_is_left_to_renderers_that_look_for_them() -> None:
    """They leave code alone, so that is what such text becomes."""
    assert commonmark.escaped("costs $x$ \\(y\\)") == "`costs $x$ \\(y\\)`"


def test_code_within_our_messages_stays_code() -> None:
    """Names of parts are set like code, and all else is text."""
    assert commonmark.prose("`grad_W[0]` is <b>") == "`grad_W[0]` is \\<b\\>"


def test_a_hostile_class_makes_documents_of_ours_alone(hostile: Frames) -> None:
    """No link, picture, HTML, quote or rule of a student's."""
    documents = [markdown.document(hostile, Choices()), github.summary(hostile, Choices())]
    documents += [leaflet.markdown(paper, Choices()) for paper in papers(hostile)]
    for document in documents:
        assert kinds(document) <= OURS | INLINE, kinds(document) - OURS - INLINE


def test_a_table_has_a_row_for_everybody(hostile: Frames) -> None:
    """No bar and no line break in a name makes another one."""
    rows = [token for token in tokens(markdown.document(hostile, Choices())) if token.type == "tr_open"]
    cells = [token for token in tokens(markdown.document(hostile, Choices())) if token.type == "td_open"]
    assert len(rows) == 1 + len(hostile.submissions) + 1 + 1
    assert len(cells) == 6 * len(hostile.submissions) + 4


def test_plain_text_fits_a_mail(tables: Frames, hostile: Frames) -> None:
    """Short lines without control characters, and the reasons in them."""
    texts = [leaflet.text(paper, Choices()) for table in (tables, hostile) for paper in papers(table)]
    assert all(char.isprintable() or char in "\n\u200c\u200d\u3000" for text in texts for char in text)
    assert all(len(line) <= 78 for text in texts for line in text.split("\n"))
    assert any("Your slope has the wrong sign." in text and "expected [«1», «4»]" in text for text in texts)
