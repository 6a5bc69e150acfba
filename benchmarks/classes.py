"""Classes of any size for the benchmarks: copies of sample submissions, no two of them the same file."""

from __future__ import annotations

import json
from itertools import cycle, islice
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "assignments"


def sample(assignment: str, name: str) -> dict[str, Any]:
    """A sample submission as JSON gives it."""
    tree: dict[str, Any] = json.loads((SAMPLES / assignment / "samples" / f"{name}.ipynb").read_text(encoding="utf-8"))
    return tree


def make(
    folder: Path, size: int, assignment: str = "backprop_relu", names: tuple[str, ...] = ("clean_solution",)
) -> Path:
    """Write that many submissions, in turn after each of the samples; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    trees = [sample(assignment, name) for name in names]
    for number, (name, tree) in enumerate(islice(cycle(zip(names, trees, strict=True)), size)):
        tree["cells"][0]["source"] = f"submission {number}"
        (folder / f"{number:06d}-{name}.ipynb").write_text(json.dumps(tree), encoding="utf-8")
    return folder
