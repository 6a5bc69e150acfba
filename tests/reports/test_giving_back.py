"""Feedback files that systems take for many students at once, and mails, read as those who take them read them."""

from __future__ import annotations

import csv
import email
import json
import zipfile
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import nbformat
import pytest

from grader.model import Grade, GraderError, Provenance, Status, SubmissionStatus
from grader.reports.exporter import ClassResults, ReportOptions, Written
from grader.reports.exporters import registry
from grader.submissions.discovery import find
from tests.conftest import notebook
from tests.reports import classes

CANVAS = {
    "lovelaceada_11_7001_hw.ipynb": ("11", "7001"),
    "zolclukasz_LATE_12_7002_hw 2026_10_3.ipynb": ("12", "7002"),
    "petrovivan_13_7003_x_11_7001_y.ipynb": ("13", "7003"),
    "raoanjali_14_7004_solution.py": ("14", "7004"),
}
MOODLE = {
    "Ada Lovelace_101_assignsubmission_file/hw.ipynb": 101,
    "Łukasz Żółć_102_assignsubmission_file/work/Bob_101_assignsubmission_file_/hw.ipynb": 102,
}
FLAT = {"Ada Lovelace_101_assignsubmission_file_hw.ipynb": 101, "Anjali Rao_103_assignsubmission_file_a_b.py": 103}
SCRIPT = b"# coding: utf-8\r\ndef slope(x):\r\n    return x\r\n"


def graded(folder: Path, members: object) -> ClassResults:
    """A download with these files, found as in a run, in which everybody makes a mistake."""
    archive = folder / "download.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in members:  # type: ignore[attr-defined]
            file.writestr(name, SCRIPT if name.endswith(".py") else notebook("def slope(x): return x"))
    return ClassResults.of(
        classes.graded(
            one.name,
            one.student,
            classes.mistaken("slope"),
            record=Provenance(path=str(one.path), ids=one.receipt.ids),
        )
        for one in find([archive])
    )


def write(name: str, results: ClassResults, folder: Path) -> Written:
    """What a format writes."""
    return registry()[name].write(results, folder / "out", ReportOptions())


def unzipped(written: Written) -> dict[str, bytes]:
    """The members of the archive."""
    with zipfile.ZipFile(written.paths[0]) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def canvas_reads(name: str) -> tuple[str, str]:
    """The user and the file's number that Canvas finds in a name: the first two parts that are numbers, late or not."""
    numbers = [part for part in name.split("_") if part.isdecimal()]
    return numbers[0], numbers[1]


def moodle_reads(path: str) -> tuple[int, str]:
    """The participant and the file's name that Moodle finds in a path: of the first part of four that has a number."""
    parts = path.split("/")
    for place, part in enumerate(parts):
        found = part.split("_", 4)
        if len(found) >= 4 and found[1].isdecimal() and found[2:4] == ["assignsubmission", "file"]:
            return int(found[1]), "/".join([*found[4:], *parts[place + 1 :]]).lstrip("/")
    raise AssertionError(path)


def test_canvas_finds_whose_each_file_is(tmp_path: Path) -> None:
    """Under the very names of the download, digits in a student's own name of the file included."""
    found = unzipped(write("canvas-feedback", graded(tmp_path, CANVAS), tmp_path))
    assert {name: canvas_reads(name) for name in found} == CANVAS


def test_canvas_gets_a_file_of_the_kind_that_was_handed_in(tmp_path: Path) -> None:
    """It is shown under the name that the student gave it: a notebook as a notebook, a script as a script that runs."""
    found = unzipped(write("canvas-feedback", graded(tmp_path, CANVAS), tmp_path))
    copy = nbformat.reads(found["lovelaceada_11_7001_hw.ipynb"].decode(), as_version=4)
    assert any("Your slope has the wrong sign." in cell.source for cell in copy.cells)
    names: dict[str, object] = {}
    exec(found["raoanjali_14_7004_solution.py"], names)
    assert "slope" in names
    assert b"Your slope has the wrong sign." in found["raoanjali_14_7004_solution.py"]


def test_moodle_finds_whose_each_file_is(tmp_path: Path) -> None:
    """By the folder at the top, whatever a student calls the folders within."""
    found = unzipped(write("moodle-feedback", graded(tmp_path, MOODLE), tmp_path))
    assert {moodle_reads(path) for path in found} == {
        (number, name) for number in MOODLE.values() for name in ("feedback.html", "feedback.ipynb")
    }


def test_moodle_finds_whose_each_file_is_without_folders(tmp_path: Path) -> None:
    """As a site lays it out that does not make folders."""
    found = unzipped(write("moodle-feedback", graded(tmp_path, FLAT), tmp_path))
    assert {moodle_reads(path) for path in found} == {
        (101, "feedback.html"),
        (101, "feedback.ipynb"),
        (103, "feedback.html"),
        (103, "feedback.py"),
    }


