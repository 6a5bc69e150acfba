"""A copy of the student's notebook with feedback where they wrote it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.feedback.card import SubmissionReport
from grader.model import Place, Provenance
from grader.reports.exporter import ClassResults, NoFile, ReportOptions
from grader.reports.exporters import notebook, registry
from tests.reports import classes

OUTPUT = {"output_type": "display_data", "data": {"text/html": "<script>alert(1)</script>"}, "metadata": {}}


def code(source: Any, **more: Any) -> dict[str, Any]:
    """A code cell with an output that would run."""
    return {
        "cell_type": "code",
        "metadata": {"x": 1},
        "outputs": [OUTPUT],
        "execution_count": 3,
        "source": source,
    } | more


def handed_in(folder: Path, cells: list[Any], **exercise: Any) -> SubmissionReport:
    """The graded submission whose notebook has these cells."""
    path = folder / "hw.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {"widgets": {}}, "nbformat": 4, "nbformat_minor": 2}))
    wrong = classes.mistaken("slope", **exercise)
    return SubmissionReport(classes.graded("hw.ipynb", "Ada", wrong, record=Provenance(path=str(path))))


def copied(paper: SubmissionReport) -> Any:
    """The copy as nbformat reads and approves it."""
    found = nbformat.reads(notebook.with_feedback(paper), as_version=4)
    nbformat.validate(found)
    return found


def test_feedback_stands_below_the_cell_that_it_is_about(tmp_path: Path) -> None:
    """Cells are counted as in Jupyter: blank ones and text do not count."""
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Slopes"}
    cells = [text, code("import numpy as np"), code("  \n"), code(["def slope(x):\n", "    return 1"]), code("z = 1")]
    found = copied(handed_in(tmp_path, cells, place=Place(2, 1)))
    assert [cell.cell_type for cell in found.cells] == [
        "markdown",
        "markdown",
        "code",
        "code",
        "code",
        "markdown",
        "code",
    ]
    assert "0 of 3 points" in found.cells[0].source
    assert "Your slope has the wrong sign." in found.cells[5].source


def test_feedback_on_what_stands_nowhere_comes_first(tmp_path: Path) -> None:
    """A missing function has no cell."""
    found = copied(handed_in(tmp_path, [code("x = 1")], place=None))
    assert "Your slope has the wrong sign." in found.cells[0].source


def test_outputs_metadata_and_attachments_are_left_behind(tmp_path: Path) -> None:
    """The copy holds what was typed, and nothing that could run or load."""
    picture = {
        "cell_type": "markdown",
        "metadata": {},
        "source": "text",
        "attachments": {"a.svg": {"image/svg+xml": "<svg/>"}},
    }
    text = notebook.with_feedback(handed_in(tmp_path, [picture, code("x = 1")]))
    assert not {"alert", "attachments", "widgets", "svg"} & set(text.replace('"', " ").replace("(", " ").split())
    assert all(not cell.get("outputs") for cell in nbformat.reads(text, as_version=4).cells)


@pytest.mark.parametrize("source", ["<img src=x>", "[a](javascript&colon;alert(1))", "$\\href{x}{y}$"])
def test_markdown_that_could_load_or_do_something_is_shown_as_typed(source: str, tmp_path: Path) -> None:
    """As a block of code, which no renderer touches; in a raw cell, which converters take over as it is, too."""
    for kind in ("markdown", "raw"):
        found = copied(handed_in(tmp_path, [{"cell_type": kind, "metadata": {}, "source": source}]))
        assert (found.cells[1].cell_type, found.cells[1].source) == ("markdown", f"```\n{source}\n```")


def test_ordinary_markdown_stays(tmp_path: Path) -> None:
    """Formulas and comparisons are what these notebooks are made of."""
    source = "# Slopes\n\nFor $a < b$ the slope is $\\frac{1}{2}$ & more."
    found = copied(handed_in(tmp_path, [{"cell_type": "markdown", "metadata": {}, "source": source}]))
    assert (found.cells[1].cell_type, found.cells[1].source) == ("markdown", source)


def test_an_old_notebook_with_worksheets_is_copied_too(tmp_path: Path) -> None:
    """As it was before 2015."""
    paper = handed_in(tmp_path, [])
    sheet = {"cells": [{"cell_type": "code", "input": "def slope(x): pass", "outputs": [], "language": "python"}]}
    Path(paper.grade.record.path).write_text(
        json.dumps({"worksheets": [sheet], "nbformat": 3, "nbformat_minor": 0, "metadata": {}})
    )
    assert [cell.source for cell in copied(paper).cells][1] == "def slope(x): pass"


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"[" * 100_000, b"[1, 2]", b'{"cells": 3}', b'{"cells": [1, {"source": {}}]}', b"\xff\xfe\x00"],
)
def test_a_broken_notebook_costs_only_itself(data: bytes, tmp_path: Path) -> None:
    """It gets a notice or an empty copy, and the next one its feedback."""
    broken, whole = tmp_path / "broken.ipynb", tmp_path / "whole.ipynb"
    broken.write_bytes(data)
    whole.write_text(json.dumps({"cells": [code("x = 1")]}))
    class_ = [
        classes.graded(path.name, path.stem, classes.mistaken("slope"), record=Provenance(path=str(path)))
        for path in (broken, whole)
    ]
    written = registry()["notebook"].write(ClassResults.of(class_), tmp_path / "out", ReportOptions())
    assert tmp_path / "out" / "whole.ipynb" in written.paths
    assert len(written.paths) + len(written.notices) == 2


def test_a_notebook_within_a_downloaded_archive_is_copied(tmp_path: Path) -> None:
    """It never was a file of its own."""
    archive = tmp_path / "download.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("Ada_1_assignsubmission_file_/hw.ipynb", json.dumps({"cells": [code("def slope(x): pass")]}))
    inside = str(archive / "Ada_1_assignsubmission_file_" / "hw.ipynb")
    wrong = classes.mistaken("slope", place=Place(1, 1))
    paper = SubmissionReport(classes.graded("hw.ipynb", "Ada", wrong, record=Provenance(path=inside)))
    assert [cell.cell_type for cell in copied(paper).cells] == ["markdown", "code", "markdown"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It could lead to anybody's notebook."""
    paper = handed_in(tmp_path, [code("secret = 1")])
    link = tmp_path / "link.ipynb"
    link.symlink_to(paper.grade.record.path)
    with pytest.raises(NoFile, match="link"):
        notebook.with_feedback(SubmissionReport(replace(paper.grade, record=Provenance(path=str(link)))))


