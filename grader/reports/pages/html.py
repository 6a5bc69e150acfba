"""How pages are made: templates in which every value is escaped, and a style and a script that are known by digest."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ...feedback.escaping import plain

TONES = {"passed": "good", "partial": "part", "grader_fault": "soft"}
DIFFERS = re.compile("«([^«»]*)»")
CODE = re.compile(r"`([^`]+)`")


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
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(plain(message, keep="\n")))))


def marked(value: str) -> Markup:
    """A value of a counterexample, with the entries that differ marked."""
    return Markup(DIFFERS.sub(r"<mark>\1</mark>", str(escape(plain(value, keep="\n")))))


def _visible(value: Any) -> Any:
    return plain(value, keep="\n\t") if isinstance(value, str) and not isinstance(value, Markup) else value