@pytest.mark.parametrize("name", ["canvas-feedback", "moodle-feedback"])
def test_what_comes_from_elsewhere_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    """There is nothing that the system could match."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").write_bytes(notebook("x = 1"))
    grades = [classes.graded("ada.ipynb", "ada", record=Provenance(path=str(tmp_path / "in" / "ada.ipynb")))]
    with pytest.raises(GraderError, match="does not come from a download"):
        write(name, ClassResults.of(grades), tmp_path)


@pytest.mark.parametrize("name", ["canvas-feedback", "moodle-feedback"])
def test_a_fault_of_the_grader_costs_only_itself(name: str, tmp_path: Path) -> None:
    """Nothing is given back of what is not graded yet, and it is said."""
    results = graded(tmp_path, CANVAS if name.startswith("canvas") else MOODLE)
    fault = classes.ungraded("x.ipynb", "x", SubmissionStatus.GRADER_FAULT, "no memory")
    written = write(name, ClassResults.of([*results.grades, fault]), tmp_path)
    assert len(unzipped(written)) >= 2
    assert [notice.split(":")[0] for notice in written.notices] == ["x.ipynb"]


def mails(written: Written) -> dict[str, EmailMessage]:
    """The messages by their subject, as Python's own reader reads them."""
    files = [path for path in written.paths if path.suffix == ".eml"]
    found = [email.message_from_bytes(path.read_bytes(), policy=default) for path in files]
    assert not [defect for mail in found for part in mail.walk() for defect in part.defects]
    return {str(mail["To"]): mail for mail in found}  # type: ignore[misc]


def handed_in(folder: Path, student: str, *ids: str) -> Grade:
    """A graded notebook of somebody's."""
    path = folder / "hw.ipynb"
    path.write_bytes(notebook("def slope(x): return x"))
    return classes.graded(
        f"{student}/hw.ipynb", student, classes.mistaken("slope"), record=Provenance(path=str(path), ids=ids)
    )


def test_a_mail_has_the_text_the_page_and_the_notebook(tmp_path: Path) -> None:
    """To the address that the student is known by, as a draft."""
    results = ClassResults.of([handed_in(tmp_path, "Łukasz Żółć", "s-2", "lukasz@uni.example")])
    (mail,) = mails(write("mail", results, tmp_path)).values()
    (address,) = mail["To"].addresses
    assert (address.addr_spec, address.display_name) == ("lukasz@uni.example", "Łukasz Żółć")
    assert (mail["Subject"], mail["X-Unsent"]) == (f"{classes.TITLE}: 0 of 3 points", "1")
    body = mail.get_body()
    assert body is not None and "Your slope has the wrong sign." in body.get_content()
    page, copy = mail.iter_attachments()
    assert (page.get_content_type(), page.get_filename()) == ("text/html", "feedback.html")
    assert classes.TITLE in page.get_content()
    assert copy.get_filename() == "hw.ipynb" and json.loads(copy.get_content())["nbformat"] == 4


def test_a_table_beside_the_mails_has_a_row_for_each(tmp_path: Path) -> None:
    """For those who merge their own; no cell in it is a formula."""
    grades = [handed_in(tmp_path, "Ada", "ada@uni.example"), handed_in(tmp_path, "=1+1")]
    written = write("mail", ClassResults.of(grades), tmp_path)
    with (tmp_path / "out" / "mail-merge.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["email"], row["student"]) for row in rows] == [("", "'=1+1"), ("ada@uni.example", "Ada")]
    assert {row["file"] for row in rows} == {path.name for path in written.paths if path.suffix == ".eml"}
    assert any("without an address: 1" in notice for notice in written.notices)


@pytest.mark.parametrize("name", ["a@b\nBcc: x@y.z", "a@b\r\n\r\nbody", "x" * 300 + "@b.c", "a b@c d", "@", "a@"])
def test_no_name_writes_a_header_of_its_own(name: str, tmp_path: Path) -> None:
    """Whatever a student or a roster calls somebody."""
    results = ClassResults.of([handed_in(tmp_path, name, name)])
    (mail,) = mails(write("mail", results, tmp_path)).values()
    assert mail["Bcc"] is None and len(list(mail.iter_attachments())) == 2


def test_hostile_text_makes_mails_of_ours_alone(hostile: ClassResults, tmp_path: Path) -> None:
    """A text, a page, and nothing that a student attached."""
    for path in write("mail", hostile, tmp_path).paths:
        if path.suffix == ".eml":
            mail = email.message_from_bytes(path.read_bytes(), policy=default)
            assert [part.get_content_type() for part in mail.walk()] == ["multipart/mixed", "text/plain", "text/html"]


def test_secret_numbers_are_in_no_mail_and_no_archive(tmp_path: Path) -> None:
    """Neither in the text nor in what is attached."""
    lost = classes.exercise("slope", Status.WRONG)
    path = tmp_path / "lovelaceada_11_7001_hw.ipynb"
    path.write_bytes(notebook("def slope(x): return x"))
    results = ClassResults.of([classes.graded(path.name, "ada", lost, record=Provenance(path=str(path), ids=("11",)))])
    (mail,) = mails(write("mail", results, tmp_path)).values()
    for part in mail.walk():
        if not part.is_multipart():
            content = part.get_content()
            assert classes.SECRET not in (content if isinstance(content, str) else content.decode())
    archive = registry()["canvas-feedback"].write(results, tmp_path / "upload.zip", ReportOptions())
    assert not [content for content in unzipped(archive).values() if classes.SECRET.encode() in content]
