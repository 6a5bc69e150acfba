"""The container recipe, as far as it can be checked without an engine that builds it."""

import json
import re
import shlex
import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
RECIPE = REPOSITORY / "docs" / "container" / "Dockerfile"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]


def instructions():
    """The recipe's instructions: name and argument, without comments."""
    lines = (line for line in RECIPE.read_text().replace("\\\n", " ").splitlines() if line and line[0] != "#")
    return [tuple(line.split(maxsplit=1)) for line in lines]


def argument(name):
    """The only argument of an instruction."""
    (found,) = [argument for each, argument in instructions() if each == name]
    return found


def test_it_starts_from_a_python_that_the_project_supports():
    """A slim image of a version that is not too old."""
    version = re.fullmatch(r"python:(\d+)\.(\d+)-slim", argument("FROM"))
    oldest = re.fullmatch(r">=(\d+)\.(\d+)", PROJECT["requires-python"])
    assert version is not None and oldest is not None
    assert tuple(map(int, version.groups())) >= tuple(map(int, oldest.groups()))


def test_it_installs_what_it_copies_with_extras_that_exist():
    """The repository as a package, not a link to a folder that is then removed."""
    source, target = argument("COPY").split()
    command = shlex.split(next(each for name, each in instructions() if name == "RUN" and "pip" in each))
    (requirement,) = [word for word in command if word.startswith(f"{target}[")]
    extras = re.fullmatch(rf"{target}\[(.*)\]", requirement)
    assert source == "." and "-e" not in command
    assert extras is not None and set(extras[1].split(",")) <= set(PROJECT["optional-dependencies"])


def test_it_runs_the_grader_as_an_ordinary_user():
    """Its entry is the project's own command, and root is left before that."""
    order = [name for name, _ in instructions()]
    (program,) = json.loads(argument("ENTRYPOINT"))
    assert program in PROJECT["scripts"]
    assert argument("USER") != "root" and order.index("USER") < order.index("ENTRYPOINT")
    assert f"useradd --create-home --uid 1000 {argument('USER')}" in [
        each for name, each in instructions() if name == "RUN"
    ]


def test_the_repositorys_history_stays_outside():
    """What is not needed to install is not sent to the engine."""
    left_out = RECIPE.with_name("Dockerfile.dockerignore").read_text().split()
    assert {".git", ".venv"} <= set(left_out)


def test_the_page_uses_the_recipe_where_it_lies():
    """The commands of the page name the file that is tested here."""
    page = (REPOSITORY / "docs" / "security.md").read_text()
    files = re.findall(r"docker build .* -f (\S+) \.", page)
    assert files and all(REPOSITORY / file == RECIPE for file in files)
