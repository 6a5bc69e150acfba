"""What the pages show is what happens; their links lead somewhere; the reference is that of the code."""

import re
import subprocess
import sys

import pytest
import typer

from grader.interfaces.cli.main import VERBS, app
from tests.pages import ROOT, commands, matches, played

PAGES = sorted(
    path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if "node_modules" not in path.parts
)
PLAYED = [ROOT / "docs" / "tutorial.md", ROOT / "docs" / "api.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.mark.skipif(sys.platform == "win32", reason="the pages show a POSIX shell")
@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.stem)
def test_a_page_shows_what_happens(page, tmp_path):
    """Its files are written and its commands run, from an empty folder; each prints and ends as the page says."""
    results = list(played(page, tmp_path))
    assert results
    for command, result in results:
        printed = result.stdout or result.stderr
        assert result.returncode == command.status, f"{command.line}\n{result.stdout}{result.stderr}"
        assert matches(command.shown, printed), f"$ {command.line}\n{command.shown}--- printed:\n{printed}"


def test_the_reference_is_up_to_date():
    """Made from this code: `python docs/generate.py` writes it anew."""
    made = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr


def anchors(page):
    """What a link can name on a page, as GitHub makes it of the headings."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+\s+(.+?)\s*$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page):
    """To files that are there, and to headings that they have."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_files_that_a_page_names_are_there(page):
    """A page that speaks of a file or folder of this repository goes with it when it moves."""
    named = re.findall(r"`((?:grader|reference|tests|docs|benchmarks)/[\w./-]*)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def shown_commands(page):
    """Every use of the program that a page shows in code, as words."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"(?:^\s{4,}|^\$ |^!|`|^)grader ([a-z][^\n`]*)", text, re.MULTILINE)
    return [line.split("#")[0].split() for line in lines if line.split()[0] in VERBS]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_have_the_options_that_are_shown(page):
    """Also where a page cannot be run."""
    group = typer.main.get_command(app)
    for verb, *words in shown_commands(page):
        known = {name for parameter in group.get_command(None, verb).params for name in parameter.opts} | {"--help"}
        used = {word.partition("=")[0].rstrip(".,:;)") for word in words if re.match(r"--?[a-z]", word)}
        assert used <= known, f"grader {verb} {' '.join(words)}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_what_is_shown_imports_nothing_of_the_folder_it_is_started_in(page):
    """A student's `typer.py` or `pip.py` lies there: what is shown is the installed command, or isolated."""
    code = re.findall(r"^```(?:.|\n)*?^```|^ {4}.*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert not re.search(r"python3? -m (?:grader|pip)\b", "\n".join(code))


def test_the_commands_of_a_block_are_told_apart():
    """The command, how it ends, and what it prints."""
    first, second = commands("$ grader list\nactivations\n$ grader check x.ipynb  # exit status 1\n")
    assert (first.line, first.status, first.shown) == ("grader list", 0, "activations\n")
    assert (second.line, second.status, second.shown) == ("grader check x.ipynb", 1, "")


@pytest.mark.parametrize(
    ("shown", "printed", "right"),
    [
        ("a\n", "a   \n", True),
        ("a …\n", "a 17 b\n", True),
        ("…\nb\n", "x\ny\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("b\n…\n", "a\nb\n", False),
    ],
)
def test_what_is_shown_is_compared_line_by_line(shown, printed, right):
    """With … for what changes, and nothing else left out."""
    assert matches(shown, printed) is right
