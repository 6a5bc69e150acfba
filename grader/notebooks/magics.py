"""IPython's additions to the language → plain Python with the same line numbers, as far as they bind names."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from keyword import iskeyword

from .notebook import LeftOutKind, Note

RUNS_ITS_BODY = frozenset({"time", "capture", "prun", "debug", "check"})
"""Cell magics that run their body as Python in the notebook's own namespace."""

_PYLAB = (
    "import numpy; import numpy as np; import matplotlib; from matplotlib import pylab, pyplot; "
    "from matplotlib import pyplot as plt; from matplotlib.pylab import *; from numpy import *"
)
_CELL_MAGIC = re.compile(r"\s*^%%(\w+)(.*)$", re.MULTILINE)
_HELP = (LeftOutKind.HELP, "help line")
_RESULT = (LeftOutKind.MAGIC_RESULT, "result of a magic or shell line, taken as None")
_LABELS = {"!": (LeftOutKind.SHELL, "shell line"), "?": _HELP}
_MAGIC = re.compile(r"%+[ \t]*\w*")
_INDENTATION = re.compile(r"[ \t]*")
_ESCAPED = re.compile(r"[ \t]*(?:[!%?]|[,;/](?=\w))")
_STATEMENT = re.compile(r"([ \t]*)%(?:time|prun)[ \t]+((?:-[lsTD][ \t]*\S+[ \t]+|-[rq][ \t]+)*)(?=\S)")
_SCRIPT = re.compile(r"%run\s+(?:-i\s+)?[\"']?([^\W\d]\w*)(?:\.py)?[\"']?")
_EXPORTED = re.compile(
    r"^([ \t]*(?:\w+[ \t]*=[ \t]*)?)get_ipython\(\)"
    r"\.(run_cell_magic|run_line_magic|magic|system|getoutput)\((.*)\)[ \t]*$",
    re.MULTILINE,
)
_PROMPT = re.compile(r"^(?:(?:>>>|\.\.\.)(?: |$)|In ?\[\d*\]: ?|[ \t]*\.{3,}: ?)", re.MULTILINE)
_FIRST_PROMPT = re.compile(r"\s*^(?:>>>|In ?\[\d*\]:)", re.MULTILINE)
_REST_OF_LINE = re.compile(r"(?:[^\\\n]|\\(?:\n|.))*+\\?")
_TOKEN = re.compile(
    r'''"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?'''
    r"""|'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?"""
    r"""|"(?:[^"\\\n]++|\\.)*+"?|'(?:[^'\\\n]++|\\.)*+'?"""
    r"""|\#[^\n]*|\\\n|[(\[{]|[)\]}]|\n|\?++(?=[ \t]*(?:\n|\Z))|=[ \t]*(?=[!%])""",
    re.DOTALL,
)


Label = tuple[LeftOutKind, str]


@dataclass(frozen=True, slots=True)
class CellMagic:
    """The first line of a %% cell, and the cell with that line taken out (line numbers stay)."""

    name: str
    arguments: str
    line: int
    body: str


def cell_magic(source: str) -> CellMagic | None:
    """What a cell that starts with %% says, None for any other cell."""
    match = _CELL_MAGIC.match(source)
    if match is None:
        return None
    above = match[0].count("\n")
    return CellMagic(match[1], match[2].strip(), above + 1, "\n" * above + source[match.end() :])


def spelled_as_typed(source: str) -> str:
    """The cell with the calls that nbconvert writes for magics and shell lines turned back into these."""
    if "get_ipython()" not in source:
        return source
    return _EXPORTED.sub(lambda call: _typed(call, is_whole=source.strip() == call[0].strip()), source)


def _typed(call: re.Match[str], is_whole: bool) -> str:
    try:
        arguments = ast.literal_eval(f"({call[3]},)")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return call[0]
    match call[2], arguments:
        case "run_cell_magic", (str(name), str(line), str(body)):
            if is_whole:
                return f"%%{name} {line}\n{body}"
            return body if name in RUNS_ITS_BODY else "pass"
        case "run_line_magic", (str(name), str(line)):
            return f"{call[1]}%{name} {line}".rstrip()
        case "magic", (str(line),):
            return f"{call[1]}%{line}"
        case "system" | "getoutput", (str(command),):
            return f"{call[1]}!{command}"
    return call[0]


