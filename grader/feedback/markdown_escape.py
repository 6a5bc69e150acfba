"""Text that others chose, in Markdown: shown as it is by every renderer, never as markup, a link or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .escaping import plain

MARKUP = re.compile(r"([`*_{}\[\]<>|~&#!@])")
FORMULA = re.compile(r"[$\\]")  # renderers look for formulas after Markdown is done, but never in code
RUNS = re.compile(r"`+")
QUOTED = re.compile(r"`([^`\n]+)`")


def escaped(text: str) -> str:
    """The text on one line, every sign that Markdown knows taken literally."""
    line = plain(" ".join(text.split()))
    if FORMULA.search(line):
        return code(line)
    line = MARKUP.sub(r"\\\1", line)
    line = re.sub(r"^([-+=]|\d+(?=[.)]))", lambda found: _at_start(found[1]), line)
    return re.sub(r"(?<=\w)(:)(?=//)|(?<=www)(\.)", lambda found: f"\\{found[0]}", line, flags=re.IGNORECASE)


def prose(message: str) -> str:
    """A message of the grader's, in which what stands between backticks is code, and the rest is taken literally."""
    parts = QUOTED.split(message)
    whole = [code(part) if i % 2 else _kept_apart(part) for i, part in enumerate(parts)]
    return "".join(whole).strip()


def code(text: str) -> str:
    """A span of code on one line, fenced by more backticks than it holds."""
    line = plain(" ".join(text.split()))
    if not line:
        return ""
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
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _at_start(sign: str) -> str:
    """What would make the line an item of a list or a heading."""
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _kept_apart(text: str) -> str:
    """Escaped, with the spaces at its ends, where code stands beside it."""
    inner = escaped(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * text[-1:].isspace()}" if inner else " " * bool(text)


def _cell(text: str) -> str:
    """A cell ends at a bar, even one within code."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _longest_run(text: str) -> int:
    return max(map(len, RUNS.findall(text)), default=0)
