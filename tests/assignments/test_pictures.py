"""The pictures of the students' notebooks: up to date, told in words, and of one file with the notebook."""

import base64
import re
import subprocess
import sys
from xml.etree import ElementTree

import nbformat
import pytest

from grader.assignment.catalogue import SHIPPED, shipped

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = SHIPPED.parent / "docs" / "pictures"


def picture_cells():
    """Every cell of a notebook that holds a picture."""
    for name in shipped():
        notebook = nbformat.read(SHIPPED / name / f"{name}.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.id.endswith("-picture"):
                yield pytest.param(cell.source, id=f"{name}-{cell.id}")


each_picture = pytest.mark.parametrize("source", list(picture_cells()))


def picture(source):
    """The root of the SVG that a cell holds."""
    address = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', source)
    return ElementTree.fromstring(base64.b64decode(address[1]))


def test_the_pictures_are_those_that_the_script_draws():
    """`python docs/pictures` draws them anew, from the reference."""
    checked = subprocess.run([sys.executable, DRAWING, "--check"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "every picture is up to date\n")


@each_picture
def test_a_picture_is_told_in_words(source):
    """For whoever does not see it: beside the image and within it."""
    alternative = re.search(r'alt="([^"]+)"', source)
    assert len(alternative[1]) > 100
    assert picture(source).find(f"{SVG}title").text
    assert len(picture(source).find(f"{SVG}desc").text) > 60


@each_picture
def test_a_picture_is_readable_on_light_and_on_dark_pages(source):
    """It brings its own card, and other colours where the reader's system is dark."""
    root = picture(source)
    assert "prefers-color-scheme:dark" in root.find(f"{SVG}style").text
    assert root.find(f"{SVG}rect").get("class") == "card"


@each_picture
def test_a_picture_needs_nothing_from_elsewhere(source):
    """One image in the cell's own text, no script, and no address but its own."""
    assert re.fullmatch(r'<img alt="[^"<>]+" src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+">', source)
    svg = ElementTree.tostring(picture(source), encoding="unicode")
    assert re.findall(r"https?://[^\"']+", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"script|href|@import|url\(", svg)