def without_prompts(source: str) -> Iterator[str]:
    """If the cell was pasted from a console: without its prompts; then without what the console answered, too."""
    if not _FIRST_PROMPT.match(source):
        return
    yield _PROMPT.sub("", source)
    yield "\n".join(line[prompt.end() :] if (prompt := _PROMPT.match(line)) else "" for line in source.split("\n"))


def dedent(source: str) -> str:
    """The cell without the indentation of its first line, which IPython takes off every line."""
    first = re.match(r"\s*?^([ \t]+)(?=\S)", source, re.MULTILINE)
    return re.sub(rf"^{first[1]}", "", source, flags=re.MULTILINE) if first else source


def without_line_magics(source: str) -> tuple[str, list[Note]]:
    """The cell with magic, shell and help lines replaced, and what stood there for each.

    For cells that do not parse as they are: a valid one must never come here.
    """
    rewriter = _Rewriter(source)
    rewriter.run()
    return rewriter.text(), rewriter.notes


class _Rewriter:
    """Reads logical lines as Python's lexer does; only where one starts can a magic stand."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.notes: list[Note] = []
        self.kept = 0  # all before this offset is in parts
        self.counted = (0, 1)  # an offset and its line number

    def run(self) -> None:
        position = 0
        while position < len(self.source):
            position = (
                self.escaped_line(position) if _ESCAPED.match(self.source, position) else self.logical_line(position)
            )

    def text(self) -> str:
        return "".join([*self.parts, self.source[self.kept :]])

    def line_of(self, offset: int) -> int:
        start, line = self.counted
        self.counted = (offset, line + self.source.count("\n", start, offset))
        return self.counted[1]

    def replace(self, start: int, end: int, replacement: str, label: Label) -> int:
        """Put the replacement in the place of source[start:end], as many lines long as that was."""
        self.notes.append(Note(self.line_of(start), *label))
        self.parts += [self.source[self.kept : start], replacement, "\n" * self.source.count("\n", start, end)]
        self.kept = end
        return end + 1

    def end_of_line(self, start: int) -> int:
        match = _REST_OF_LINE.match(self.source, start)
        return match.end() if match else len(self.source)

    def escaped_line(self, start: int) -> int:
        end = self.end_of_line(start)
        return self.replace(start, end, *_plain(self.source[start:end]))

    def logical_line(self, start: int) -> int:
        """Pass over one logical line, replacing a magic's result or a call for help; where the next one starts."""
        position, depth = start, 0
        while match := _TOKEN.search(self.source, position):
            token, position = match[0], match.end()
            if token in "([{":
                depth += 1
            elif token in ")]}":
                depth = max(0, depth - 1)
            elif token == "\n" and depth == 0:
                return position
            elif token[0] == "?":
                return self.replace(start, self.end_of_line(position), _indentation(self.source, start) + "pass", _HELP)
            elif token[0] == "=" and depth == 0:
                return self.replace(position, self.end_of_line(position), "None", _RESULT)
        return len(self.source)


def _indentation(source: str, start: int) -> str:
    match = _INDENTATION.match(source, start)
    return match[0] if match else ""


def _plain(line: str) -> tuple[str, Label]:
    """The Python that stands for a line with an escape, and what to call the line."""
    indentation, command = _indentation(line, 0), line.strip()
    label = _label(command)
    if timed := _STATEMENT.match(line):
        return timed[1] + line[timed.end() :], label
    if indentation:  # perhaps in a function, where no star import may stand
        return indentation + "pass", label
    if (script := _SCRIPT.fullmatch(command)) and not iskeyword(script[1]):
        return f"from {script[1]} import *", label
    return _PYLAB if command.startswith("%pylab") else "pass", label


def _label(command: str) -> Label:
    if magic := _MAGIC.match(command):
        return LeftOutKind.MAGIC, f"magic {magic[0]}"
    return _LABELS.get(command[0], (LeftOutKind.MAGIC, "line for IPython"))
