"""The pages of the documentation, as things that can be run: files, notebooks and commands, in their order.

Before a block of code, a comment says what becomes of it: `<!-- file: path -->` writes it, `<!-- replace: path -->`
applies a diff of single lines, `<!-- master: path -->` gathers the Python blocks up to the next other block as a
notebook's cells. In a block of `console`, lines that start with `$ ` are commands; `# exit status n` behind one says
how it ends; what follows is what it prints, where … stands for anything within a line, and alone for any lines.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(
    r"(?:^<!-- (?P<kind>file|replace|master): (?P<path>\S+) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Command:
    """A command, how it ends, and what it prints."""

    line: str
    status: int
    shown: str


def played(page: Path, folder: Path) -> Iterator[tuple[Command, subprocess.CompletedProcess[str]]]:
    """Does everything that a page shows, in a folder; each command with what came of it."""
    master: Path | None = None
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        kind, text = block["kind"], block["text"]
        master = folder / block["path"] if kind == "master" else master if block["language"] == "python" else None
        if kind in ("file", "replace"):
            _write(folder / block["path"], text, kind)
        elif master is not None:
            _append_cell(master, text)
        elif block["language"] == "console":
            yield from ((command, _run(command.line, folder)) for command in commands(text))


def commands(text: str) -> Iterator[Command]:
    """The commands of a block, each with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        ends = re.search(r"\s+# exit status (\d+)$", line)
        yield Command(line[: ends.start()] if ends else line, int(ends[1]) if ends else 0, shown)


def matches(shown: str, printed: str) -> bool:
    """Whether a command printed what the page shows."""
    lines = [r"(?:.*\n)*?" if line == "…" else _line(line) for line in shown.splitlines()]
    return re.fullmatch("".join(lines), printed) is not None


def _line(shown: str) -> str:
    return ".*".join(re.escape(part.rstrip() if last else part) for part, last in _parts(shown)) + r"\s*?\n"


def _parts(shown: str) -> list[tuple[str, bool]]:
    parts = shown.split("…")
    return [(part, i == len(parts) - 1) for i, part in enumerate(parts)]


def _write(path: Path, text: str, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "replace":
        old, new = ("\n".join(row[1:] for row in text.splitlines() if row[0] == mark) for mark in "-+")
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{path} does not hold {old!r}"
        text = before.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _append_cell(path: Path, text: str) -> None:
    document = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"cells": []}
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text.rstrip()}
    document |= {"metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    document["cells"].append(cell)
    path.write_text(json.dumps(document), encoding="utf-8")


def _run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    environment.pop("GRADER_SEED", None)
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
