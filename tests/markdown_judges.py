"""Two renderers of Markdown, and what a browser would find on the page that they make."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import markdown2html_mistune

COMMON_MARK = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
COMMON_MARK.validateLink = lambda url: True  # it would hide a link that others make


class Reading(HTMLParser):
    """What a browser makes of a page: the kinds of its elements, their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.cells = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {f"{tag}.{name}" for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.cells += tag in ("td", "th")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.add("comment")

    def handle_decl(self, decl: str) -> None:
        self.tags.add("declaration")

    def unknown_decl(self, data: str) -> None:
        self.tags.add("declaration")

    def handle_pi(self, data: str) -> None:
        self.tags.add("instruction")


JUDGES = {"CommonMark": COMMON_MARK.render, "nbconvert": markdown2html_mistune}
