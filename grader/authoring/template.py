"""What students get: a notebook of cells from which the solutions are taken.

Solutions are marked as is usual in the field: `### BEGIN SOLUTION` … `### END SOLUTION` (nbgrader), `# BEGIN SOLUTION`
… `# END SOLUTION`, `# SOLUTION` at the end of a line and `# BEGIN PROMPT` … `# END PROMPT` (otter). Hidden tests and
what is marked for the grader alone are not for students either.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from ..assignment.declaration import Assignment, Exercise

STUB = "raise NotImplementedError"
TODO = "# YOUR CODE HERE"

_BEGIN = re.compile(r"#+\s*BEGIN SOLUTION\b", re.IGNORECASE)
_END = re.compile(r"#+\s*END SOLUTION\b", re.IGNORECASE)
_HIDDEN_BEGIN = re.compile(r"#+\s*BEGIN (HIDDEN|MARK SCHEME|TESTS?)\b", re.IGNORECASE)
_HIDDEN_END = re.compile(r"#+\s*END (HIDDEN|MARK SCHEME|TESTS?)\b", re.IGNORECASE)
_PROMPT_BEGIN = re.compile(r'("""|\'\'\')\s*#+\s*BEGIN PROMPT\b', re.IGNORECASE)
_PROMPT_END = re.compile(r'("""|\'\'\');?\s*#+\s*END PROMPT\b', re.IGNORECASE)
_LINE = re.compile(r"#+\s*SOLUTION(?P<no_prompt> NO PROMPT)?\s*$", re.IGNORECASE)
_ASSIGNS = re.compile(r"(?P<target>[^=#]+?[^=!<>+\-*/%@&|^])\s*=(?!=)")
HINT = "Save the notebook, then run the cell below a function to check it."


def notebook(cells: Iterable[dict[str, Any]], assignment: str) -> bytes:
    """The cells as a notebook that names its assignment; ids count the cells."""
    numbered = [{"id": f"cell-{i}", **cell} for i, cell in enumerate(cells, start=1)]
    metadata = {
        "grader": {"assignment": assignment},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    document = {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def code(source: str) -> dict[str, Any]:
    """A code cell without outputs."""
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": lines}


def text(source: str) -> dict[str, Any]:
    """A markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def of_assignment(assignment: Assignment) -> list[dict[str, Any]]:
    """A plain notebook that asks for every exercise: what it is, a stub, and a cell that checks it."""
    cells = [text(f"# {assignment.title}\n\n{HINT}"), code("import numpy as np")]
    for exercise in assignment.exercises:
        cells += [text(f"## {exercise.name}\n\n{exercise.asks}"), code(stub(exercise)), checking(assignment, exercise)]
    return cells


def stub(exercise: Exercise) -> str:
    """The function as students find it, with the parameters of the reference."""
    names = inspect.signature(exercise.reference).parameters if exercise.reference else {}
    return f"def {exercise.name}({', '.join(names)}):\n    {TODO}\n    {STUB}"


def checking(assignment: Assignment, exercise: Exercise) -> dict[str, Any]:
    """The cell that checks one function."""
    return code(check_line(assignment.name, exercise.name))


def check_line(assignment: str, function: str) -> str:
    """What a student runs to check one function."""
    return f"!grader check {assignment}.ipynb --exercise {function}"


def is_marked(source: str) -> bool:
    """Whether a cell holds a solution that is marked as one."""
    return any(_BEGIN.search(line) or _LINE.search(line) for line in source.splitlines())


def solved(source: str) -> str:
    """The cell as its author runs it, without marks and prompts."""
    kept = []
    for line, kind in _told_apart(source):
        if kind in ("plain", "solution", "hidden"):
            kept.append(line)
        elif kind in ("line", "line without prompt"):
            kept.append(_LINE.sub("", line).rstrip())
    return _joined(kept)


def for_students(source: str) -> str:
    """The cell as students get it: where a solution was, a stub that raises NotImplementedError in a function.

    At the top level, where a stub would stop the notebook, three dots stand for what is to be written.
    """
    return _joined(_stubbed(list(_told_apart(source))))


def emptied(source: str) -> str:
    """A cell that is a solution from its first line to its last: functions keep their heads and docstrings alone."""
    try:
        functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    except SyntaxError:
        functions = []
    lines = source.splitlines()
    heads = [lines[node.lineno - 1 : _end_of_head(node)] for node in functions]
    return "\n\n\n".join("\n".join([*head, f"    {TODO}", f"    {STUB}"]) for head in heads) or TODO


def _end_of_head(function: ast.FunctionDef) -> int:
    """The last line of what says how a function is called: its docstring's, or that before its body."""
    first = function.body[0]
    return (first.end_lineno or first.lineno) if ast.get_docstring(function) is not None else first.lineno - 1


def secrets(source: str) -> list[str]:
    """The lines of solutions, as far as they say something: what must be nowhere in what students get."""
    solutions = [line.strip() for line, kind in _told_apart(source) if kind == "solution"]
    lines = [_LINE.sub("", line).strip() for line, kind in _told_apart(source) if kind.startswith("line")]
    return [line for line in (*solutions, *lines) if len(line) > 12 and not line.startswith("#")]


def _told_apart(source: str) -> Iterator[tuple[str, str]]:
    """Each line with what it is: plain, solution, hidden, prompt, line (a solution of its own), or a mark."""
    kind = ""
    for line in source.splitlines():
        if kind == "prompt":
            kind = "" if _PROMPT_END.search(line) else kind
            yield line, "prompt" if kind else "mark"
        elif kind:
            over = (_END if kind == "solution" else _HIDDEN_END).search(line)
            yield line, "end of " + kind if over else kind
            kind = "" if over else kind
        elif _PROMPT_BEGIN.search(line):
            kind = "prompt"
            yield line, "mark"
        elif _BEGIN.search(line):
            kind = "solution"
            yield line, "begin"
        elif _HIDDEN_BEGIN.search(line):
            kind = "hidden"
            yield line, "mark"
        elif found := _LINE.search(line):
            yield line, "line without prompt" if found["no_prompt"] else "line"
        else:
            yield line, "plain"


def _stubbed(lines: list[tuple[str, str]]) -> Iterator[str]:
    prompted = _prompted(lines)
    warned = False
    for i, (line, kind) in enumerate(lines):
        indentation = line[: len(line) - len(line.lstrip())]
        if kind in ("plain", "prompt"):
            yield line
        elif kind == "begin" and i not in prompted and "NO PROMPT" not in line.upper():
            yield indentation + TODO
            yield indentation + (STUB if indentation else "...")
        elif kind == "line":
            if indentation and not warned:
                yield f"{indentation}{STUB}  # take this line out when the dots are filled in"
                warned = True
            yield _blank(line, indentation)


def _prompted(lines: list[tuple[str, str]]) -> set[int]:
    """Where solutions begin that a prompt follows: it stands for them."""
    marks = [i for i, (_, kind) in enumerate(lines) if kind in ("begin", "prompt")]
    return {i for i, other in pairwise(marks) if lines[i][1] == "begin" and lines[other][1] == "prompt"}


def _blank(line: str, indentation: str) -> str:
    """`x = 5  # SOLUTION` becomes `x = ...`; any other statement three dots."""
    assigned = _ASSIGNS.match(line.strip())
    return f"{indentation}{assigned['target'].strip()} = ..." if assigned else f"{indentation}..."


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip()
