"""Pages for the class and for each student, read as HTML."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from grader.feedback import feedback_text
from grader.feedback.card import SubmissionReport
from grader.model import Counterexample, Grade, Late, Sentence, Status
from grader.reports import write_usual
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import registry
from grader.reports.frames import Frames, frames
from grader.reports.pages import feedback, overview, plots
from tests.reports import classes


def page_of(*exercises: classes.ExerciseGrade, **fields: object) -> BeautifulSoup:
    """The feedback page of one submission."""
    return student_page(classes.graded("hw.ipynb", "Ada", *exercises, **fields))


def student_page(grade: Grade) -> BeautifulSoup:
    """The page of a submission's feedback."""
    return BeautifulSoup(feedback.page(SubmissionReport(grade)), "html.parser")


def class_page(tables: Frames) -> BeautifulSoup:
    """The page about the class."""
    return BeautifulSoup(overview.page(tables), "html.parser")


def words(soup: BeautifulSoup) -> str:
    """What a reader sees, on one line."""
    return " ".join(soup.get_text(" ").split())


def test_feedback_shows_the_code_beside_the_reason() -> None:
    """With the points, the diagnosis, a question and what to do next."""
    soup = page_of(classes.mistaken("slope"))
    assert soup.find("pre").get_text() == "def slope(x):\n    return x ** 2\n"
    for said in ("Your slope has the wrong sign.", "Which way does it go?", "Next:", "0 of 3 points", "expected 4"):
        assert said in words(soup)


@pytest.mark.parametrize("name", ["hw.ipynb", "my home work (2).ipynb", "$(reboot).ipynb", "-rf.ipynb"])
def test_feedback_prints_a_command_that_runs(name: str) -> None:
    """As a shell takes it, whatever the file is called."""
    grade = classes.graded(f"class/{name}", "Ada", classes.exercise("slope"))
    command = student_page(grade).find("footer").find("code").get_text()
    verb = shlex.split(command)
    assert (verb[:2], verb[3:]) == (["grader", "check"], ["-a", "slopes"])
    assert Path(verb[2]) == Path(name) and not verb[2].startswith("-")


def test_feedback_says_what_was_asked() -> None:
    """The assignment's title as the heading, and the task's text beside each function."""
    soup = page_of(classes.mistaken("slope"))
    assert (soup.find("h1").get_text(), soup.find("title").get_text()) == (
        classes.TITLE,
        f"{classes.TITLE}: 0 of 3 points",
    )
    assert "The slope of x, as an array." in words(soup.find(id="slope"))


def test_a_record_without_a_title_is_called_by_the_assignments_name() -> None:
    """As those are that earlier versions wrote."""
    assert page_of(classes.exercise("slope"), title="").find("h1").get_text() == "slopes"


def test_no_heading_has_backticks(ordinary: ClassResults) -> None:
    """On the page, and where Markdown is not rendered."""
    for grade in ordinary.grades:
        headings = [each.get_text() for each in student_page(grade).find_all(["h1", "h2", "h3"])]
        written = feedback_text.markdown(SubmissionReport(grade)).splitlines()
        assert not [each for each in [*headings, *(line for line in written if line.startswith("#"))] if "`" in each]


def test_feedback_marks_the_entries_that_differ() -> None:
    """In the small example, yours beside the expected ones."""
    soup = page_of(classes.mistaken("slope"))
    assert [mark.get_text() for mark in soup.find_all("mark")] == ["-1", "-4", "1", "4"]


def test_feedback_tells_a_failure_of_the_example() -> None:
    """Where nothing came back."""
    example = Counterexample((("x", "[]"),), failure="raises `IndexError`")
    soup = page_of(classes.mistaken("slope", counterexample=example))
    assert "raises IndexError" in words(soup)


def test_feedback_says_what_else_changed_the_score() -> None:
    """Days that it came late, or a person's correction."""
    assert "1 day late: 0.3 of 3 points are taken off." in words(
        page_of(classes.exercise("square"), late=Late(1, 0.3, 3.0))
    )


def test_a_note_on_a_right_answer_is_open_to_the_eye() -> None:
    """Everything else about it is folded away."""
    noted = page_of(classes.exercise("square", remarks=(Sentence("It changes its first argument in place."),)))
    assert noted.find("details", id="square").has_attr("open")
    assert not page_of(classes.exercise("square")).find("details", id="square").has_attr("open")


def test_feedback_names_nobody_else(ordinary: ClassResults) -> None:
    """And leads nowhere but to places in itself."""
    for grade in ordinary.grades:
        soup = student_page(grade)
        others = {each.student for each in ordinary.grades} - {grade.student}
        assert not [name for name in others if name in str(soup) and name not in grade.submission and len(name) > 5]
        assert all(link["href"].startswith("#") for link in soup.find_all("a"))


def test_feedback_has_no_script_and_its_policy_allows_none(ordinary: ClassResults) -> None:
    """Only the one style that its digest names."""
    for grade in ordinary.grades:
        soup = student_page(grade)
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert not soup.find_all(["script", "link", "img", "iframe", "object"])


