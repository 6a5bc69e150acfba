"""What holds for every format alike."""

from __future__ import annotations

import base64
import re
import unicodedata
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from grader.model import GraderError
from grader.reports import exporters
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import registry
from grader.reports.gradebook import FilledGradebook
from grader.reports.pages import overview
from tests.reports import classes

BINARY = {"xlsx", "parquet", "canvas-feedback", "moodle-feedback"}
TEXT = sorted(name for name, one in registry().items() if name not in BINARY and not isinstance(one, FilledGradebook))
SAFE = {"\n", "\t", "\u200c", "\u200d"}


def written(name: str, results: ClassResults, target: Path) -> dict[str, str]:
    """The files of a format, by their names within the target."""
    paths = registry()[name].write(results, target, ReportOptions()).paths
    texts = {path.relative_to(target).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    decode = name == "github-classroom"
    return {path: base64.b64decode(text).decode() if decode else text for path, text in texts.items()}


@pytest.mark.parametrize("name", TEXT)
def test_no_control_character_of_a_students_is_in_any_file(name: str, hostile: ClassResults, tmp_path: Path) -> None:
    """None for a terminal, none that turns the direction of writing, none that XML forbids, no half of a character."""
    for text in written(name, hostile, tmp_path / "out").values():
        found = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}} - SAFE
        assert not found, name


@pytest.mark.parametrize("name", TEXT)
def test_the_order_of_grading_changes_no_byte(name: str, tmp_path: Path) -> None:
    """So that files can be compared from run to run."""
    grades = classes.ordinary()
    one = written(name, ClassResults.of(grades), tmp_path / "one")
    assert one == written(name, ClassResults.of(grades[::-1]), tmp_path / "other")


@pytest.mark.parametrize("name", sorted(registry()))
def test_a_class_of_nobody_fails_in_no_format(name: str, tmp_path: Path) -> None:
    """Except where something is asked for that is not there, which is said."""
    try:
        registry()[name].write(ClassResults.of([]), tmp_path / "out", ReportOptions())
    except GraderError as error:
        assert "--fill" in str(error) or "pyarrow" in str(error)


def test_no_two_elements_of_the_class_page_share_an_id(ordinary: ClassResults) -> None:
    """Three drawings stand in it."""
    ids = re.findall(r'\bid="([^"]+)"', overview.page(ordinary.tables))
    assert len(ids) == len(set(ids))


def test_every_module_has_formats_and_no_name_is_taken_twice() -> None:
    """Two of one name would hide each other."""
    modules = [import_module(f"{exporters.__name__}.{module.name}") for module in iter_modules(exporters.__path__)]
    names = [exporter.name for module in modules for exporter in module.EXPORTERS]
    assert sorted(set(names)) == sorted(names) == list(registry())
    assert all(module.EXPORTERS for module in modules)


def test_a_further_format_is_one_more_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ordinary: ClassResults
) -> None:
    """Nothing else has to know of it."""
    (tmp_path / "counting.py").write_text(
        "from grader.reports.exporter import ClassFile\n"
        "def count(results, options):\n"
        "    return str(len(results.grades))\n"
        "EXPORTERS = (ClassFile('count', 'count.txt', count),)\n"
    )
    monkeypatch.setattr(exporters, "__path__", [*exporters.__path__, str(tmp_path)])
    registry.cache_clear()
    try:
        (path,) = registry()["count"].write(ordinary, tmp_path / "count.txt", ReportOptions()).paths
    finally:
        registry.cache_clear()
    assert path.read_text() == str(len(ordinary.grades))


def test_the_documentation_lists_every_format() -> None:
    """In its table, with the usual name of the file."""
    page = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    for name in registry():
        assert any(f"`{name}`" in row.split("|")[1] for row in rows), name
