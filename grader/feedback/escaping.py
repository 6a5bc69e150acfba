"""Text that students can choose, made safe to show in a terminal, a table or a file name."""

from __future__ import annotations

import unicodedata

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
JOINERS = "\u200c\u200d"  # names in Persian and in Indian scripts are misspelt without them


def plain(text: str, keep: str = "") -> str:
    """The text with every control, format and lone surrogate character written out, so that none takes effect.

    keep: characters that are left as they are, such as a newline where there may be several lines.
    """
    if _without(text, keep).isprintable():
        return text
    return "".join(char if char in keep or not _is_hidden(char) else _written(char) for char in text)


def one_line(text: str, width: int = 200) -> str:
    """The text on one line, safe for a terminal and no longer than `width` characters."""
    line = plain(" ".join(text.split()))
    return line if len(line) <= width else f"{line[: width - 1]}…"


def _without(text: str, chars: str) -> str:
    for char in chars:
        text = text.replace(char, "")
    return text


def _is_hidden(char: str) -> bool:
    return not char.isprintable() and char not in JOINERS and unicodedata.category(char) in HIDDEN


def _written(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
