"""The documents in Markdown, read as a renderer reads them."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.feedback import feedback_text
from grader.feedback.card import SubmissionReport
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import github, markdown

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
BLOCKS = {"heading", "paragraph", "inline", "bullet_list", "list_item", "fence"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
INLINE = {"text", "text_special", "code_inline", "strong", "softbreak"}


def tokens(text: str) -> list[Token]:
    """Every token that the renderer makes of it, inner ones too."""
    return [each for token in RENDERER.parse(text) for each in (token, *(token.children or ()))]


def foreign(text: str) -> set[str]:
    """The kinds of what is not ours: all but the elements that we write."""
    kinds = {
        re.sub("_(open|close)$", "", token.type)
        for token in tokens(text)
        if not (token.type == "html_inline" and token.content in ("<code>", "</code>"))
    }
    return kinds - BLOCKS - TABLES - INLINE


def test_a_hostile_class_makes_documents_of_ours_alone(hostile: ClassResults) -> None:
    """No link, picture, HTML, quote or rule of a student's."""
    documents = [markdown.document(hostile, ReportOptions()), github.summary(hostile, ReportOptions())]
    documents += [feedback_text.markdown(SubmissionReport(grade)) for grade in hostile.grades]
    assert [found for document in documents if (found := foreign(document))] == []


def test_a_table_has_a_row_for_everybody(hostile: ClassResults) -> None:
    """No bar and no line break in a name makes another one."""
    rows = [token for token in tokens(markdown.document(hostile, ReportOptions())) if token.type == "tr_open"]
    cells = [token for token in tokens(markdown.document(hostile, ReportOptions())) if token.type == "td_open"]
    assert len(rows) == 1 + len(hostile.grades) + 1 + 1
    assert len(cells) == 6 * len(hostile.grades) + 4


@pytest.mark.parametrize("name", ["ordinary", "hostile"])
def test_plain_text_fits_a_mail(name: str, request: pytest.FixtureRequest) -> None:
    """Short lines without control characters."""
    texts = [feedback_text.text(SubmissionReport(grade)) for grade in request.getfixturevalue(name).grades]
    assert all(char.isprintable() or char in "\n\u200c\u200d\u3000" for text in texts for char in text)
    assert all(len(line) <= 78 for text in texts for line in text.split("\n"))


def test_plain_text_has_the_reasons_and_the_example(ordinary: ClassResults) -> None:
    """As the page does."""
    texts = [feedback_text.text(SubmissionReport(grade)) for grade in ordinary.grades]
    assert any("Your slope has the wrong sign." in text and "expected [«1», «4»]" in text for text in texts)
