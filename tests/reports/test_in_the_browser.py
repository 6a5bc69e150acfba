"""The pages in a real browser: nothing of a student's runs, nothing is fetched, and the table works by keyboard."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import nbconvert
import nbformat
import pytest

from grader.feedback.card import SubmissionReport
from grader.model import ComparedPart, Counterexample, LeftOut, Provenance, Sentence, Verdict
from grader.reports import write_usual
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import notebook, registry
from tests.browser import Browser
from tests.reports import classes

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@pytest.fixture(scope="session")
def pages(hostile: ClassResults, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every page of the hostile class, without the policy that would stop what got through."""
    folder = tmp_path_factory.mktemp("hostile")
    written = [*registry()["feedback"].write(hostile, folder / "feedback", ReportOptions()).paths]
    written += registry()["html"].write(hostile, folder / "report.html", ReportOptions()).paths
    for path in written:
        text, count = POLICY.subn("", path.read_text(encoding="utf-8"))
        assert count == 1
        path.write_text(text, encoding="utf-8")
    return written


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a class of 2,000, of whom the last is the best."""
    grades = [
        classes.graded(f"{i:04d}.ipynb", f"Student {i}", classes.mistaken("slope", points=i / 100, max_points=20.0))
        for i in range(2000)
    ]
    path = tmp_path_factory.mktemp("large") / "report.html"
    registry()["html"].write(ClassResults.of(grades), path, ReportOptions())
    return path


def first(browser: Browser) -> str:
    """The submission in the first row that is in the table."""
    return str(browser.evaluate("document.querySelector('#class tbody .file').textContent"))


@pytest.fixture
def rendered_copy(hostile: ClassResults, tmp_path: Path) -> Path:
    """A hostile notebook's copy with feedback, as nbconvert makes a page of it without sanitizing anything."""
    texts = [
        {"cell_type": kind, "metadata": {}, "source": text} for text in classes.HOSTILE for kind in ("markdown", "raw")
    ]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text} for text in classes.HOSTILE]
    original = tmp_path / "hw.ipynb"
    original.write_text(json.dumps({"cells": texts + cells}))
    grades = [replace(grade, record=Provenance(path=str(original))) for grade in classes.hostile()]
    copies = [json.loads(notebook.with_feedback(SubmissionReport(grade))) for grade in grades]
    cells = [cell | {"id": f"c{i}"} for i, cell in enumerate(cell for copy in copies for cell in copy["cells"])]
    merged = nbformat.from_dict(copies[0] | {"cells": cells})
    page, _ = nbconvert.HTMLExporter(sanitize_html=False).from_notebook_node(merged)
    path = tmp_path / "copy.html"
    path.write_text(page, encoding="utf-8")
    return path


def test_no_script_of_a_students_runs_and_nothing_is_fetched(browser: Browser, pages: list[Path]) -> None:
    """On every page of a hostile class, by escaping alone."""
    for path in pages:
        browser.open(path)
        assert browser.evaluate("document.documentElement.dataset.pwned") is None
        assert browser.requests == [path.as_uri()], path
        assert browser.dialogs == []


def test_a_copied_notebook_runs_nothing_of_a_students(browser: Browser, rendered_copy: Path) -> None:
    """Neither what they typed into its cells nor what stands in ours; only nbconvert's own libraries are asked for."""
    browser.open(rendered_copy)
    assert browser.evaluate("document.body.textContent.includes('Your slope has the wrong sign.')")
    assert browser.evaluate("document.documentElement.dataset.pwned") is None
    assert not [url for url in browser.requests if "127.0.0.1" in url]
    assert not browser.evaluate("document.querySelectorAll('a[href*=\"javascript\"], .jp-MarkdownCell img').length")


