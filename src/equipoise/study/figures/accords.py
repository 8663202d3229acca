"""Matrices of findings: a row a thing owed, a column a party or category; verdicts in colour and sign.

Colours differ in lightness, so that they part without hue too; each cell says its verdict by a sign as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from equipoise.study.figures.style import FAINT, INK, PAPER, QUIET, look, new_figure, wrapped

COLOURS = {
    "complies": ("#a9d3cc", INK),
    "breaches": ("#4a4468", PAPER),
    "cannot be decided": ("#f4f1e6", INK),
    "not owed": (PAPER, QUIET),
    None: (PAPER, QUIET),
}
"""Ground and ink of each verdict."""
MARKS = {"complies": "✓", "breaches": "✗", "cannot be decided": "◐", "not owed": "–", None: ""}
_LABEL_IN, _CELL_IN, _ROW_IN, _HEAD_IN = 3.3, 1.32, 0.235, 0.56


@dataclass(frozen=True)
class Square:
    """One cell: its verdict (None: nothing there), what is written in it, and what other readings come to.

    Where readings part the cell is cut in two; on the right stand the signs of all ``others``, on the ground
    of the first of them.
    """

    verdict: str | None
    text: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """One matrix: its title, column heads, and rows of (label, squares)."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]


def matrix_figure(panels: Sequence[Panel], cell_in: float = _CELL_IN) -> Figure:
    """The panels one below the other, with one key for all."""
    heights = [_HEAD_IN + _ROW_IN * len(p.rows) for p in panels]
    width = _LABEL_IN + cell_in * max(len(p.heads) for p in panels) + 0.1
    total = sum(heights) + 0.4
    with look():
        figure = new_figure(width, total)
        top = total
        for panel, height in zip(panels, heights, strict=True):
            rows = _ROW_IN * len(panel.rows)
            bottom = top - height + 0.06
            across = cell_in * len(panel.heads)
            axes = figure.add_axes((_LABEL_IN / width, bottom / total, across / width, rows / total))
            _panel(axes, panel)
            top -= height
        _key(figure, width, total)
    return figure


def _panel(axes: Axes, panel: Panel) -> None:
    axes.set_xlim(0, len(panel.heads))
    axes.set_ylim(len(panel.rows), 0)
    axes.set_xticks([x + 0.5 for x in range(len(panel.heads))], panel.heads, fontsize=7.5)
    axes.xaxis.tick_top()
    axes.set_yticks(
        [y + 0.5 for y in range(len(panel.rows))], [wrapped(n, 58, 1) for n, _ in panel.rows], fontsize=7
    )
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.text(0.0, -1.3, panel.title, fontsize=8.5, fontweight="bold", ha="left", va="bottom")
    for y, (_, squares) in enumerate(panel.rows):
        for x, square in enumerate(squares):
            _square(axes, x, y, square)


def _square(axes: Axes, x: int, y: int, square: Square) -> None:
    ground, ink = COLOURS[square.verdict]
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=ground, edgecolor=FAINT, linewidth=0.6))
    text = f"{MARKS[square.verdict]} {square.text}".strip()
    if square.others:
        corner = [(x + 1, y), (x + 1, y + 1), (x, y + 1)]
        signs = " ".join(MARKS[o] for o in square.others)
        far, far_ink = COLOURS[square.others[0]]
        axes.add_patch(Polygon(corner, facecolor=far, edgecolor=FAINT, linewidth=0.6))
        axes.text(x + 0.06, y + 0.4, text, ha="left", va="center", fontsize=6.8, color=ink)
        axes.text(x + 0.94, y + 0.66, signs, ha="right", va="center", fontsize=6.8, color=far_ink)
        return
    axes.text(x + 0.5, y + 0.52, text, ha="center", va="center", fontsize=6.8, color=ink)


def _key(figure: Figure, width: float, total: float) -> None:
    """The signs in words along the foot."""
    axes = figure.add_axes((0.0, 0.0, 1.0, 0.34 / total))
    axes.set_xlim(0, width)
    axes.set_ylim(0, 1)
    axes.axis("off")
    at = 0.15
    for verdict in ("complies", "breaches", "cannot be decided", "not owed"):
        ground, ink = COLOURS[verdict]
        axes.add_patch(Rectangle((at, 0.25), 0.2, 0.5, facecolor=ground, edgecolor=QUIET, lw=0.5))
        axes.text(at + 0.1, 0.5, MARKS[verdict], ha="center", va="center", fontsize=6.5, color=ink)
        axes.text(at + 0.27, 0.5, verdict, va="center", fontsize=7.5)
        at += 0.45 + 0.075 * len(verdict)
    axes.plot([at, at + 0.2], [0.25, 0.75], color=QUIET, linewidth=0.8)
    axes.text(at + 0.27, 0.5, "cut in two: as written, and by another reading", va="center", fontsize=7.5)
