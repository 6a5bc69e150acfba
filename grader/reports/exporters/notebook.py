"""A copy of the student's notebook with feedback below the cells that it is about.

The notebook is text that a stranger chose, read again from where it was handed in: nothing of it is run, its outputs,
attachments and metadata are left behind, and Markdown that a renderer makes anything of that could load or do something
is shown as it was typed. So are raw cells, which converters take over as they are.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from ...feedback import feedback_text
from ...feedback.card import Card, SubmissionReport
from ...feedback.escaping import plain
from ...feedback.markdown_escape import block
from ...model import GraderError
from ...submissions.files import content_at
from ..exporter import FilePerSubmission, NoFile
from ..harmless_markdown import is_harmless

Cell = dict[str, Any]
MOST_MARKDOWN = 100_000  # characters of a notebook that are read; what follows is shown as it was typed
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def with_feedback(report: SubmissionReport) -> str:
    """The notebook with feedback cells, in the current format. Raises NoFile if there is none to copy."""
    copied = list(_copied(_cells(Path(report.grade.record.path))))
    below = _below(report)
    numbered = list(_numbered(copied))
    nowhere = below.keys() - {number for number, _ in numbered if number}  # of a function that is missing, for one
    first = [text for number in sorted(nowhere) for text in below[number]]
    cells = [_cell("markdown", "\n\n".join([feedback_text.summary(report), *first]))]
    for number, cell in numbered:
        cells.append(cell)
        cells += [_cell("markdown", text) for text in below.get(number, ()) if number]
    named = [cell | {"id": f"cell-{place}"} for place, cell in enumerate(cells)]
    notebook = {"cells": named, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    nbformat.validate(notebook)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def annotated(report: SubmissionReport) -> str:
    """The file that was handed in with feedback in it: a notebook with cells, a script with a comment at its top.

    Raises NoFile if there is none to copy.
    """
    path = Path(report.grade.record.path)
    if path.suffix.lower() != ".py":
        return with_feedback(report)
    try:
        source = plain(content_at(path).read().decode("utf-8-sig", "replace").replace("\r\n", "\n"), keep="\n\t")
    except GraderError as error:
        raise NoFile(f"no copy with feedback, because {error} ({path})") from error
    comment = "".join(f"# {line}".rstrip() + "\n" for line in feedback_text.text(report).splitlines())
    return f"{comment}\n{source}"


def _below(report: SubmissionReport) -> dict[int, list[str]]:
    """The feedback by the number of the code cell that it belongs under; 0 if it belongs under none."""
    found: dict[int, list[str]] = defaultdict(list)
    for card in report.cards if report.is_graded else ():
        found[card.grade.place.cell if card.grade.place else 0].append(_feedback(card))
    return found


def _feedback(card: Card) -> str:
    lines = [f"**{feedback_text.title(card)}**", feedback_text.body(card)]
    return "\n>\n".join("> " + line.replace("\n", "\n> ") for line in lines if line)


def _cells(path: Path) -> list[Any]:
    """The cells as the file has them, of whatever version. Raises NoFile if there are none."""
    if path.suffix.lower() == ".py":
        raise NoFile("no copy with feedback, because it is not a notebook")
    try:
        document = json.loads(content_at(path).read(), strict=False)
    except (ValueError, RecursionError) as error:
        raise NoFile("no copy with feedback, because the notebook cannot be read") from error
    except GraderError as error:
        raise NoFile(f"no copy with feedback, because {error} ({path})") from error
    sheets = [document, *_items(document, "worksheets")]
    return [cell for sheet in sheets for cell in _items(sheet, "cells")]


def _items(value: object, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _copied(cells: list[Any]) -> Iterator[Cell]:
    """Each cell's text in a fresh cell."""
    read = 0
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        source = _source(cell.get("source", cell.get("input")))
        if cell.get("cell_type") == "code":
            yield _cell("code", source) | {"outputs": [], "execution_count": None}
            continue
        read += len(source)
        as_it_is = cell.get("cell_type") != "raw" and read <= MOST_MARKDOWN and is_harmless(source)
        yield _cell("markdown", source if as_it_is or not source.strip() else block(source))


def _cell(kind: str, source: str) -> Cell:
    return {"cell_type": kind, "metadata": {}, "source": source}


def _source(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    text = "".join(part for part in parts if isinstance(part, str))
    return plain(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t")


def _numbered(cells: list[Cell]) -> Iterator[tuple[int, Cell]]:
    """Code cells with something in them are counted from 1, as Jupyter does; all others have number 0."""
    number = 0
    for cell in cells:
        counts = cell["cell_type"] == "code" and bool(cell["source"].strip())
        number += counts
        yield (number if counts else 0), cell


EXPORTERS = (FilePerSubmission("notebook", "notebooks", ".ipynb", with_feedback),)
