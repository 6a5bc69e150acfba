"""`grader similar`: pairs of submissions that share more than the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from ...assignment.catalogue import load
from ...course.similarity import Code, Pair, pairs
from ...feedback.escaping import csv_lines, html
from ...model import GraderError, Submission, Unreadable
from ...notebooks import Unreadable as NoNotebook
from ...notebooks import read_cells
from ...submissions.discovery import find

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Similar submissions</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem }}
.pair {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }}
pre {{ overflow: auto; max-height: 32rem; border: 1px solid #767676; padding: .5rem; white-space: pre-wrap }}
mark {{ background: #ffe08a }}
</style>
<h1>Similar submissions</h1>
<p>Pairs in the order of what they share beyond the template and beyond what many others wrote, too. Shared lines are
marked. A pair is a reason to look, and nothing more.</p>{pairs}</html>
"""


def similar(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Submissions as for grade; folders of other years, too.", show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for similar.csv and similar.html.")],
    assignment: Annotated[
        str, typer.Option("-a", "--assignment", help="The assignment, whose template and files are subtracted.")
    ] = "",
    most: Annotated[int, typer.Option("--most", min=1, help="How many pairs to show.")] = 50,
) -> None:
    """Rank pairs of submissions whose code is alike whatever names, comments, formatting and order of functions are.

    Example: grader similar submissions/ last-year/ -a backprop_relu -o similar
    """
    from ...reports import files  # noqa: PLC0415 - it brings pandas

    found = find(paths, assignment and load(assignment).name)
    sources = {one.name: _source(one) for one in found}
    owners = {one.name: one.receipt.group or one.path.as_posix() for one in found}
    given = list(_given(assignment)) if assignment else []
    codes = [Code(name, owners[name], source) for name, source in sources.items() if source]
    if len(codes) < 2:
        raise GraderError("fewer than two submissions can be read, so there is nothing to compare")
    listed = pairs(codes, given, most)
    rows = [[pair.one, pair.other, f"{pair.evidence:.1f}", f"{100 * pair.share:.0f}"] for pair in listed]
    files.write(output / "similar.csv", csv_lines([["one", "other", "evidence", "percent_shared"], *rows]))
    page = PAGE.format(pairs="".join(_side_by_side(pair, sources) for pair in listed))
    typer.echo(files.write(output / "similar.html", page))


def _source(submission: Submission) -> str:
    """The code of its cells without what is not Python; empty if it cannot be read."""
    try:
        cells = read_cells(submission.read(), submission.suffix).cells
    except (Unreadable, NoNotebook):
        return ""
    lines = "\n".join(cell.source for cell in cells).split("\n")
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)


def _given(assignment: str) -> Iterator[str]:
    """The template and whatever else the assignment gives out."""
    declared = load(assignment)
    files = [declared.folder / f"{declared.name}.ipynb", *(declared.folder / name for name in declared.support)]
    for one in find([path for path in files if path.suffix in (".ipynb", ".py") and path.is_file()]):
        yield _source(one)


def _side_by_side(pair: Pair, sources: Mapping[str, str]) -> str:
    head = f"<h2>{html(pair.one)} · {html(pair.other)}</h2><p>{100 * pair.share:.0f} % shared</p>"
    columns = ((pair.one, pair.lines_of_one), (pair.other, pair.lines_of_other))
    return f'{head}<div class="pair">{"".join(_column(sources[name], lines) for name, lines in columns)}</div>'


def _column(source: str, shared: Sequence[int]) -> str:
    marked = set(shared)
    lines = (
        f"<mark>{html(line)}</mark>" if number in marked else html(line)
        for number, line in enumerate(source.split("\n"), 1)
    )
    return f"<pre>{chr(10).join(lines)}</pre>"
