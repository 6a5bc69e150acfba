"""`grader term`: several folders of results make one table, in which a person has one row."""

import csv

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from grader.interfaces.cli.main import app
from grader.model import Grade, Late, Provenance, SubmissionStatus
from grader.runs.record.serialization import to_line


@pytest.fixture
def folder(tmp_path):
    """Writes a folder of results: who has what, with these ids."""

    def write(name, *people):
        (tmp_path / name).mkdir()
        lines = []
        for student, score, *more in people:
            about = Provenance(ids=tuple(more[0]) if more else (), path=f"/{name}/{student}{more}")
            late = more[1] if len(more) > 1 else None
            status = SubmissionStatus.GRADER_FAULT if score is None else SubmissionStatus.GRADED
            grade = Grade(f"{student}{more}", student, name, status, score or 0.0, 10.0, late=late, record=about)
            lines.append(to_line(grade).text)
        (tmp_path / name / "results.jsonl").write_text("".join(lines), encoding="utf-8")
        return str(tmp_path / name)

    return write


def run(*arguments):
    return CliRunner().invoke(app, ["term", *map(str, arguments)])


def table(path):
    return {row["student"]: row for row in csv.DictReader(path.open(encoding="utf-8"))}


def test_a_person_has_one_row_however_the_name_is_spelled(folder, tmp_path):
    """By an address, or by the letters of the name; two of one name are two."""
    one = folder("hw1", ("lovelaceada", 10.0, ["101"]), ("Bob", 5.0, ["bob@x.edu"]), ("Li Ming", 1.0, ["1"]))
    two = folder("hw2", ("Ada Lovelace", 6.0), ("Robert Good", 7.0, ["bob@x.edu"]), ("Li Ming", 9.0, ["2"]))
    assert run(one, two, "-o", tmp_path / "term.csv").exit_code == 0
    rows = list(csv.DictReader((tmp_path / "term.csv").open()))
    assert [row["total"] for row in rows if row["student"] == "Ada Lovelace"] == ["80.0"]
    assert [row["total"] for row in rows if row["student"] == "Robert Good"] == ["60.0"]
    assert sorted(row["missing"] for row in rows if row["student"] == "Li Ming") == ["hw1", "hw2"]


def test_weights_letters_excuses_and_free_days_count(folder, tmp_path):
    """All in one."""
    late = Late(2, 4.0, 10.0)
    one = folder("hw1", ("Ada A", 6.0, ["ada@x.edu"], late), ("Bob B", 10.0, ["bob@x.edu"]))
    two = folder("hw2", ("Ada A", 10.0, ["ada@x.edu"]), ("Bob B", None, ["bob@x.edu"]))
    files = {
        "w.csv": "assignment,weight,drop_group,bonus\nhw1,1,,\nhw2,1,,\n",
        "l.csv": "percent,letter\n90,A\n0,F\n",
        "e.csv": "assignment,student,reason\nhw2,bob@x.edu,illness\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    options = ["--weights", tmp_path / "w.csv", "--letters", tmp_path / "l.csv", "--late-days", 1]
    assert run(one, two, *options, "-o", tmp_path / "t.csv").exit_code == 0
    rows = table(tmp_path / "t.csv")
    assert (rows["Ada A"]["hw1"], rows["Ada A"]["total"], rows["Ada A"]["letter"]) == ("80.0", "90.0", "A")
    assert (rows["Bob B"]["total"], rows["Bob B"]["open"]) == ("", "hw2")
    assert run(one, two, *options, "--excused", tmp_path / "e.csv", "-o", tmp_path / "t.xlsx").exit_code == 0
    sheet = load_workbook(tmp_path / "t.xlsx").active
    bob = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Bob B")
    assert bob[4:6] == (100, "A") and "hw2" in bob


@pytest.mark.parametrize(
    ("weights", "words"),
    [("assignment,weight\nhw9,1\n", "hw9"), ("assignment,weight\nhw1,much\n", "line 2"), ("a,b\n1,2\n", "columns are")],
)
def test_weights_that_cannot_be_used_are_refused(folder, tmp_path, weights, words):
    """With what is wrong."""
    (tmp_path / "w.csv").write_text(weights)
    result = run(folder("hw1", ("Ada", 1.0)), "--weights", tmp_path / "w.csv", "-o", tmp_path / "t.csv")
    assert words in str(result.exception)