def test_an_unreadable_file_is_told_what_to_do(ordinary: ClassResults) -> None:
    """Why it could not be read, and how to hand in one that can."""
    grade = next(each for each in ordinary.grades if each.status == "unreadable")
    text = words(student_page(grade))
    assert "The file is a web page." in text and "hand in that file" in text


def test_a_fault_of_the_grader_is_no_score(ordinary: ClassResults) -> None:
    """And no fault of the student's."""
    grade = next(each for each in ordinary.grades if each.status == "grader_fault")
    text = words(student_page(grade))
    assert "no fault of yours" in text and "0 of" not in text


def test_the_class_page_says_what_the_class_gets_wrong(tables: Frames) -> None:
    """How many, in which exercise, who, and an example."""
    article = class_page(tables).find("article")
    assert words(article).startswith("3× slope · sign Your slope has the wrong sign.")
    assert len(article.find_all("a")) == 3
    assert article.find("pre").get_text().startswith("def slope")


def test_the_class_page_lists_who_needs_a_person(tables: Frames) -> None:
    """Faults first."""
    table = class_page(tables).find("section", attrs={"aria-labelledby": "attention"})
    assert [row.find("a").get_text() for row in table.find_all("tr")[1:]][:2] == ["ours.ipynb", "web page.ipynb"]


def test_every_row_leads_to_that_students_page(ordinary: ClassResults, tmp_path: Path) -> None:
    """To a file that is there, whatever the script of the name."""
    registry()["feedback"].write(ordinary, tmp_path / "feedback", ReportOptions())
    links = [link["href"] for link in class_page(ordinary.tables).select("#class a")]
    assert len(links) == len(ordinary.grades)
    assert all((tmp_path / unquote(link)).is_file() for link in links)


def test_a_fault_has_a_blank_score_in_the_table(tables: Frames) -> None:
    """Not a zero."""
    row = next(row for row in class_page(tables).select("#class tbody tr") if "ours.ipynb" in row.get_text())
    assert {cell.get_text().strip() for cell in row.select(".n")} == {""}


def test_pictures_have_words_for_those_who_do_not_see_them(tables: Frames) -> None:
    """With the numbers, and the drawing itself hidden from readers."""
    pictures = class_page(tables).select("[role=img]")
    assert len(pictures) == 3
    assert "2 from 0–10 percent" not in pictures[0]["aria-label"]
    assert "square 78%" in pictures[1]["aria-label"]
    assert all(picture.find("svg")["aria-hidden"] == "true" for picture in pictures)


def test_pictures_take_their_colours_from_the_page(tables: Frames) -> None:
    """So that they fit light and dark, and nothing in them is set in a colour of its own."""
    svg = "".join(str(picture) for picture in class_page(tables).select("svg"))
    assert "var(--chart-1)" in svg and "#0" not in svg.replace('href="#', "").replace("url(#", "")


def test_without_matplotlib_the_page_says_how_to_get_it(tables: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    """And all else is there."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert not plots.available()
    soup = class_page(tables)
    assert "backprop-grader[plots]" in words(soup) and not soup.find_all("svg")
    assert len(soup.select("#class tbody tr")) == len(tables.submissions)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_page(status: Status) -> None:
    """In words that say how it ended."""
    assert page_of(classes.exercise("square", status)).find(id="square")


@pytest.mark.parametrize("count", [0, 1])
def test_the_smallest_classes_have_a_page(count: int) -> None:
    """Nobody, and one alone, whose results make no picture."""
    grades = [classes.graded("hw.ipynb", "Ada", classes.exercise("square"))][:count]
    assert not class_page(frames(grades)).find_all("svg")


def test_hostile_text_is_text(hostile: ClassResults) -> None:
    """No element on any page that the templates do not write."""
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "section",
        "details",
        "summary",
        "p",
        "h1",
    }
    allowed |= {"h2", "h3", "bdi", "ul", "li", "span", "a", "svg", "rect", "code", "pre", "figure", "figcaption", "div"}
    allowed |= {"strong", "footer", "table", "caption", "tr", "th", "td", "mark"}
    for grade in hostile.grades:
        soup = student_page(grade)
        assert {tag.name for tag in soup.find_all()} <= allowed
        assert not [name for tag in soup.find_all() for name in tag.attrs if name.startswith("on") or name == "src"]


def test_every_run_leaves_the_grades_and_the_pages(ordinary: ClassResults, tmp_path: Path) -> None:
    """The files that the documentation promises."""
    write_usual(ordinary.grades, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"grades.csv", "exercises.csv", "report.html", "feedback"}
    assert len(list((tmp_path / "feedback").glob("*.html"))) == len(ordinary.grades)


def test_names_of_exercises_in_any_script_are_drawn_without_remarks(recwarn: pytest.WarningsRecorder) -> None:
    """A function may be called 傾き; the browser has the font."""
    grades = [
        classes.graded(f"{i}.ipynb", f"s{i}", classes.exercise("傾き"), classes.exercise("slope")) for i in range(3)
    ]
    assert "傾き" in str(class_page(frames(grades)).find("svg", string=None).find_parent("section"))
    assert not list(recwarn)
