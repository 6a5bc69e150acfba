"""The layout shows the architecture: imports run one way, and what must not be reached is not."""

import ast
from collections.abc import Collection
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = [
    {"model", "notebooks"},
    {"assignment"},
    {"judging", "sandbox"},
    {"diagnosis"},
    {"grading", "feedback", "submissions", "course"},
    {"runs", "selfcheck"},
    {"authoring", "reports", "api"},
    {"interfaces"},
    {"__main__"},
]


def imported(path: Path, without: Collection[int] = ()) -> set[str]:
    """Absolute dotted names of the project's modules that a file imports, at any depth of its code.

    without: lines that do not count.
    """
    package = path.relative_to(ROOT).parts[:-1]
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and node.lineno not in without:
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.lineno not in without:
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
    assert {room for room in rooms(path) - {own} if level_of(room) >= level_of(own)} == set()


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
    allowed = (
        "grader.notebooks",
        *(f"grader.sandbox.{each}" for each in ("wire", "packages", "guest", "zygote", "layers")),
    )
    names = {name for name in imported(path) if name.startswith("grader")} - {"grader", "grader.sandbox"}
    assert {name for name in names if not name.startswith(allowed)} == set()


WORDS = frozenset(
    {"message", "messages", "reason", "reasons", "says", "said", "why", "sentence", "failure", "told", "problem"}
)
LOOKS = frozenset(
    {"startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition", "find", "count"}
)
PATTERNS = frozenset({"match", "search", "fullmatch", "findall", "finditer"})
READS_MESSAGES = {
    "diagnosis/errors.py",  # those of Python and NumPy
    "sandbox/layers/__init__.py",  # what a trial process says over a pipe
}


def last_name(node: ast.expr) -> str:
    """What an expression is about: `outcome.message` and `tree["message"]` are about a message."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Subscript(value=inner) | ast.Call(func=ast.Attribute(value=inner)):
            return last_name(inner)
        case ast.Call(func=ast.Name(id="str" | "repr"), args=[inner, *_]):
            return last_name(inner)
    return ""


def looks_into_words(node: ast.AST) -> bool:
    """Whether something is decided by what a message says."""
    match node:
        case ast.Call(func=ast.Attribute(value=text, attr=method), args=args):
            by_method = method in LOOKS and last_name(text) in WORDS
            return by_method or (method in PATTERNS and any(last_name(arg) in WORDS for arg in args))
        case ast.Compare(left=ast.Constant(value=str()), ops=[ast.In() | ast.NotIn()], comparators=[text]):
            return last_name(text) in WORDS
        case ast.Compare(left=one, ops=[ast.Eq() | ast.NotEq()], comparators=[other]):
            texts = [side for side in (one, other) if isinstance(side, ast.Constant) and isinstance(side.value, str)]
            return bool(texts) and bool({last_name(one), last_name(other)} & WORDS)
    return False


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_decided_by_a_message(path):
    """Causes are values; what Python and NumPy say is recognised in one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [ast.unparse(node) for node in ast.walk(tree) if looks_into_words(node)]
    assert found == [] or str(path.relative_to(ROOT / "grader")) in READS_MESSAGES


@pytest.mark.parametrize(
    "code",
    [
        'verdict.message.startswith("Raises")',
        'tree["message"].removeprefix("Set by hand")',
        'str(case.reason).partition(":")',
        "RAISES.match(case.message)",
        '"late" in grade.message',
        'left.reason == "shell line"',
    ],
)
def test_deciding_by_a_message_is_seen(code):
    """In each of the ways in which it has been done."""
    assert any(looks_into_words(node) for node in ast.walk(ast.parse(code)))


NAMES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "grader").rglob("*.py")
}


def needs(path: Path) -> set[str]:
    """The modules of grader that one imports when it runs, at any depth of its code."""
    for_types = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    lines = {line for node in for_types for line in range(node.lineno, (node.end_lineno or 0) + 1)}
    found = imported(path, without=lines) & NAMES.keys()
    # `from . import other` names the package, too, but needs the module alone.
    packages = {name for name in found if NAMES[name] == path or NAMES[name].parent in path.parents}
    return {name for name in found if name not in packages or NAMES[name].name != "__init__.py"}


def chain(name: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The longest chain of imports from a module down. A package's own `__init__` is no step of it."""
    assert name not in above, f"a circle: {' > '.join([*above, name])}"
    if name not in CHAINS:
        below = max((chain(other, (*above, name)) for other in sorted(needs(NAMES[name]))), key=len, default=())
        CHAINS[name] = below if NAMES[name].name == "__init__.py" else (name, *below)
    return CHAINS[name]


CHAINS: dict[str, tuple[str, ...]] = {}
DEEPEST = 12


def test_imports_are_shallow_and_run_in_no_circle():
    """Whoever reads a module has at most so many others below it."""
    longest = max(map(chain, NAMES), key=len)
    assert len(longest) <= DEEPEST, " > ".join(longest)


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