def test_the_browser_does_see_what_an_unescaped_page_would_do(browser: Browser, tmp_path: Path) -> None:
    """So that the test before means something."""
    path = tmp_path / "bad.html"
    path.write_text("<script>document.documentElement.dataset.pwned=1;new Image().src='http://127.0.0.1:9/x'</script>")
    browser.open(path)
    assert browser.evaluate("document.documentElement.dataset.pwned") == "1"
    browser.wait_for("true")
    assert "http://127.0.0.1:9/x" in browser.requests


def test_the_policy_stops_a_script_that_is_not_ours(browser: Browser, ordinary: ClassResults, tmp_path: Path) -> None:
    """Even if escaping failed somewhere."""
    for name in ("feedback", "html"):
        for path in registry()[name].write(ordinary, tmp_path / f"{name}.html", ReportOptions()).paths[:1]:
            attack = "<script>document.documentElement.dataset.pwned=1</script><img src='http://127.0.0.1:9/x'>"
            path.write_text(path.read_text(encoding="utf-8").replace("<main>", f"<main>{attack}"), encoding="utf-8")
            browser.open(path)
            assert browser.evaluate("document.documentElement.dataset.pwned") is None


def test_only_the_rows_in_view_are_in_a_large_table(browser: Browser, large: Path) -> None:
    """All others are counted, and appear when they are scrolled to."""
    browser.look(1200, 800)
    browser.open(large)
    assert browser.evaluate("document.querySelectorAll('#class tbody tr').length") < 200
    assert browser.evaluate("document.getElementById('class').getAttribute('aria-rowcount')") == "2001"
    browser.evaluate("document.getElementById('everybody').scrollIntoView()")
    browser.evaluate("document.querySelector('.everybody').scrollTop = 1e9")
    browser.wait_for("document.querySelector('#class tbody').textContent.includes('1999.ipynb')")


def test_the_table_sorts_by_keyboard(browser: Browser, large: Path) -> None:
    """Best first, then worst first, and it says so."""
    browser.open(large)
    browser.evaluate("document.querySelectorAll('#class thead button')[2].focus()")
    browser.press("Enter")
    assert first(browser) == "1999.ipynb"
    browser.press("Enter")
    assert first(browser) == "0000.ipynb"
    assert browser.evaluate("document.querySelector('[aria-sort]').getAttribute('aria-sort')") == "ascending"


def test_the_table_is_filtered_by_what_is_typed(browser: Browser, large: Path) -> None:
    """By name or mistake, and it says how many are left."""
    browser.open(large)
    browser.evaluate("document.getElementById('find').focus()")
    for key in "1234 slope:sign":
        browser.press(key)
    browser.wait_for("document.getElementById('shown').textContent === '1 of 2000'")
    assert first(browser) == "1234.ipynb"


def test_a_mistake_leads_to_those_who_made_it(browser: Browser, large: Path) -> None:
    """From “and more” to the table, filtered."""
    browser.open(large)
    browser.evaluate("document.querySelector('[data-find]').click()")
    assert json.loads(browser.evaluate("JSON.stringify(document.getElementById('find').value)")) == "slope:sign"
    assert browser.evaluate("document.getElementById('shown').textContent") == "2000 of 2000"


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(width: int, browser: Browser, ordinary: ClassResults, tmp_path: Path) -> None:
    """On a phone, only tables and code scroll sideways."""
    browser.look(width, 800)
    written = [*registry()["feedback"].write(ordinary, tmp_path / "f", ReportOptions()).paths]
    written += registry()["html"].write(ordinary, tmp_path / "report.html", ReportOptions()).paths
    for path in written:
        browser.open(path)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, path
    assert browser.errors == []


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_can_be_read(dark: bool, browser: Browser, ordinary: ClassResults, tmp_path: Path) -> None:
    """At a contrast of 4.5 to 1 at least, as WCAG asks for, in both colour schemes."""
    browser.look(1200, 900, dark)
    written = [*registry()["feedback"].write(ordinary, tmp_path / "f", ReportOptions()).paths]
    written += registry()["html"].write(ordinary, tmp_path / "report.html", ReportOptions()).paths
    for path in written:
        browser.open(path)
        found = browser.contrasts()
        assert found and found[0][0] >= 4.5, (path.name, found[0])


