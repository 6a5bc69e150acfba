"""The feedback for one student as Markdown and as plain text, for what does not take a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..model import Status
from .card import Card, SubmissionReport
from .escaping import plain
from .markdown_escape import block, code, escaped, prose

WIDTH = 78


def markdown(report: SubmissionReport) -> str:
    """The whole feedback as Markdown."""
    parts = [f"# {escaped(report.grade.student)}", summary(report)]
    for card in _explained(report):
        parts += [f"## {title(card)}", prose(card.grade.asks), body(card)]
        parts += [block(card.grade.source, "python")] if card.grade.source else []
    if report.is_graded and report.left_out:
        parts += ["Left out of the grading, because it cannot be run there:"]
        parts += [
            "\n".join(f"- cell {left.cell}, line {left.line}: {escaped(left.reason)}" for left in report.left_out)
        ]
    return "\n\n".join(filter(None, parts)) + "\n"


def summary(report: SubmissionReport) -> str:
    """What the submission came to, in Markdown: a sentence, then a line per exercise."""
    grade = report.grade
    head = f"**{report.headline}** · {escaped(report.title)} · {code(grade.submission)}"
    if not report.is_graded:
        return f"{head}\n\n{prose(report.why_not)}"
    return "\n\n".join([head, *filter(None, [prose(report.message)]), "\n".join(f"- {title(c)}" for c in report.cards)])


def title(card: Card) -> str:
    """An exercise with its result, in Markdown without code, so that it reads well where Markdown is not rendered."""
    return f"{card.mark} {escaped(card.exercise)}: {card.points}, {card.said}"


def body(card: Card) -> str:
    """Why points were lost and what to do next, as paragraphs in Markdown."""
    example = [block("\n".join(card.example_lines))] if card.example else []
    printed = ["It printed:", block(card.grade.printed)] if card.grade.printed else []
    return "\n\n".join([*map(prose, _paragraphs(card)), *example, *printed])


def text(report: SubmissionReport) -> str:
    """The whole feedback as plain text, in lines that fit a mail."""
    grade = report.grade
    lines = [f"{grade.student}: {report.headline}", f"{report.title} · {grade.submission}"]
    said = report.message if report.is_graded else report.why_not
    lines += ["", said] if said else []
    for card in report.cards if report.is_graded else ():
        lines += ["", f"{card.mark} {card.exercise}: {card.points}, {card.said}"]
        lines += [f"    {line}" for line in _paragraphs(card)]
        lines += [f"        {line}" for line in card.example_lines]
    return "\n".join(each for line in lines for each in _wrapped(line)) + "\n"


def _explained(report: SubmissionReport) -> list[Card]:
    """The exercises that something is to be said about."""
    cards = report.cards if report.is_graded else ()
    return [card for card in cards if card.status is not Status.PASSED or card.notes or card.why]


def _paragraphs(card: Card) -> Iterator[str]:
    yield from filter(None, [*card.why, card.asks, *card.notes])
    if card.next_step:
        yield f"Next: {card.next_step}"


def _wrapped(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    flat = plain(" ".join(line.split()))
    return textwrap.wrap(flat, WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]
