"""What each measure would close: a matrix of measures against open verdicts, signs in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from equipoise.study.figures.claims import VERDICT_FILLS
from equipoise.study.figures.style import FAINT, INK, PARTY_COLOURS, QUIET, look, new_figure, wrapped
from equipoise.study.wording import SIGNS


@dataclass(frozen=True)
class Column:
    """One set of interceptors against one deterrent: its name and the party protected (index)."""

    name: str
    party: int
    kind: str


@dataclass(frozen=True)
class Line:
    """One measure, or the state before any: (verdict, whether it moved) for each column."""

    label: str
    cells: tuple[tuple[str, bool], ...]


def measures_matrix(lines: Sequence[Line], columns: Sequence[Column]) -> Figure:
    """Rows: before, then each measure that acts; columns: what is open before. A moved cell has a frame."""
    with look():
        width, height = 10.0, 2.5 + 0.3 * len(lines)
        figure = new_figure(width, height)
        axes = figure.add_axes((0.23, 0.5 / height, 0.64, 0.3 * len(lines) / height))
        for y, line in enumerate(lines):
            for x, (word, moved) in enumerate(line.cells):
                _cell(axes, x, -y, word, moved)
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(-len(lines) + 0.5, 0.5)
        axes.set_yticks([-y for y in range(len(lines))], [wrapped(line.label, 38, 1) for line in lines])
        axes.tick_params(axis="y", labelsize=7.5, length=0)
        axes.set_xticks([])
        for side in axes.spines.values():
            side.set_visible(False)
        _heads(axes, columns)
        handles = [
            Patch(facecolor=c, hatch=h, edgecolor=FAINT, label=f"{SIGNS[w]} {w}")
            for w, (c, h) in VERDICT_FILLS.items()
        ]
        handles.append(Patch(facecolor="white", edgecolor=INK, linewidth=1.4, label="moved by the measure"))
        figure.legend(handles=handles, loc="lower center", ncols=4, fontsize=7.5)
    return figure


def _cell(axes: Axes, x: int, y: int, word: str, moved: bool) -> None:
    colour, hatch = VERDICT_FILLS[word]
    edge, width = (INK, 1.4) if moved else (FAINT, 0.4)
    strong = moved or y == 0
    shape: dict[str, Any] = {"xy": (x - 0.45, y - 0.42), "width": 0.9, "height": 0.84}
    inside: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": FAINT, "linewidth": 0.0}
    axes.add_patch(Rectangle(**shape, **inside, alpha=1.0 if strong else 0.45))
    axes.add_patch(Rectangle(**shape, fill=False, edgecolor=edge, linewidth=width))
    axes.text(x, y, SIGNS[word], ha="center", va="center", fontsize=8, color=INK if strong else QUIET)


def _heads(axes: Axes, columns: Sequence[Column]) -> None:
    """The columns' names at a slant, in the colour of the party whose deterrent it is."""
    for x, column in enumerate(columns):
        axes.annotate(wrapped(column.name, 42, 1), (x - 0.2, 0.6), fontsize=6.8, rotation=38, va="bottom",
                      ha="left", color=PARTY_COLOURS[column.party], annotation_clip=False)  # fmt: skip
        if x and column.kind != columns[x - 1].kind:
            axes.axvline(x - 0.5, color=INK, linewidth=0.8)
