"""Everything that is known of a class as one JSON document, described by `docs/results.schema.json`.

It holds no secret seed and no path of the machine that graded; all of it is ASCII, so that it is safe to print.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ...model import Grade
from ..exporter import ClassFile, ClassResults, ReportOptions
from ..frames import case_row, example_rows, exercise_row, left_out_row, submission_row

VERSION = 1
ESCAPED = re.compile(r"\\\\|\\ud[89ab]..\\ud[c-f]..|\\ud[89a-f]..")  # a backslash, a whole character, or half of one
LONE = len(r"\ud800")


def document(results: ClassResults, options: ReportOptions) -> str:
    """The document; it stays the same when the same work is graded again, but for `seconds`."""
    each = ",\n".join(_dumped(_submission(grade)) for grade in results.grades)
    return f'{{"version": {VERSION}, "submissions": [\n{each}\n]}}\n'


def _dumped(fields: dict[str, Any]) -> str:
    """As JSON that every reader takes: halves of characters, which some refuse, are replaced."""
    text = json.dumps(fields, indent=1, allow_nan=False)
    return ESCAPED.sub(lambda found: r"\ufffd" if len(found[0]) == LONE else found[0], text)


def _submission(grade: Grade) -> dict[str, Any]:
    """The rows of the tables, one within the other."""
    exercises = [
        exercise_row(exercise)
        | {"cases": [_without(case_row(verdict), "weight") for verdict in exercise.verdicts]}
        | {"example": list(example_rows(exercise.counterexample)) if exercise.counterexample else []}
        for exercise in grade.exercises
    ]
    whole = _without(submission_row(grade), "path")
    modules = {"missing_modules": list(grade.missing_modules)}
    return whole | modules | {"exercises": exercises, "left_out": list(map(left_out_row, grade.left_out))}


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


EXPORTERS = (ClassFile("json", "results.json", document),)
