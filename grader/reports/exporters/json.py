"""Everything that is known of a class as one JSON document, described by `docs/results.schema.json`.

It holds no secret seed and no path of the machine that graded; all of it is ASCII, so that it is safe to print.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from ..exporter import ClassFile
from ..frames import Frames
from ..options import Choices
from ..records import Paper, papers

VERSION = 1
ESCAPED = re.compile(r"\\\\|\\ud[89ab]..\\ud[c-f]..|\\ud[89a-f]..")  # a backslash, a whole character, or half of one
LONE = len(r"\ud800")


def document(tables: Frames, choices: Choices) -> str:
    """The document; it stays the same when the same work is graded again, but for `seconds`."""
    each = ",\n".join(_dumped(_submission(paper)) for paper in papers(tables))
    return f'{{"version": {VERSION}, "submissions": [\n{each}\n]}}\n'


def _dumped(fields: dict[str, Any]) -> str:
    """As JSON that every reader takes: halves of characters, which some refuse, are replaced."""
    text = json.dumps(fields, indent=1, allow_nan=False)
    return ESCAPED.sub(lambda found: r"\ufffd" if len(found[0]) == LONE else found[0], text)


def _submission(paper: Paper) -> dict[str, Any]:
    fields = asdict(paper)
    del fields["path"]
    for exercise in fields["exercises"]:
        del exercise["by_hand"]
        for case in exercise["cases"]:
            del case["guarded"], case["lack"]
    for left in fields["left_out"]:
        del left["kind"]
    modules = fields["missing_modules"]
    return fields | {"missing_modules": modules.split(", ") if modules else []}


EXPORTERS = (ClassFile("json", "results.json", document),)
