"""`grader extract`: what of a notebook would be graded, and what was left out and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from ... import api
from ...feedback.escaping import one_line, plain
from .console import stdout


def extract(
    notebook: Annotated[Path, typer.Argument(help="A notebook, or a .py file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="For scripts: one JSON object.")] = False,
    source: Annotated[bool, typer.Option("--source", help="The extracted Python source instead of the list.")] = False,
) -> None:
    """Show which names a notebook binds, which cells are left out and why, and which modules are missing.

    Example: grader extract homework.ipynb --json
    """
    found = api.extract(notebook)
    if as_json:
        typer.echo(json.dumps(found.listing, indent=2))
    elif source:
        typer.echo(plain(found.source, keep="\n\t"))
    else:
        _show(found.listing)


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
