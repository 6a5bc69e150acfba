"""How pages are made: templates in which every value is escaped, and a style and a script that are known by digest."""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...feedback.escaping import html_marked, html_prose, plain

TONES = {"passed": "good", "partial": "part", "grader_fault": "soft"}


@functools.cache
def environment() -> Environment:
    """Templates whose values are escaped, with control characters written out; an unknown name is an error."""
    loader = PackageLoader("grader.reports.pages")
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.cache
def text(*files: str) -> Markup:
    """The content of our own files, to stand in a page as it is."""
    loader = environment().loader
    assert loader is not None
    return Markup("".join(loader.get_source(environment(), file)[0] for file in files))


@functools.cache
def digest(content: str) -> str:
    """What a page's policy names its own style or script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def tone(status: str) -> str:
    """The colour of a status, which never stands alone."""
    return TONES.get(status, "bad")


def prose(message: str) -> Markup:
    """A message in which what stands between backticks is code."""
    return Markup(html_prose(message))


def marked(value: str) -> Markup:
    """A value of a counterexample, with the entries that differ marked."""
    return Markup(html_marked(value))


def _visible(value: Any) -> Any:
    return plain(value, keep="\n\t") if isinstance(value, str) and not isinstance(value, Markup) else value
