"""One look for all figures, and their way into the page: SVG, text kept as text, same bytes each time."""

from __future__ import annotations

import html
import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import matplotlib
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

matplotlib.use("Agg")

INK, QUIET, FAINT, PAPER = "#1b1f24", "#59636e", "#c9ced4", "#ffffff"
PARTY_COLOURS = ("#1f5f9e", "#b45f06")
"""Blue and orange, in the scenario's order of parties; neither is red."""
PARTY_LINES: tuple[Literal["-"], Literal["--"]] = ("-", "--")
PARTY_MARKS = ("o", "s")
SEA, OTHER_LAND = "#eef3f7", "#e3e3e0"
CLASS_COLOURS: Mapping[str, str] = {"not threatened": "#f4f1e6", "met": "#7fb3ac", "not met": "#4a4468"}
CLASS_HATCHES: Mapping[str, str] = {"not threatened": "", "met": "....", "not met": "xxxx"}

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "equipoise",
    "font.family": ["DejaVu Sans", "sans-serif"],
    "font.size": 9.0,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.titlesize": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "hatch.linewidth": 0.5,
    "figure.facecolor": PAPER,
    "legend.frameon": False,
}


@contextmanager
def look() -> Iterator[None]:
    """The settings under which every figure is drawn and written."""
    with matplotlib.rc_context(_SETTINGS):
        yield


def new_figure(width_in: float, height_in: float) -> Figure:
    """An empty figure that no window manager knows of."""
    return Figure(figsize=(width_in, height_in))


def to_svg(figure: Figure, key: str, alt: str) -> str:
    """The figure as an ``svg`` element: ids begin with ``key``, ``alt`` is its text alternative, no date."""
    text = io.StringIO()
    with look():
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    svg = text.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"(?<=\.\d\d)\d+", "", svg)
    svg = re.sub(r' id="([^"]+)"', rf' id="{key}-\1"', svg)
    svg = re.sub(r'(href=")#', rf"\1#{key}-", svg)
    svg = re.sub(r"url\(#", f"url(#{key}-", svg)
    label = html.escape(alt, quote=True)
    opening = f'<svg role="img" aria-label="{label}" '
    return re.sub(r"^<svg ", opening, svg, count=1)


def wrapped(text: str, most: int, lines: int) -> str:
    """The text in lines of at most ``most`` signs; what is beyond the last line is cut with an ellipsis."""
    made = textwrap.wrap(text, most) or [""]
    if len(made) > lines:
        made = [*made[: lines - 1], f"{made[lines - 1][: most - 1].rstrip()}…"]
    return "\n".join(made)
