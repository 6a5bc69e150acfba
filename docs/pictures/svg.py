"""SVG by hand: a card with a text alternative, in colours that are readable on light and on dark pages.

A notebook shows an SVG as an image, which knows nothing of the notebook's theme. So each picture brings its own card,
light or dark as the reader's system is, and is readable on a page of either kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

Point = tuple[float, float]

STYLE = """
.card{fill:#fff;stroke:#c4c7cc}.ink{stroke:#3b3f45;fill:none}.faint{stroke:#b4b8be;fill:none}
.grid{stroke:#e4e6e9;fill:none}.go{stroke:#1556b0;fill:none}.back{stroke:#b3261e;fill:none}
.node{fill:#f4f6f9;stroke:#3b3f45}.on{fill:#1556b0}.off{fill:#fff;stroke:#b3261e}.dot{fill:#3b3f45}
.band{fill:#1556b0;fill-opacity:.1;stroke:none}
text{fill:#1b1d20;font-family:system-ui,'Segoe UI',Helvetica,Arial,sans-serif}
.m{font-family:'STIX Two Math','Cambria Math',Cambria,'Times New Roman',serif}.tink{fill:#1b1d20}.tgo{fill:#1556b0}
.tback{fill:#b3261e}.tfaint{fill:#5b6068}.hgo{fill:#1556b0}.hback{fill:#b3261e}.hink{fill:#3b3f45}
.hfaint{fill:#b4b8be}@media (prefers-color-scheme:dark){.card{fill:#1d1f23;stroke:#4b4f57}.ink{stroke:#c9cdd3}
.faint{stroke:#666b74}.grid{stroke:#33363c}.go{stroke:#8ab8ff}.back{stroke:#ff9d92}
.node{fill:#2a2d33;stroke:#c9cdd3}.on{fill:#8ab8ff}.off{fill:#1d1f23;stroke:#ff9d92}.dot{fill:#c9cdd3}
.band{fill:#8ab8ff;fill-opacity:.14}text,.tink{fill:#eceef1}.tgo{fill:#8ab8ff}.tback{fill:#ff9d92}
.tfaint{fill:#a9aeb7}.hgo{fill:#8ab8ff}.hback{fill:#ff9d92}.hink{fill:#c9cdd3}.hfaint{fill:#666b74}}
""".replace("\n", "")
SHIFTED = re.compile(r"([_^])(?:\{([^}]*)\}|(.))")


class Picture:
    """Shapes on a card; coordinates in pixels, y downwards."""

    def __init__(self, width: float, height: float, title: str, description: str) -> None:
        """Take the size, and what the picture is called and shows, for whoever cannot see it."""
        self.width, self.height = width, height
        self.title, self.description = title, description
        self._parts: list[str] = []

    @property
    def alternative(self) -> str:
        """The text that stands for the picture."""
        return f"{self.title}. {self.description}"

    def line(self, points: Iterable[Point], kind: str = "ink", width: float = 1.5, dashed: bool = False) -> None:
        """A line through points: "ink", "faint", "grid", "go" (forwards) or "back" (backwards)."""
        through = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        dashes = ' stroke-dasharray="6 4"' if dashed else ""
        self._parts.append(f'<polyline class="{kind}" stroke-width="{number(width)}"{dashes} points="{through}"/>')

    def arrow(self, start: Point, end: Point, kind: str = "ink", width: float = 1.5, dashed: bool = False) -> None:
        """A straight arrow."""
        (x, y), (u, v) = start, end
        length = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
        dx, dy = (u - x) / length, (v - y) / length
        foot = (u - 8 * dx, v - 8 * dy)
        self.line([start, foot], kind, width, dashed)
        self.head(end, (dx, dy), kind)

    def curved(self, start: Point, over: Point, end: Point, kind: str, dashed: bool = False) -> None:
        """An arrow that bends towards the point `over`."""
        (x, y), (p, q), (u, v) = start, over, end
        length = ((u - p) ** 2 + (v - q) ** 2) ** 0.5
        dx, dy = (u - p) / length, (v - q) / length
        dashes = ' stroke-dasharray="6 4"' if dashed else ""
        path = f"M{number(x)},{number(y)} Q{number(p)},{number(q)} {number(u - 7 * dx)},{number(v - 7 * dy)}"
        self._parts.append(f'<path class="{kind}" stroke-width="1.5"{dashes} d="{path}"/>')
        self.head(end, (dx, dy), kind)

    def head(self, tip: Point, direction: Point, kind: str) -> None:
        """The head of an arrow."""
        (u, v), (dx, dy) = tip, direction
        corners = [(u, v), (u - 9 * dx + 4 * dy, v - 9 * dy - 4 * dx), (u - 9 * dx - 4 * dy, v - 9 * dy + 4 * dx)]
        points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
        self._parts.append(f'<polygon class="h{kind}" points="{points}"/>')

    def circle(self, at: Point, radius: float, kind: str = "node", width: float = 1.5) -> None:
        """A node, or a point: "node", "on", "off" or "dot"."""
        x, y = at
        place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self._parts.append(f'<circle class="{kind}" stroke-width="{number(width)}" {place}/>')

    def box(self, corner: Point, size: Point, kind: str = "node") -> None:
        """A rectangle with round corners."""
        (x, y), (w, h) = corner, size
        at = f'x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}"'
        self._parts.append(f'<rect class="{kind}" stroke-width="1.5" {at} rx="6"/>')

    def area(self, points: Iterable[Point]) -> None:
        """A tinted area."""
        corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._parts.append(f'<polygon class="band" points="{corners}"/>')

    def words(self, at: Point, text: str, size: float = 13, anchor: str = "middle", kind: str = "") -> None:
        """Plain words; kind "tgo", "tback" or "tfaint" for their colour."""
        self._text(at, escape(text), size, anchor, kind)

    def math(self, at: Point, text: str, size: float = 15, anchor: str = "middle", kind: str = "") -> None:
        """A formula, where _ lowers and ^ raises the next letter or {group}."""
        self._text(at, "".join(_shifted(text, size)), size, anchor, f"m {kind}".strip())

    def _text(self, at: Point, inside: str, size: float, anchor: str, kind: str) -> None:
        named = f' class="{kind}"' if kind else ""
        where = f'x="{number(at[0])}" y="{number(at[1])}" font-size="{number(size)}" text-anchor="{anchor}"'
        self._parts.append(f"<text{named} {where}>{inside}</text>")

    def svg(self) -> str:
        """The whole file, the same bytes for the same picture."""
        w, h = number(self.width), number(self.height)
        inner = f'width="{number(self.width - 1)}" height="{number(self.height - 1)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img">'
            f"<title>{escape(self.title)}</title><desc>{escape(self.description)}</desc><style>{STYLE}</style>"
            f'<rect class="card" x=".5" y=".5" {inner} rx="8"/>{"".join(self._parts)}</svg>\n'
        )


class Axes:
    """A part of a picture with coordinates of its own."""

    def __init__(self, picture: Picture, corner: Point, size: Point, x: Point, y: Point) -> None:
        """Take the upper left corner and the size in pixels, and the ranges of x and y."""
        self.picture = picture
        (self._left, self._top), (self._width, self._height) = corner, size
        self.x, self.y = x, y

    def at(self, x: float, y: float) -> Point:
        """The pixel of a point."""
        (x0, x1), (y0, y1) = self.x, self.y
        return self._left + (x - x0) / (x1 - x0) * self._width, self._top + (y1 - y) / (y1 - y0) * self._height

    def frame(self, xs: Sequence[float] = (), ys: Sequence[float] = (), unit: str = "") -> None:
        """Grid lines at these numbers, which are written beside them, and both axes where 0 is in range."""
        (x0, x1), (y0, y1) = self.x, self.y
        for x in xs:
            self.picture.line([self.at(x, y0), self.at(x, y1)], "ink" if x == 0 else "grid", 1)
            px, py = self.at(x, y0)
            self.picture.words((px, py + 13), f"{x:g}{unit}", 10, kind="tfaint")
        for y in ys:
            self.picture.line([self.at(x0, y), self.at(x1, y)], "ink" if y == 0 else "grid", 1)
            px, py = self.at(x0, y)
            self.picture.words((px - 5, py + 3.5), f"{y:g}", 10, "end", "tfaint")

    def curve(self, points: Iterable[Point], kind: str = "go", width: float = 2, dashed: bool = False) -> None:
        """A curve through points of these axes."""
        self.picture.line([self.at(x, y) for x, y in points], kind, width, dashed)

    def point(self, x: float, y: float, kind: str = "on", radius: float = 4.5) -> None:
        """A point of these axes."""
        self.picture.circle(self.at(x, y), radius, kind)


def number(value: float) -> str:
    """At most two decimals, so that no rounding of another machine changes a byte."""
    return f"{round(value, 2) + 0:g}"


def _shifted(text: str, size: float) -> Iterable[str]:
    """The formula with its indices and exponents, each moved and moved back."""
    place = 0
    back = 0.0
    for found in SHIFTED.finditer(text):
        yield _piece(text[place : found.start()], back, size)
        down = 0.28 * size if found[1] == "_" else -0.38 * size
        moved = down + (back if found.start() == place else 0.0)
        yield f'<tspan dy="{number(moved)}" font-size="{number(0.68 * size)}">{escape(found[2] or found[3])}</tspan>'
        back = -down
        place = found.end()
    yield _piece(text[place:], back, size)


def _piece(text: str, back: float, size: float) -> str:
    if not text:
        return ""
    return f'<tspan dy="{number(back)}" font-size="{number(size)}">{escape(text)}</tspan>' if back else escape(text)
