"""A Python file → its cells: the percent format, and what nbconvert, Colab and marimo write."""

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

_MARKER = re.compile(r"^(?:# ?%%(?![%\w])(.*)|# In ?\[[\d ]*\]:[ \t]*)$", re.MULTILINE)
_NO_CODE = re.compile(r"\[(?:markdown|md|raw)\]|^[ \t]*(?:md|markdown|raw)[ \t]*$")
_COLAB = re.compile(r"^# Commented out IPython magic to ensure Python compatibility\.\n((?:#.*\n?)+)", re.MULTILINE)
_MARIMO = re.compile(r"^import marimo\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ScriptCell:
    """A cell of a Python file; line: the file's line, from 1, in which it begins."""

    source: str
    is_code: bool
    line: int


def script_cells(text: str) -> list[ScriptCell]:
    """The cells of a file, blank ones among them; a file without markers is one cell."""
    return (list(_marimo_cells(text)) if _MARIMO.search(text) else []) or list(_percent_cells(text))


def line_in_script(text: str, cell: int, line: int) -> int:
    """The file's line that holds this line of the code cell with that number. Raises IndexError if there is none."""
    code = [each for each in script_cells(text) if each.is_code and each.source.strip()]
    return code[cell - 1].line + line - 1


def _percent_cells(text: str) -> Iterator[ScriptCell]:
    text = _COLAB.sub(_uncommented, text)
    markers = list(_MARKER.finditer(text))
    ends = [*(marker.start() for marker in markers), len(text)]
    if text[: ends[0]].strip() or not markers:
        yield ScriptCell(text[: ends[0]], True, 1)
    for marker, end in zip(markers, ends[1:], strict=True):
        source = text[marker.end() : end].removeprefix("\n")
        yield ScriptCell(source, not _NO_CODE.search(marker[1] or ""), text.count("\n", 0, marker.end()) + 2)


def _uncommented(match: re.Match[str]) -> str:
    """The lines that Colab comments out when it exports a notebook: a line magic alone, a cell magic with its cell."""
    first, *others = match[1].split("\n")
    if not first.startswith("# %%"):
        return "\n".join(["#", first.removeprefix("# "), *others])
    # What `%%bash` or `%%html` stands over is no Python, and the comments around it cannot stay behind either.
    runs = re.match(r"# %%(?:time|capture|prun|debug)\b", first)
    return "\n".join(["#", first, *(line[2:] if runs else line for line in others)])


def _marimo_cells(text: str) -> Iterator[ScriptCell]:
    """The bodies of the functions under `@app.cell`; functions and classes that marimo keeps at the top as they are."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        return
    lines = text.split("\n")
    for node in body:
        kinds = {_attribute(decorator) for decorator in getattr(node, "decorator_list", ())}
        if isinstance(node, ast.With) and "setup" in {_attribute(item.context_expr) for item in node.items}:
            kinds = {"cell"}
        if "cell" in kinds and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.With):
            yield _body(node, lines)
        elif kinds & {"function", "class_definition"}:
            yield ScriptCell("\n".join(lines[node.lineno - 1 : node.end_lineno]), True, node.lineno)


def _attribute(expression: ast.expr) -> str:
    """`cell` of `@app.cell` and of `@app.cell(hide_code=True)`."""
    called = expression.func if isinstance(expression, ast.Call) else expression
    return called.attr if isinstance(called, ast.Attribute) else ""


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.With, lines: list[str]) -> ScriptCell:
    """What stands in the block, without the `return` that hands its names to other cells."""
    inner = node.body[:-1] if isinstance(node.body[-1], ast.Return) else node.body
    if not inner:
        return ScriptCell("", True, node.lineno)
    first, last = inner[0], inner[-1]
    start = min([first.lineno, *(decorator.lineno for decorator in getattr(first, "decorator_list", ()))])
    return ScriptCell(textwrap.dedent("\n".join(lines[start - 1 : last.end_lineno])), True, start)
