"""`grader similar` ranks pairs, side by side, and shows students' text without obeying it."""

import csv

from typer.testing import CliRunner

from grader.interfaces.cli.main import app
from tests.conftest import notebook
from tests.course.test_similarity import ADA, BOB, renamed


def test_pairs_are_ranked_and_shown(tmp_path):
    """In a table and a page; what is no notebook is left out."""
    (tmp_path / "in").mkdir()
    hostile = "# <script>alert(1)</script>\n"
    for name, source in (("ada", hostile + ADA), ("bob", BOB), ("mallory", "%matplotlib inline\n" + renamed(ADA))):
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(source))
    (tmp_path / "in" / "broken.ipynb").write_text("{")
    result = CliRunner().invoke(app, ["similar", str(tmp_path / "in"), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    (row,) = csv.DictReader((tmp_path / "out" / "similar.csv").open())
    assert {row["one"], row["other"]} == {"ada.ipynb", "mallory.ipynb"}
    page = (tmp_path / "out" / "similar.html").read_text(encoding="utf-8")
    assert "<mark>" in page and "<script>" not in page
