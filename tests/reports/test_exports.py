"""Files that other systems take, read back by readers of their own world."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pandas as pd
import pytest
from junitparser import Error, Failure, JUnitXml

from grader.feedback.card import SubmissionReport
from grader.model import GraderError, Late, Provenance
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import github, gradescope, junit, prairielearn, xlsx
from grader.reports.exporters import json as json_report
from grader.reports.exporters import tables as csv
from tests.reports import classes

SCHEMA = Path(__file__).parents[2] / "docs" / "results.schema.json"
OPTIONS = ReportOptions()
BOTH = pytest.mark.parametrize("name", ["ordinary", "hostile"])


@pytest.fixture
def either(name: str, request: pytest.FixtureRequest) -> ClassResults:
    """The ordinary class, or the hostile one."""
    return request.getfixturevalue(name)


def report(results: ClassResults, submission: str) -> SubmissionReport:
    """One submission of a class."""
    return next(SubmissionReport(each) for each in results.grades if each.submission.startswith(submission))


def sheet(ordinary: ClassResults, name: str) -> pd.DataFrame:
    """A sheet of the workbook, as pandas reads it."""
    return pd.read_excel(io.BytesIO(xlsx.workbook(ordinary, OPTIONS)), sheet_name=name)


class TestExcel:
    """A workbook for people."""

    def test_names_and_points_come_back(self, ordinary: ClassResults) -> None:
        """Points as numbers, and an empty cell where there are none."""
        found = sheet(ordinary, "Grades").set_index("student")
        assert set(classes.NAMES) <= set(found.index)
        assert found.loc["小林 あやか", "slope"] == 3.0
        assert pd.isna(found.loc["ours", "score"])

    def test_mistakes_have_a_sheet(self, ordinary: ClassResults) -> None:
        """Most frequent first, with who."""
        found = sheet(ordinary, "Mistakes")
        assert found[["exercise", "mistake", "submissions"]].values.tolist() == [["slope", "sign", 3]]

    def test_no_cell_of_a_hostile_class_is_a_formula(self, hostile: ClassResults) -> None:
        """And what begins like one stays text when somebody edits it."""
        book = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(hostile, OPTIONS)))
        cells = [cell for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        looks = [cell for cell in cells if cell.value.startswith(("=", "+", "-", "@"))]
        assert looks and all(cell.quotePrefix for cell in looks)


class TestJson:
    """Everything, for programs."""

    @BOTH
    def test_it_is_as_the_published_schema_says(self, either: ClassResults) -> None:
        """The schema forbids what it does not name."""
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        document = json.loads(json_report.document(either, OPTIONS))
        jsonschema.validate(document, schema)
        assert len(document["submissions"]) == len(either.grades)

    @pytest.mark.parametrize("text", ["\ud800", "a\udc80b", "😀", "\\ud800", "\\\ud800x"])
    def test_halves_of_characters_are_replaced_and_all_else_stays(self, text: str) -> None:
        """Some readers refuse a whole file for one of them."""
        document = json_report.document(ClassResults.of([classes.graded("a", text)]), OPTIONS)
        assert document.isascii()
        found = json.loads(document)["submissions"][0]["student"]
        assert found == "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)

    def test_it_holds_no_secret_seed(self, ordinary: ClassResults) -> None:
        """It may be handed on."""
        assert "424242" not in json_report.document(ordinary, OPTIONS)

    def test_a_fault_has_no_score(self, ordinary: ClassResults) -> None:
        """Null, not zero."""
        found = {
            each["submission"]: each for each in json.loads(json_report.document(ordinary, OPTIONS))["submissions"]
        }
        assert found["ours.ipynb"]["score"] is None


class TestJUnit:
    """What every CI system reads."""

    @BOTH
    def test_a_real_reader_finds_every_exercise(self, either: ClassResults) -> None:
        """A suite per submission, a test per exercise."""
        document = JUnitXml.fromstring(junit.document(either, OPTIONS).encode())
        suites = list(document)
        assert len(suites) == len(either.grades)
        assert [case.name for case in suites[0]] == ["square", "slope"]
        assert (document.tests, document.failures + document.errors) == (
            sum(suite.tests for suite in suites),
            sum(suite.failures + suite.errors for suite in suites),
        )

    def test_lost_points_fail_and_surprises_are_errors(self, ordinary: ClassResults) -> None:
        """With the mistake as the type, and points as properties."""
        suites = {suite.name: suite for suite in JUnitXml.fromstring(junit.document(ordinary, OPTIONS).encode())}
        suite = suites["Иван Петров/hw.ipynb"]
        (result,) = next(case for case in suite if case.name == "slope").result
        assert isinstance(result, Failure) and result.type == "sign"
        assert {each.name: each.value for each in suite.properties()}["points.square"] == "3"
        assert all(isinstance(case.result[0], Error) for case in suites["ours.ipynb"])

    def test_a_fault_has_an_empty_score(self, ordinary: ClassResults) -> None:
        """Nothing that a script could take for a zero."""
        suites = {suite.name: suite for suite in JUnitXml.fromstring(junit.document(ordinary, OPTIONS).encode())}
        assert not {each.name: each.value for each in suites["ours.ipynb"].properties()}["score"]


class TestGradescope:
    """`results.json` of a submission."""

    def test_tests_add_up_to_the_score(self, ordinary: ClassResults) -> None:
        """And say whether they passed."""
        found = json.loads(gradescope.results(report(ordinary, classes.NAMES[7])))
        assert found["score"] == sum(test["score"] for test in found["tests"]) == 1.0
        assert [test["status"] for test in found["tests"]] == ["failed", "failed"]

    def test_a_fault_has_no_score_at_all(self, ordinary: ClassResults) -> None:
        """Gradescope then shows a failed run instead of a grade."""
        found = json.loads(gradescope.results(report(ordinary, "ours")))
        assert "score" not in found and "tests" not in found

    def test_all_text_is_plain(self, hostile: ClassResults) -> None:
        """No format that renders anything, and no control characters."""
        for each in map(SubmissionReport, hostile.grades):
            found = json.loads(gradescope.results(each))
            assert found["output_format"] == "text"
            for test in found["tests"]:
                assert (test["name_format"], test["output_format"]) == ("text", "text")
                assert_visible(test["output"])


class TestPrairieLearn:
    """`results.json` of a submission."""

    def test_the_score_is_a_share(self, ordinary: ClassResults) -> None:
        """0 to 1, with the points of each test."""
        found = json.loads(prairielearn.results(report(ordinary, "Иван")))
        assert (found["gradable"], found["score"]) == (True, 0.5)
        assert [(test["points"], test["max_points"]) for test in found["tests"]] == [(3.0, 3.0), (0.0, 3.0)]

    @pytest.mark.parametrize("submission", ["ours", "web page"])
    def test_what_was_not_graded_costs_no_attempt(self, submission: str, ordinary: ClassResults) -> None:
        """It is not gradable, and the message says why."""
        found = json.loads(prairielearn.results(report(ordinary, submission)))
        assert found["gradable"] is False and found["message"]

    def test_it_stays_below_a_megabyte(self) -> None:
        """However much a student prints or raises."""
        much = classes.mistaken("slope", printed="x" * 10**6, diagnosis="y" * 10**6)
        one = SubmissionReport(classes.graded("a.ipynb", "a", *[much] * 20))
        assert len(prairielearn.results(one).encode()) < 10**6


class TestGitHubClassroom:
    """The reporter's base64."""

    def test_the_scores_of_tests_add_up(self, ordinary: ClassResults) -> None:
        """They are always there, even where nothing could be graded."""
        for each in map(SubmissionReport, ordinary.grades):
            found: dict[str, Any] = json.loads(base64.b64decode(github.classroom(each)))
            assert (found["version"], len(found["tests"])) == (1, 2)
            assert sum(test["score"] for test in found["tests"]) == (each.score or 0)
            assert {test["status"] for test in found["tests"]} <= {"pass", "fail", "error"}

    def test_a_penalty_is_a_test_so_that_scores_add_up(self) -> None:
        """Half of the points for being late, and the reason."""
        late = replace(classes.graded("a.ipynb", "a", classes.exercise("slope")), score=1.5, late=Late(1, 1.5, 3.0))
        one = SubmissionReport(late)
        found = json.loads(base64.b64decode(github.classroom(one)))
        assert [test["score"] for test in found["tests"]] == [3.0, -1.5]
        assert found["tests"][1]["message"] == "1 day late: 1.5 of 3 points are taken off."

    @pytest.mark.parametrize(("submission", "status"), [("Ada", "pass"), ("Иван", "fail"), ("ours", "error")])
    def test_the_whole_has_a_status(self, submission: str, status: str, ordinary: ClassResults) -> None:
        """Passed only where every exercise is."""
        assert json.loads(base64.b64decode(github.classroom(report(ordinary, submission))))["status"] == status


