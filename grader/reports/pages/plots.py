"""The pictures of `report.html`, as SVG that takes its colours from the page.

Three tones of one hue, told apart in grey, too; every bar carries its number, so that no colour has to be named.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

WIDTH = 4.8  # inches of 72 points: text keeps its size on a phone
INK, SOFT, LINE, FIRST, SECOND, THIRD = "#010101", "#020202", "#030303", "#040404", "#050505", "#060606"
VARIABLES = {
    INK: "var(--ink)",
    SOFT: "var(--soft)",
    LINE: "var(--line)",
    FIRST: "var(--chart-1)",
    SECOND: "var(--chart-2)",
    THIRD: "var(--chart-3)",
}
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "grader",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": SOFT,
    "ytick.color": LINE,
    "ytick.labelcolor": INK,
    "ytick.left": False,
}


def available() -> bool:
    """Whether the library that draws is installed."""
    try:
        with _quiet():
            import matplotlib.figure  # noqa: F401, PLC0415 - an extra, and slow to load
    except ImportError:
        return False
    return True


def distribution(counts: pd.Series) -> str:
    """How many submissions (bars) reached each tenth of the points, as inline SVG."""

    def draw(axes: Any) -> None:
        bars = axes.bar(range(len(counts)), counts, width=0.86, color=FIRST)
        axes.bar_label(bars, [str(count) if count else "" for count in counts], padding=2)
        axes.set_xticks(range(len(counts)), [label.split("–")[0] for label in counts.index])
        axes.set_xlabel("percent of the points, from")
        axes.set_yticks([])

    return _svg("scores", draw, 2.4)


def outcomes(shares: pd.DataFrame) -> str:
    """Per exercise (rows) the shares 0 to 1 of passed, partial and lost (columns), as inline SVG."""

    def draw(axes: Any) -> None:
        left = pd.Series(0.0, index=shares.index)
        for (name, values), colour in zip(shares.items(), (FIRST, SECOND, THIRD), strict=True):
            axes.barh(shares.index, values, left=left, height=0.62, color=colour, label=name)
            left += values
        axes.set_xlim(0, 1.13)
        for place, share in enumerate(shares.iloc[:, 0]):
            axes.text(1.02, place, f"{share:.0%}", va="center")
        axes.invert_yaxis()
        _percent_axis(axes)
        axes.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, handlelength=0.9, borderpad=0)

    return _svg("outcomes", draw, 0.9 + 0.28 * len(shares))


def discrimination(values: pd.Series) -> str:
    """Per exercise the correlation, -1 to 1, of passing it with the points in the others, as inline SVG."""

    def draw(axes: Any) -> None:
        known = values.dropna()
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.hlines(known.index, 0, known, color=SECOND, linewidth=2)
        axes.plot(known, known.index, "o", color=FIRST)
        axes.set_yticks(range(len(known)), known.index)
        axes.set_xlim(min(-0.25, known.min() - 0.05), 1.05)
        axes.set_ylim(len(known) - 0.5, -0.5)
        axes.set_xlabel("point-biserial correlation")

    return _svg("telling", draw, 0.9 + 0.26 * len(values)) if values.notna().any() else ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Without remarks on caches and fonts; the browser has the fonts that count."""
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _percent_axis(axes: Any) -> None:
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])


def _svg(name: str, draw: Callable[[Any], None], height: float) -> str:
    """The drawing in the page's colours; it stands inside the page, so without a header and with ids of its own."""
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context(STYLE), _quiet():
        figure = Figure(figsize=(WIDTH, height), layout="constrained", facecolor="none")
        axes = figure.subplots(subplot_kw={"facecolor": "none"})
        draw(axes)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None, "Type": None, "Format": None})
    inner = drawn.getvalue()[drawn.getvalue().index("<svg") :]
    return _in_page_colours(re.sub(r'(\bid="|href="#|url\(#)', rf"\1{name}-", inner))


def _in_page_colours(svg: str) -> str:
    """Placeholders become the page's colours, and its font; the picture is told by the text beside it."""
    coloured = re.sub("#0[1-6]0[1-6]0[1-6]", lambda found: VARIABLES.get(found[0], found[0]), svg)
    coloured = re.sub(r"font: ([\d.]+px)[^;\"]*", r"font: \1 system-ui, sans-serif", coloured)
    coloured = re.sub(r"<metadata>.*?</metadata>\s*", "", coloured, flags=re.DOTALL)
    return re.sub(r"<svg ", '<svg aria-hidden="true" focusable="false" ', coloured, count=1)
