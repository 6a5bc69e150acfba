"""Writes docs/reference.md from the code: the commands, and what a declaration is made of; and how to install it.

Every `pip install` of the grader on a page becomes the one that grader/model/installing.py says.

python docs/generate.py            write it
python docs/generate.py --check    exit status 1 where it is not up to date
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

from grader.assignment.declaration import Assignment
from grader.assignment.properties import PROPERTIES
from grader.assignment.vocabulary import Deadline, Limits, Mistake, case, like
from grader.interfaces.cli.main import VERBS, app
from grader.model import Status, SubmissionStatus, install_line
from grader.model.installing import NAME

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference.md"
INSTALLS = re.compile(rf"pip install '?{NAME}(?:\[(?P<extra>[\w,]+)\])?(?: @ [^\s']+)?'?")
SET_BY_THE_LOADER = {"exercises", "name", "folder"}


def reference() -> str:
    """The whole page."""
    head = "# Reference\n\nMade from the code by `python docs/generate.py`."
    return "\n\n".join([head, *commands(), *declaring(), *statuses()]) + "\n"


def commands() -> Iterator[str]:
    """Each verb with its arguments and options."""
    yield "## Commands"
    group: Any = typer.main.get_command(app)
    for verb in VERBS:
        command = group.get_command(None, verb)
        arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
        usage = " ".join([f"grader {verb}", *map(_placeholder, arguments), *(["[OPTIONS]"] if options else [])])
        yield f"### grader {verb}\n\n{_prose(command.help)}\n\n    {usage}"
        yield from _table(("", ""), [(_spelled(p), _prose(p.help)) for p in (*arguments, *options)])


def declaring() -> Iterator[str]:
    """What a declaration is made of, from the docstrings."""
    yield "## Declaring an assignment"
    yield f"### Assignment\n\n{_prose(Assignment.__doc__)}"
    fields = [field for field in dataclasses.fields(Assignment) if field.name not in SET_BY_THE_LOADER]
    yield from _table(("keyword", "default"), [(f"`{field.name}`", _default(field)) for field in fields])
    yield f"### @assignment.exercise\n\n{_prose(Assignment.exercise.__doc__)}\n\n{_signature(Assignment.exercise)}"
    for thing in (case, Mistake, Deadline, Limits, like):
        yield f"### {thing.__name__}\n\n{_prose(thing.__doc__)}\n\n{_signature(thing)}"
    yield "### Properties\n\nJudges of the grader's own, by name."
    yield from _table(("", ""), [(f"`{name}`", _prose(judge.__doc__)) for name, judge in PROPERTIES.items()])


def statuses() -> Iterator[str]:
    """The closed sets of words that grades use."""
    yield "## Statuses"
    yield f"An exercise ends as {_listed(Status)}; a submission as {_listed(SubmissionStatus)}."


def _listed(statuses: type[Status] | type[SubmissionStatus]) -> str:
    *words, last = [f"`{status.value}`" for status in statuses]
    return f"{', '.join(words)} or {last}"


def _placeholder(parameter: Any) -> str:
    name = (parameter.metavar or parameter.name).upper()
    return name + ("..." if parameter.nargs == -1 else "")


def _spelled(parameter: Any) -> str:
    names = [_placeholder(parameter)] if parameter.param_type_name == "argument" else parameter.opts
    return ", ".join(f"`{name}`" for name in names)


def _prose(text: str | None) -> str:
    """A docstring as paragraphs, its indented examples as code."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text or ""))
    return "\n\n".join(_paragraph(paragraph) for paragraph in paragraphs)


def _paragraph(text: str) -> str:
    if example := re.fullmatch(r"Example: (grader .*)", text):
        return f"Example: `{example[1]}`"
    return text if text.startswith("    ") else " ".join(text.split())


def _signature(thing: Callable[..., Any]) -> str:
    """One parameter a line where there are many."""
    parameters = [p for p in inspect.signature(thing).parameters.values() if p.name != "self"]
    written = [_parameter(parameter) for parameter in parameters]
    name = getattr(thing, "__name__", "")
    joined = ", ".join(written)
    return f"```python\n{name}({joined})\n```" if len(joined) < 100 else _long(name, written)


def _long(name: str, parameters: list[str]) -> str:
    return "\n".join(["```python", f"{name}(", *(f"    {parameter}," for parameter in parameters), ")", "```"])


def _parameter(parameter: inspect.Parameter) -> str:
    star = "*" if parameter.kind is inspect.Parameter.VAR_POSITIONAL else ""
    kind = str(parameter.annotation).replace("typing.", "")
    default = "" if parameter.default is inspect.Parameter.empty else f" = {parameter.default!r}"
    return f"{star}{parameter.name}: {kind}{default}"


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"`{field.default!r}`"
    return f"`{field.default_factory()!r}`" if field.default_factory is not dataclasses.MISSING else "required"


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        lines = [head, ("---", "---"), *rows]
        yield "\n".join(
            "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in line) + " |" for line in lines
        )


def installed(page: str) -> str:
    """A page with the right command wherever it installs the grader, with extras or without."""
    return INSTALLS.sub(lambda found: install_line(found["extra"] or ""), page)


def main() -> None:
    """Write the pages, or say which are not up to date."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    texts = {path: installed(path.read_text(encoding="utf-8")) for path in pages}
    texts[REFERENCE] = reference()
    for path, text in texts.items():
        if path.read_text(encoding="utf-8") == text:
            continue
        if "--check" in sys.argv[1:]:
            raise SystemExit(f"{path.relative_to(ROOT)} is not up to date: run python docs/generate.py")
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
