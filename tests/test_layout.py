"""The layout shows the architecture: imports run one way, and what must not be reached is not."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = [
    {"model", "notebooks"},
    {"assignment"},
    {"judging", "sandbox"},
    {"diagnosis"},
    {"grading", "feedback", "submissions"},
    {"runs", "selfcheck"},
    {"authoring", "reports", "api"},
    {"interfaces"},
    {"__main__"},
]


NOT_YET = {
    "feedback/feedback_text.py": {"reports"},
    "feedback/wording.py": {"reports"},
}  # imports that still run up; to be empty


def imported(path: Path) -> set[str]:
    """Absolute dotted names of the project's modules that a file imports, at any depth of its code."""
    package = path.relative_to(ROOT).parts[:-1]
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
                if node.level
                else node.module
            )
            names |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return names


def rooms(path: Path) -> set[str]:
    """The rooms of grader that a file imports from."""
    names = {name.split(".")[1] for name in imported(path) if name.startswith("grader.")}
    return {name for name in names if any(name in level for level in ORDER)}


def level_of(room: str) -> int:
    return next(i for i, level in enumerate(ORDER) if room in level)


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "grader").parts[0].removesuffix(".py")


MODULES = [
    path for path in (ROOT / "grader").rglob("*.py") if path.name != "__init__.py" or path.parent != ROOT / "grader"
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path):
    """A module imports only rooms below its own, and a room that is not in the order is put there first."""
    own = room_of(path)
    known = NOT_YET.get(str(path.relative_to(ROOT / "grader")), set())
    assert {room for room in rooms(path) - {own} if level_of(room) >= level_of(own)} == known


@pytest.mark.parametrize("path", sorted((ROOT / "reference").glob("*.py")), ids=lambda path: path.name)
def test_the_reference_knows_nothing_of_the_grader(path):
    """NumPy alone: the mathematics could be lifted out as it is."""
    outside = {name.split(".")[0] for name in imported(path)} - {"reference"}
    standard = {"__future__", "collections", "dataclasses", "itertools", "math", "typing", "functools", "enum", "types"}
    assert outside <= standard | {"numpy"}


@pytest.mark.parametrize("path", sorted((ROOT / "grader" / "notebooks").glob("*.py")), ids=lambda path: path.name)
def test_extraction_needs_nothing_but_python(path):
    """It is loaded beside untrusted bytes, so it brings nothing along."""
    assert not {
        name for name in imported(path) if name.startswith("grader") and not name.startswith("grader.notebooks")
    }
    assert not {name.split(".")[0] for name in imported(path)} & {
        "numpy",
        "nbformat",
        "nbconvert",
        "pandas",
        "typer",
        "rich",
    }


SANDBOX = ROOT / "grader" / "sandbox"
BESIDE_STUDENTS = [path for room in ("guest", "zygote", "layers") for path in (SANDBOX / room).glob("*.py")]


@pytest.mark.parametrize("path", BESIDE_STUDENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_runs_beside_student_code_imports_nothing_of_the_grader(path):
    """But the wire, the reading of notebooks, and its like: nothing that could lead to answers."""
    allowed = ("grader.notebooks", *(f"grader.sandbox.{each}" for each in ("wire", "guest", "zygote", "layers")))
    names = {name for name in imported(path) if name.startswith("grader")} - {"grader", "grader.sandbox"}
    assert {name for name in names if not name.startswith(allowed)} == set()


def test_no_module_outgrows_a_page_of_attention():
    """A module that nears four hundred lines wants to be two."""
    long = {
        str(path.relative_to(ROOT)): n
        for path in MODULES
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.name)
def test_every_test_is_a_sentence(path):
    """A test says in its docstring what holds."""
    functions = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    silent = [node.name for node in functions if node.name.startswith("test_") and not ast.get_docstring(node)]
    assert silent == []
