"""`grader term`: the results of several assignments → one table for the term."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ...course.term import Weight, letter
from ...feedback.escaping import csv_lines
from ...runs import term as terms
from ...runs.term import Member


def term(  # noqa: PLR0913, PLR0917 - each is an option of the command
    folders: Annotated[list[Path], typer.Argument(help="Folders of results, in the term's order.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The table: a file named .csv or .xlsx.")],
    weights: Annotated[
        Path | None, typer.Option("--weights", help="A CSV file: assignment,weight,drop_group,bonus.")
    ] = None,
    letters: Annotated[
        Path | None, typer.Option("--letters", help="A CSV file of letter grades: percent (from there on),letter.")
    ] = None,
    excused: Annotated[
        Path | None, typer.Option("--excused", help="A CSV file of who need not do what: assignment,student,reason.")
    ] = None,
    late_days: Annotated[
        int, typer.Option("--late-days", min=0, help="Late days that cost nothing, for each person over the term.")
    ] = 0,
) -> None:
    """Add several assignments up: a row per person, by id rather than by spelling, with what is missing.

    Example: grader term graded-1 graded-2 --weights weights.csv -o term.xlsx
    """
    from ...reports import files  # noqa: PLC0415 - pandas takes half a second that wrong usage need not wait for

    listed = terms.read_weights(weights) if weights else []
    table = terms.read_letters(letters) if letters else []
    counting, members = terms.term(folders, listed, excused, late_days)
    rows = _rows(counting, members, table)
    files.write(output, _workbook(rows) if output.suffix.lower() == ".xlsx" else csv_lines(rows))
    typer.echo(output)


def _rows(
    weights: Sequence[Weight], members: Sequence[Member], letters: Sequence[tuple[float, str]]
) -> list[list[str | float | None]]:
    names = [one.assignment for one in weights]
    further = ["total", *(["letter"] if letters else []), "dropped", "missing", "open", "excused", "free_late_days"]
    rows: list[list[str | float | None]] = [["student", "ids", *names, *further]]
    for member in members:
        row = member.row
        percents = [None if (value := row.percents.get(name)) is None else round(value, 2) for name in names]
        total = None if row.total is None else round(row.total, 2)
        said = [] if not letters else ["" if row.total is None else letter(row.total, letters)]
        excused = [name for name in names if name not in row.percents]
        lists = [", ".join(each) for each in (row.dropped, row.missing, row.open, excused)]
        free = ", ".join(f"{name}: {days}" for name, days in row.free_days.items())
        rows.append([member.student, " ".join(member.ids), *percents, total, *said, *lists, free])
    return rows


def _workbook(rows: Sequence[Sequence[str | float | None]]) -> bytes:
    import pandas as pd  # noqa: PLC0415 - see above

    from ...reports.exporters.xlsx import one_sheet  # noqa: PLC0415

    return one_sheet("Term", pd.DataFrame(rows[1:], columns=list(map(str, rows[0]))))