CUT = """[...document.querySelectorAll("main *")]
    .filter(each => getComputedStyle(each).display !== "inline" && each.scrollWidth > each.clientWidth + 1)
    .map(each => `${each.tagName} ${each.className}: ${each.textContent.slice(0, 60)}`)"""


def test_nothing_of_a_students_page_is_cut_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    """Long names, lines, arrays and printed text wrap; nothing has to be pushed sideways."""
    long = "np.array([" + ", ".join(f"{n}.125" for n in range(90)) + "])"
    example = Counterexample((("x_of_a_long_name" * 3, long),), (ComparedPart("y" * 40, f"«{long}»", long, True),))
    wrong = classes.mistaken(
        "slope_of_a_function_with_a_long_name_" * 2,
        source=f"def f(x):\n    return {long}\n    # {'x' * 300}\n",
        printed="-" * 500,
        counterexample=example,
        diagnosis=f"`{'d' * 200}` is {long}",
        verdicts=(Verdict(long, False, Sentence(long), fixed=True),),
    )
    browser.look(360, 800)
    grade = classes.graded("/".join(["folder" * 10] * 3), "Name" * 40, wrong, left_out=(LeftOut(1, 1, long),))
    for path in registry()["feedback"].write(ClassResults.of([grade]), tmp_path / "f", ReportOptions()).paths:
        browser.open(path)
        browser.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert browser.evaluate(CUT) == []
        assert browser.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def results(ordinary: ClassResults, tmp_path: Path) -> Path:
    """What a run leaves: the page of the class, and the pages of students beside it."""
    write_usual(ordinary.grades, tmp_path)
    return tmp_path / "report.html"


def test_the_instructor_turns_from_one_students_page_to_the_next(browser: Browser, results: Path) -> None:
    """In the order of the table, with its ends; the page is shown, and what is in it runs nothing."""
    browser.look(1200, 900)
    browser.open(results)
    browser.evaluate("document.querySelector('#class tbody a').click()")
    names = browser.evaluate("[...document.querySelectorAll('#class tbody .who bdi')].map(each => each.textContent)")
    assert browser.evaluate("document.getElementById('whose').textContent") == names[0]
    assert browser.evaluate("document.getElementById('before').disabled")
    browser.evaluate("document.getElementById('after').click()")
    assert browser.evaluate("document.getElementById('whose').textContent") == names[1]
    assert browser.evaluate("document.getElementById('place').textContent") == f"2 of {len(names)}"
    browser.wait_for("document.getElementById('sheet').contentWindow.length === 0")
    assert any("feedback/" in url for url in browser.requests)
    browser.press("Escape")
    browser.wait_for("!document.getElementById('viewer').open")


def test_only_those_whom_the_table_shows_are_turned_through(browser: Browser, results: Path) -> None:
    """So that all who made a mistake are seen one after the other."""
    browser.open(results)
    browser.evaluate("document.getElementById('find').value = 'slope:sign'")
    browser.evaluate("document.getElementById('find').dispatchEvent(new Event('input'))")
    browser.wait_for("document.getElementById('shown').textContent.startsWith('3 of')")
    browser.evaluate("document.querySelector('#class tbody a').click()")
    assert browser.evaluate("document.getElementById('place').textContent") == "1 of 3"


def test_a_name_outside_of_the_table_opens_the_same_way(browser: Browser, results: Path) -> None:
    """Those whom a person should look at, and those who made a mistake."""
    browser.open(results)
    browser.evaluate("document.querySelector('[aria-labelledby=attention] a').click()")
    assert browser.evaluate("document.getElementById('whose').textContent") == "ours"


def test_a_students_own_page_has_no_next_one(results: Path) -> None:
    """It may be given out."""
    for page in (results.parent / "feedback").iterdir():
        text = page.read_text(encoding="utf-8")
        assert "Previous" not in text and "iframe" not in text
