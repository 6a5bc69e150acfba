"""Text that others chose, in Markdown: every renderer shows it as it is, never as markup, a link or a formula.

Renderers of notebooks look for formulas besides: some before Markdown is read, even within code, others afterwards,
anywhere but in code. So text with a sign of a formula becomes code, and code in which one could begin is written as
HTML, sign by sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from .escaping import plain, spans

MARKUP = re.compile(r"([*_{}\[\]<>|~&#!@])")
FORMULA = re.compile(r"[$\\]")
NO_SPAN = re.compile(r"\$\$|\\\\[(\[]|\\begin|\|")  # a bar ends a cell of a table, even within code
RUNS = re.compile(r"`+")


def escaped(text: str) -> str:
    """The text on one line, with every sign that Markdown knows taken literally."""
    line = plain(" ".join(text.split()))
    if FORMULA.search(line):
        return code(line)
    line = MARKUP.sub(r"\\\1", line)
    line = re.sub(r"^([-+=:])", r"\\\1", line)  # at the start of a line they make a list or a heading, as numbers do
    line = re.sub(r"^(\d+)(?=[.)])", r"\1\\", line)
    line = re.sub(r"(?<=\w)(:)(?=//)|(?<=www)(\.)", r"\\\g<0>", line, flags=re.IGNORECASE)
    return line.replace("`", "&#96;")  # some take an escaped backtick beside one of ours for a part of the fence


def prose(message: str) -> str:
    """A message of the grader's in which what stands between backticks is code, and the rest is taken literally."""
    visible = plain(message, keep="\n\t")
    parts = [(is_code or FORMULA.search(text) is not None, text) for is_code, text in spans(visible)]
    # Neighbours become one span: two that touched would have one run of backticks between them, which ends neither.
    grouped = [(is_code, "".join(text for _, text in group)) for is_code, group in groupby(parts, lambda part: part[0])]
    return "".join(_kept_apart(text, code(text) if is_code else escaped(text)) for is_code, text in grouped).strip()


def code(text: str) -> str:
    """A span of code on one line, fenced by more backticks than it holds."""
    line = plain(" ".join(text.split()))
    if not line:
        return ""
    if NO_SPAN.search(line):
        return f"<code>{re.sub('[!-/:-@[-`{-~]', _reference, line)}</code>"
    fence = "`" * (_longest_run(line) + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def block(text: str, language: str = "") -> str:
    """Lines of code, fenced by more backticks than they hold."""
    lines = plain(text, keep="\n\t").rstrip("\n")
    fence = "`" * max(3, _longest_run(lines) + 1)
    return f"{fence}{language}\n{lines}\n{fence}"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are Markdown already."""
    first = list(head)
    lines = [first, ["---"] * len(first), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _kept_apart(text: str, written: str) -> str:
    """With the spaces at the text's ends, beside which something else stands."""
    return f"{' ' * text[:1].isspace()}{written}{' ' * text[-1:].isspace()}" if written else " "


def _reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


def _longest_run(text: str) -> int:
    return max(map(len, RUNS.findall(text)), default=0)
