"""Text that others chose, made safe for where it is shown: terminals, CSV, HTML, XML and workflow commands.

Markdown takes more and has a module of its own, `markdown_escape`. What a library writes as XML or JSON only needs
`plain`: the library escapes the rest, but lets characters through that no reader of XML takes.
"""

from __future__ import annotations

import csv
import html as standard
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
JOINERS = "\u200c\u200d"  # names in Persian and in Indian scripts are misspelt without them
QUOTED = re.compile(r"`([^`\n]+)`")
DIFFERS = re.compile("«([^«»]*)»")
FORMULA = re.compile(r"""\s*["']?\s*[=+\-@＝＋－＠]""")
SPLIT_FORMULA = re.compile(rf"(?<=[;\t\n|])(?={FORMULA.pattern})")


def plain(text: str, keep: str = "") -> str:
    """The text with every control, format and lone surrogate character written out, so that none takes effect.

    keep: characters that are left as they are, such as a newline if there may be several lines.
    """
    if _without(text, keep).isprintable():
        return text
    return "".join(char if char in keep or not _is_hidden(char) else _written(char) for char in text)


def one_line(text: str, width: int = 200) -> str:
    """The text on one line, safe for a terminal and no longer than `width` characters."""
    line = plain(" ".join(text.split()))
    return line if len(line) <= width else f"{line[: width - 1]}…"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return FORMULA.match(text) is not None or text.startswith(("\t", "\r", "\n"))


def csv_cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it; everything else as it is.

    A spreadsheet may split cells at another separator than the comma, so a formula behind one is defused, too.
    """
    if not isinstance(value, str):
        return value
    safe = SPLIT_FORMULA.sub("'", plain(value, keep="\n"))
    return f"'{safe}" if is_formula(value) else safe


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Rows as lines of CSV in which no cell is a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(csv_cell, row) for row in rows)
    return text.getvalue()


def html(text: str) -> str:
    """The text as HTML, also within a quoted attribute."""
    return standard.escape(plain(text, keep="\n\t"))


def html_prose(message: str, opening: str = "<code>", closing: str = "</code>") -> str:
    """A message as HTML in which what stands between backticks is code."""
    return "".join(f"{opening}{html(text)}{closing}" if is_code else html(text) for is_code, text in spans(message))


def html_marked(value: str, opening: str = "<mark>", closing: str = "</mark>") -> str:
    """A value of a counterexample as HTML, with its entries between « and » marked."""
    return DIFFERS.sub(rf"{opening}\1{closing}", html(value))


def spans(message: str) -> Iterator[tuple[bool, str]]:
    """The parts of a message, each with whether it stands between backticks and so is code."""
    for number, part in enumerate(QUOTED.split(message)):
        if part:
            yield number % 2 == 1, part


def workflow_command(kind: str, properties: Mapping[str, str], message: str) -> str:
    """A command for GitHub Actions on one line, in which no text begins a line or ends its property."""
    listed = ",".join(
        f"{name}={_command_data(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in properties.items()
    )
    return f"::{kind} {listed}::{_command_data(message)}"


def _command_data(text: str) -> str:
    return plain(text, keep="\n").replace("%", "%25").replace("\n", "%0A")


def _without(text: str, chars: str) -> str:
    for char in chars:
        text = text.replace(char, "")
    return text


def _is_hidden(char: str) -> bool:
    return not char.isprintable() and char not in JOINERS and unicodedata.category(char) in HIDDEN


def _written(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
