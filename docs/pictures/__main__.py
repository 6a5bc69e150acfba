"""Draws the pictures of the students' notebooks and puts them into their cells.

python docs/pictures            draw them anew
python docs/pictures --check    exit status 1 where a notebook shows something else

A cell called NAME-picture holds one image and nothing else. It is an `<img>` with the SVG in its address: JupyterLab
shows neither an attachment that is SVG nor SVG that stands in the Markdown itself, and a single file carries it.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import curves
import networks
from svg import Picture

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"
PICTURES: dict[str, dict[str, Callable[[], Picture]]] = {
    "activations": {"slopes-picture": curves.activation_functions},
    "chain_rule": {"two-paths-picture": networks.two_paths, "thin-picture": networks.deep_and_thin},
    "feedforward": {"layers-picture": networks.layers_and_gradients},
    "backprop_relu": {"node-picture": networks.node_with_its_neighbours},
    "delta_rule": {
        "deltas-picture": networks.deltas_forwards_and_backwards,
        "network-picture": networks.the_articles_network,
        "training-picture": curves.losses_of_three_modes,
    },
    "vectorized": {"xor-picture": curves.xor_in_hidden_coordinates, "bump-picture": curves.bump_of_two_sigmoids},
    "computation_graph": {"graph-picture": networks.computation_graph_with_error_signals},
}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def image(picture: Picture) -> str:
    """The source of a picture's cell."""
    address = base64.b64encode(picture.svg().encode()).decode()
    return f'<img alt="{escape(picture.alternative)}" src="data:image/svg+xml;base64,{address}">'


def shown(source: str) -> str:
    """The SVG that a cell holds; empty where it holds none."""
    found = re.search(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", source)
    return base64.b64decode(found[1]).decode() if found else ""


def alike(one: str, other: str) -> bool:
    """The same picture, but for the last digit of numbers, which another machine may round otherwise."""
    numbers = [[float(n) for n in NUMBER.findall(svg)] for svg in (one, other)]
    same_words = NUMBER.sub("#", one) == NUMBER.sub("#", other)
    return same_words and all(abs(a - b) <= 0.021 for a, b in zip(*numbers, strict=True))


def main(check: bool) -> int:
    """Write the pictures, or say which are not up to date."""
    stale = []
    for name, pictures in PICTURES.items():
        path = ASSIGNMENTS / name / f"{name}.ipynb"
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        cells = {cell["id"]: cell for cell in notebook["cells"] if cell["id"].endswith("-picture")}
        if set(cells) != set(pictures):
            sys.exit(f"{path}: its picture cells are {sorted(cells)}, drawn are {sorted(pictures)}")
        for cell, draw in pictures.items():
            picture = draw()
            if not alike(shown("".join(cells[cell]["source"])), picture.svg()):
                stale.append(f"{name}: {cell}")
                cells[cell]["source"] = [image(picture)]
        if not check:
            path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print("\n".join(stale) or "every picture is up to date", file=sys.stderr)
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