def test_hostile_text_of_every_kind_makes_a_valid_notebook(tmp_path: Path) -> None:
    """Names, messages and printed text in the feedback cells, and code in the copied ones."""
    path = tmp_path / "hw.ipynb"
    path.write_text(json.dumps({"cells": [code(text) for text in classes.HOSTILE]}))
    for grade in classes.hostile():
        paper = SubmissionReport(replace(grade, record=Provenance(path=str(path))))
        assert len(copied(paper).cells) > len(classes.HOSTILE)


def test_feedback_on_a_cell_that_is_not_there_is_not_lost(tmp_path: Path) -> None:
    """The file may be another one by now; then it comes first."""
    found = copied(handed_in(tmp_path, [code("x = 1")], place=Place(7, 1)))
    assert "Your slope has the wrong sign." in found.cells[0].source


def test_a_notebook_in_an_archive_that_a_student_handed_in_is_copied(tmp_path: Path) -> None:
    """It lies in an archive within the download."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("hw.ipynb", json.dumps({"cells": [code("def slope(x): pass")]}))
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as file:
        file.writestr("lovelaceada_11_7001_hw.zip", inner.getvalue())
    path = str(tmp_path / "download.zip" / "lovelaceada_11_7001_hw.zip" / "hw.ipynb")
    wrong = classes.mistaken("slope", place=Place(1, 1))
    paper = SubmissionReport(classes.graded("hw.ipynb", "Ada", wrong, record=Provenance(path=path)))
    assert [cell.cell_type for cell in copied(paper).cells] == ["markdown", "code", "markdown"]


def test_a_notebook_by_another_name_is_copied(tmp_path: Path) -> None:
    """Some systems put an ending of their own behind the name."""
    paper = handed_in(tmp_path, [code("def slope(x): pass")], place=Place(1, 1))
    path = Path(paper.grade.record.path).rename(tmp_path / "hw.ipynb.txt")
    renamed = SubmissionReport(replace(paper.grade, record=Provenance(path=str(path))))
    assert [cell.cell_type for cell in copied(renamed).cells] == ["markdown", "code", "markdown"]
