"""How a check is shown: a small card in Jupyter, VS Code and Colab, text elsewhere; no script, no fetched font."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...assignment.sheet import Sheet
from ...feedback.card import Card, check_card, total
from ...feedback.escaping import html, html_marked, plain
from ...model import Counterexample, Grade, Status

# A card does not know whether it is shown on light or dark ground. No colour of text can be read on both, so text takes
# the front end's own, and only the bar beside it is coloured, by tones that can be seen on either.
COLOURS = {Status.PASSED: "#2f9e62", Status.PARTIAL: "#b8860b", Status.MISSING: "#7f8ea3"}
WRONG = "#e0574f"
DIFFERS = "background:none;color:inherit;font-weight:bold;text-decoration:underline;text-underline-offset:.2em"
CARD = "border-left:4px solid {colour};padding:.3em .8em;margin:.2em 0;max-width:60em;line-height:1.45"
TABLE = "border-collapse:collapse;margin:.4em 0;background:transparent"
NAME = "text-align:right;padding:.1em .6em .1em 0;vertical-align:top;white-space:nowrap;background:transparent"
VALUE = "text-align:left;padding:.1em 0;overflow-wrap:anywhere;background:transparent"
CODE = "white-space:pre-wrap;overflow-wrap:anywhere;font-size:.92em;margin:.3em 0"


@dataclass(frozen=True)
class Checked:
    """What a check came to; the last value of a cell, so that a notebook shows it.

    problem: why there is no grade, if there is none. note: what else to know, if there is something.
    """

    grade: Grade | None = None
    sheet: Sheet | None = None
    is_single: bool = False
    problem: str = ""
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether every point of what was checked was earned."""
        return self.grade is not None and all(each.status is Status.PASSED for each in self.grade.exercises)

    @property
    def cards(self) -> list[Card]:
        """Each exercise in words."""
        if self.grade is None or self.sheet is None:
            return []
        return [check_card(exercise, self.sheet) for exercise in self.grade.exercises]

    def __bool__(self) -> bool:
        """So that `assert check(f)` says what it means."""
        return self.passed

    def __repr__(self) -> str:
        """The words alone."""
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        """The card; everything in it that came from a student or a declaration is escaped."""
        if self.problem:
            return _card(COLOURS[Status.MISSING], html(self.problem))
        shown = "".join(map(_exercise, self.cards)) if self.is_single else _overview(self.cards, self._total())
        return shown + (_card(COLOURS[Status.PARTIAL], html(self.note)) if self.note else "")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Both, for whoever shows it to choose from."""
        return {"text/plain": repr(self), "text/html": self._repr_html_()}

    def _total(self) -> str:
        return total(self.grade) if self.grade else ""

    def _lines(self) -> Iterator[str]:
        if self.problem:
            yield plain(self.problem)
        for exercise in self.cards:
            yield exercise.headline
            yield from (f"    {line}" for line in exercise.lines)
        if not self.is_single and not self.problem:
            yield self._total()
        if self.note:
            yield plain(self.note)


def _card(colour: str, content: str) -> str:
    return f'<div style="{CARD.format(colour=colour)}">{content}</div>'


def _colour(exercise: Card) -> str:
    return COLOURS.get(exercise.status, WRONG)


def _exercise(exercise: Card) -> str:
    """One exercise: the verdict in bold, then the reasons."""
    return _card(_colour(exercise), f"{_headline(exercise)}{_reasons(exercise)}")


def _headline(exercise: Card) -> str:
    mark, name, said = html(exercise.mark), html(exercise.exercise), html(exercise.said)
    place = f" · {html(exercise.place)}" if exercise.place else ""
    return f"<b>{mark} {said}</b> · <code>{name}</code> · {html(exercise.points)}{place}"


def _reasons(exercise: Card) -> str:
    why = "".join(map(_paragraph, (*exercise.why, *exercise.notes)))
    example = _example(exercise.example) if exercise.example else ""
    call = f'<pre style="{CODE}">{html(exercise.call)}</pre>' if exercise.call else ""
    return why + example + call + (_paragraph(exercise.asks) if exercise.asks else "")


def _paragraph(text: str) -> str:
    return f'<div style="margin:.3em 0">{html(text)}</div>'


def _example(example: Counterexample) -> str:
    """Inputs by name, then each part that differs beside what is expected; a table, so that entries can be compared."""
    rows = [_row(f"{name} =", text) for name, text in example.inputs]
    for part in example.parts:
        if part.differs:
            name = part.name or "result"
            rows += [_row(f"your {name}", part.got, mark=True), _row("expected", part.expected)]
    failure = _row("your function", example.failure) if example.failure else ""
    return f'<table style="{TABLE}">{"".join(rows)}{failure}</table>'


def _row(name: str, text: str, mark: bool = False) -> str:
    shown = html_marked(text, f'<mark style="{DIFFERS}">') if mark else html(text)
    return f'<tr><td style="{NAME}">{html(name)}</td><td style="{VALUE}"><code>{shown}</code></td></tr>'


def _overview(exercises: list[Card], points: str) -> str:
    """All exercises, each a line that opens where there is more to say."""
    lines = "".join(map(_line, exercises))
    is_right = all(exercise.status is Status.PASSED for exercise in exercises)
    return _card(COLOURS[Status.PASSED] if is_right else COLOURS[Status.MISSING], f"<b>{html(points)}</b>{lines}")


def _line(exercise: Card) -> str:
    reasons = _reasons(exercise)
    if not reasons:
        return f'<div style="padding-left:1.1em">{_headline(exercise)}</div>'
    return f"<details><summary>{_headline(exercise)}</summary>{reasons}</details>"