class TestGitHub:
    """Annotations and the job's summary."""

    def test_every_line_is_one_command_of_ours(self, hostile: ClassResults) -> None:
        """No text of a student's begins a line, and none ends its property."""
        lines = github.commands(hostile, OPTIONS).split("\n")[:-1]
        for line in lines:
            assert line.startswith(("::error file=", "::notice title=grader::"))
            assert_visible(line)
        assert len(lines) == 11
        assert lines[-1].endswith(f"and {2 * len(classes.HOSTILE) - 10} more; the job's summary has them")

    def test_an_annotation_stands_at_the_line_of_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the function's line is in the notebook's JSON, not in its cell."""
        monkeypatch.chdir(tmp_path)
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        cells = [cell | {"source": ["import numpy\n"]}, cell | {"source": ["# é\n", "def slope(x):\n", "    pass\n"]}]
        path = tmp_path / "hw.ipynb"
        path.write_text(json.dumps({"cells": cells, "metadata": {}}, indent=1), encoding="utf-8")
        wrong = classes.mistaken("slope", place=classes.Place(2, 2))
        one = ClassResults.of([classes.graded("hw.ipynb", "a", wrong, record=Provenance(path=str(path)))])
        expected = 1 + path.read_text(encoding="utf-8").split("\n").index('    "def slope(x):\\n",')
        assert github.commands(one, OPTIONS).startswith(f"::error file=hw.ipynb,line={expected},title=slope%3A 0 of 3")

    def test_a_class_without_losses_has_no_annotations(self) -> None:
        """Silence is good news."""
        assert github.commands(ClassResults.of([classes.graded("a", "a", classes.exercise("slope"))]), OPTIONS) == ""

    def test_the_summary_fits_however_large_the_class(self) -> None:
        """GitHub takes a mebibyte."""
        long = classes.mistaken("slope", mistake="m" * 5000)
        many = ClassResults.of([classes.graded(f"{i}.ipynb", f"s{i}", long) for i in range(400)])
        assert len(github.summary(many, OPTIONS).encode()) < 2**20


class TestParquet:
    """For those who go on with other tools."""

    def test_it_comes_back_as_it_was(self, ordinary: ClassResults) -> None:
        """Where pyarrow is installed; where it is not, the message says how to get it."""
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            with pytest.raises(GraderError, match="pip install pyarrow"):
                csv.parquet(ordinary, OPTIONS)
        else:
            found = pd.read_parquet(io.BytesIO(csv.parquet(ordinary, OPTIONS)))
            assert found["student"].tolist() == ordinary.tables.exercises["student"].tolist()


def assert_visible(text: str) -> None:
    """No control, format or lone surrogate character is left in it."""
    assert all(char.isprintable() or char in "\n\u200c\u200d\u00a0\u3000" for char in text), text
