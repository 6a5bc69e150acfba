"""`grader extract`: what of a notebook would be graded, and what was left out and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from ...assignment.vocabulary import Limits
from ...feedback.escaping import one_line, plain
from ...model import GraderError, Unreadable
from ...sandbox import Job, Session
from ...sandbox.host.basic import BasicRunner
from ...submissions.discovery import find
from .console import stdout


def extract(
    notebook: Annotated[Path, typer.Argument(help="A notebook, or a .py file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="For scripts: one JSON object.")] = False,
    source: Annotated[bool, typer.Option("--source", help="The extracted Python source instead of the list.")] = False,
) -> None:
    """Show which names a notebook binds, which cells are left out and why, and which modules are missing.

    Example: grader extract homework.ipynb --json
    """
    listing = _listing(notebook)
    if as_json:
        typer.echo(json.dumps(_as_object(listing), indent=2))
    elif source:
        typer.echo(plain(str(listing["source"]), keep="\n\t"))
    else:
        _show(_as_object(listing))


def _listing(path: Path) -> dict[str, Any]:
    if path.is_dir():
        raise GraderError(f"{path}: this is a folder; extract takes one notebook or .py file")
    submission = find([path])[0]
    try:
        job = Job(submission.read(), path.suffix, {}, Limits())
        runner = BasicRunner()
        with Session(runner.start(job), job) as session:
            return session.listing()
    except Unreadable as error:
        raise GraderError(f"{path}: {error}") from error


def _as_object(listing: dict[str, Any]) -> dict[str, Any]:
    """The answer of the sandbox in the shape that scripts rely on."""
    found = [
        {
            "name": name,
            "kind": kind,
            "cell": cell,
            "line": line,
            "end_line": listing["ends"][name],
            "index": listing["indexes"][name],
            "stub": stub,
        }
        for name, (kind, cell, line, stub) in listing["found"].items()
    ]
    skipped = [
        {"cell": cell, "line": line, "index": index, "kind": kind, "reason": reason}
        for (cell, line, kind, reason), index in zip(listing["skipped"], listing["skipped_indexes"], strict=True)
    ]
    return {
        "assignment": listing["assignment"],
        "found": found,
        "skipped": skipped,
        "missing_modules": [{"name": name, "cell": cell, "line": line} for name, cell, line in listing["missing"]],
        "star_imports": [
            {"name": name, "cell": cell, "line": line} for name, cell, line, star in listing["modules"] if star
        ],
    }


def _show(found: dict[str, Any]) -> None:
    on = stdout()
    for name in found["found"]:
        stub = " (still a stub)" if name["stub"] else ""
        on.print(
            Text(f"{name['kind']:9} {one_line(name['name'], 60)}{stub}"),
            Text(f"cell {name['cell']}, line {name['line']}", "dim"),
        )
    for skipped in found["skipped"]:
        on.print(Text(f"left out  cell {skipped['cell']}, line {skipped['line']}: {one_line(skipped['reason'])}"))
    for module in found["missing_modules"]:
        on.print(Text(f"missing   module {one_line(module['name'])} (cell {module['cell']}, line {module['line']})"))
