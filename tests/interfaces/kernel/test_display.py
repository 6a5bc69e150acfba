"""The card of a check can be read wherever notebooks are opened, in light and in dark."""

import re

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.interfaces.kernel.display import COLOURS, WRONG, Checked
from grader.model import Status
from tests.browser import Browser
from tests.reports import classes

GROUNDS = {
    "JupyterLab, light": ("#ffffff", "#212121"),
    "JupyterLab, dark": ("#111111", "#ffffff"),
    "VS Code, dark": ("#1e1e1e", "#cccccc"),
    "Colab, dark": ("#383838", "#d5d5d5"),
}


@pytest.fixture
def cards(slopes):
    """Cards of every kind: each status, with an example and a call, several at once, and a problem."""
    sheet = draw(load(str(slopes)), 7)
    wrong = [classes.mistaken("slope"), *(classes.exercise("slope", status) for status in Status)]
    single = [Checked(classes.graded("a", "a", each), sheet, is_single=True, note="It is older.") for each in wrong]
    return [*single, Checked(classes.graded("a", "a", *wrong), sheet), Checked(problem="There is no such exercise.")]


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_of_a_card_can_be_read(ground, cards, browser: Browser, tmp_path):
    """At a contrast of 4.5 to 1 at least, as WCAG asks for."""
    back, ink = GROUNDS[ground]
    page = tmp_path / "card.html"
    shown = "".join(card._repr_html_() for card in cards)
    page.write_text(f"<body style='background:{back};color:{ink}'>{shown}</body>", encoding="utf-8")
    browser.open(page)
    found = browser.contrasts()
    assert len(found) > 40 and found[0][0] >= 4.5, found[0]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", [*COLOURS.values(), WRONG])
def test_the_bar_beside_it_can_be_seen(colour, ground, browser: Browser, tmp_path):
    """At 3 to 1, which is asked for of what is no text."""
    page = tmp_path / "bar.html"
    page.write_text(f"<body style='background:{GROUNDS[ground][0]};color:{colour}'>bar</body>", encoding="utf-8")
    browser.open(page)
    assert browser.contrasts()[0][0] >= 3


def test_what_differs_is_marked_by_more_than_its_colour(cards):
    """Bold, underlined, and an element that says so."""
    shown = cards[0]._repr_html_()
    assert re.search(r"<mark style=[^>]*font-weight:bold[^>]*underline[^>]*>-1</mark>", shown)
